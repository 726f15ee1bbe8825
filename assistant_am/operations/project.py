"""Where the project's files are, and the settings that the environment gives."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant_am.operations import systemd
from assistant_am.runtime.setting_table import SERVER, default
from assistant_am.runtime.settings import WrongSetting, read, site_folder
from assistant_am.runtime.store_settings import StoreSettings

HOST = "127.0.0.1"
HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Project:
    """The files of one clone of the project."""

    root: Path

    @classmethod
    def here(cls) -> Project:
        """Return the project this package is installed from, whatever the working directory."""
        return cls(Path(__file__).resolve().parents[2])

    @property
    def model(self) -> Path:
        return self.root / "models" / "assistant-am.tar.gz"

    @property
    def fingerprint(self) -> Path:
        return self.root / "models" / "empreinte.json"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    @property
    def knowledge(self) -> Path:
        return self.root / "knowledge"

    @property
    def site(self) -> Path:
        """The folder of the site, which may not be there; raises WrongSetting."""
        return site_folder(self.root)

    def shown(self, path: Path) -> str:
        """Return a path as people should read it: relative to the project where possible."""
        try:
            return str(path.relative_to(self.root))
        except ValueError:
            return str(path)


@dataclass(frozen=True)
class Settings:
    """The settings of one running assistant."""

    port: int = default("AM_PORT")
    actions_port: int = default("AM_ACTIONS_PORT")
    data: Path | None = None
    processes: int = 1

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Raises WrongSetting."""
        values = read(SERVER, environment)
        settings = cls(
            port=values["AM_PORT"],
            actions_port=values["AM_ACTIONS_PORT"],
            data=values["AM_DONNEES"],
            processes=StoreSettings.from_environment(environment).processes,
        )
        if settings.actions_port in settings.ports:
            raise WrongSetting(
                f"AM_PORT et AM_ACTIONS_PORT désignent le même port ({settings.actions_port}) : "
                "donnez-leur deux valeurs différentes, et à AM_PORT autant de ports qui se suivent "
                "qu'il y a de processus (AM_PROCESSUS)."
            )
        if settings.ports[-1] > HIGHEST_PORT:
            raise WrongSetting(
                f"AM_PORT vaut {settings.port} : il n'y a pas {settings.processes} ports à partir "
                "de là. Donnez un numéro plus petit."
            )
        return settings

    @property
    def ports(self) -> range:
        """The ports of the Rasa processes, one after the other."""
        return range(self.port, self.port + self.processes)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def actions_url(self) -> str:
        return f"http://{HOST}:{self.actions_port}"


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for Rasa's processes: quiet, in UTF-8, and allowed to keep bytecode.

    Without ``.pyc`` files each start compiles all of Rasa's modules and theirs again, and
    some machines set ``PYTHONDONTWRITEBYTECODE`` for everybody.
    """
    environment = dict(os.environ)
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "SANIC_WORKERS", *systemd.VARIABLES):
        environment.pop(name, None)
    environment.update(
        RASA_TELEMETRY_ENABLED="false",
        SQLALCHEMY_SILENCE_UBER_WARNING="1",
        TF_CPP_MIN_LOG_LEVEL="3",
        PYTHONUTF8="1",
        PATH=os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")]),
    )
    environment.update(extra or {})
    return environment
