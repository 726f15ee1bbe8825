"""Starts the action server and Rasa, waits until both really answer, and ends both together."""

from __future__ import annotations

import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import yaml

from assistant_am.operations.errors import ServiceError, SettingError
from assistant_am.operations.processes import Group, Service, require_free_port
from assistant_am.operations.progress import Progress
from assistant_am.operations.project import HOST, Project, Settings, child_environment
from assistant_am.operations.rest import RestClient, UnreachableError, answers
from assistant_am.operations.training import check_yaml, require_model

WEB_CHANNEL = "assistant_am.channels.web.channel.WebInput"
# Its answer comes from the action server, so that a reply shows that both servers work.
CANARY = "Qu'est-ce qu'un assistant médical ?"
CANARY_SENDER = "canari-"
SECONDS_TO_START = 180
# Rasa shows every failure as an empty answer; after the first one it gets this long to recover.
SECONDS_OF_SILENCE = 30


class Bot(Group):
    """The two servers of one running assistant, as a context manager."""

    def __init__(self, project: Project, settings: Settings) -> None:
        self.project = project
        self.settings = settings
        self.client = RestClient(settings.url)
        self.run_folder = project.cache / "execution" / str(settings.port)
        # Each running assistant has logs of its own: tests run beside a `make run`.
        self.logs = project.cache / "journaux" / str(settings.port)
        super().__init__([self._actions(), self._rasa()])

    def _actions(self) -> Service:
        return Service(
            "Le serveur d'actions",
            _python("rasa_sdk", actions="actions", port=self.settings.actions_port),
            self.logs / "actions.log",
            self.project.root,
            child_environment({"SANIC_HOST": HOST}),
        )

    def _rasa(self) -> Service:
        return Service(
            "Rasa",
            _python(
                "rasa",
                "run",
                interface=HOST,
                port=self.settings.port,
                model=self.project.model,
                endpoints=self.run_folder / "endpoints.yml",
                credentials=self.run_folder / "credentials.yml",
            ),
            self.logs / "rasa.log",
            self.project.root,
            child_environment(self._rasa_environment()),
        )

    def _rasa_environment(self) -> dict[str, str]:
        # The channel is this program's own, even for a project folder that has only data.
        return {"PYTHONPATH": str(Project.here().root), "AM_DONNEES": str(self._data)}

    @property
    def _data(self) -> Path:
        return self.settings.data or self.project.root / "var"

    def __enter__(self) -> Bot:
        return self

    def require_free_ports(self) -> None:
        """Raise when another program uses one of the two ports."""
        require_free_port(self.settings.port, "AM_PORT")
        require_free_port(self.settings.actions_port, "AM_ACTIONS_PORT")

    def check_web_settings(self) -> None:
        """Raise SettingError for what would stop the web channel, before Rasa's long start.

        Makes the secret of sessions at the first start.
        """
        from assistant_am.channels.web.intranet import Intranet
        from assistant_am.runtime.secrets import load_secret
        from assistant_am.runtime.settings import WebSettings, WrongSetting

        try:
            web = WebSettings.from_environment()
            Intranet(web.jwt, load_secret(web.secret, self._data))
        except WrongSetting as error:
            raise SettingError(str(error)) from error

    def start(self) -> None:
        """Start both servers and return once a real question got a real answer."""
        check_yaml(self.project)
        require_model(self.project)
        self.require_free_ports()
        self.check_web_settings()
        write_endpoints(self.project, self.settings, self.run_folder / "endpoints.yml")
        write_credentials(self.project, self.run_folder / "credentials.yml")
        with Progress("Démarrage de l'assistant") as progress:
            super().start()
            self._wait(progress)

    def _wait(self, progress: Progress) -> None:
        sender = CANARY_SENDER + uuid.uuid4().hex
        silent_since: float | None = None
        while True:
            self.check()
            progress.tick()
            if answers(f"{self.settings.actions_url}/health"):
                try:
                    if any(message.text for message in self.client.say(CANARY, sender)):
                        return
                    silent_since = silent_since or time.monotonic()
                except UnreachableError:
                    pass
            self._give_up_when_late(progress, silent_since)
            time.sleep(0.3)

    def _give_up_when_late(self, progress: Progress, silent_since: float | None) -> None:
        logs = self.project.shown(self.logs)
        if silent_since and time.monotonic() - silent_since > SECONDS_OF_SILENCE:
            raise ServiceError(
                "L'assistant a démarré, mais il ne répond rien à une question d'essai : "
                f"lisez les journaux dans {logs}.\n{self.services[1].log_tail()}"
            )
        if progress.seconds > SECONDS_TO_START:
            raise ServiceError(
                f"L'assistant ne répond pas après {SECONDS_TO_START} s : "
                f"lisez les journaux dans {logs}.\n{self.services[1].log_tail()}"
            )


def _python(module: str, *words: str, **options: object) -> list[str]:
    """Return the command that runs a module of our own environment."""
    pairs = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    return [sys.executable, "-m", module, *words, *pairs]


def write_endpoints(project: Project, settings: Settings, target: Path) -> None:
    """Write endpoints.yml with this run's action port and data folder.

    Rasa leaves an unset ``${VARIABLE}`` inside a URL as it is, so the file cannot do it itself.
    """
    source = project.root / "endpoints.yml"
    endpoints: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8")) or {}
    endpoints["action_endpoint"] = {
        **(endpoints.get("action_endpoint") or {}),
        "url": f"{settings.actions_url}/webhook",
    }
    store = endpoints.get("tracker_store")
    if store and store.get("dialect") == "sqlite":
        database = project.root / store["db"]
        if settings.data:
            database = settings.data / database.name
        database.parent.mkdir(parents=True, exist_ok=True)
        store["db"] = str(database)
    _write_private(target, endpoints)


def write_credentials(project: Project, target: Path) -> None:
    """Write credentials.yml with the web channel in it: a running assistant always has its page."""
    source = project.root / "credentials.yml"
    credentials: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8")) or {}
    credentials.setdefault(WEB_CHANNEL, {})
    _write_private(target, credentials)


def _write_private(target: Path, content: dict[str, Any]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # It may hold passwords: of a database, of a messaging service.
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        yaml.safe_dump(content, file, allow_unicode=True)
