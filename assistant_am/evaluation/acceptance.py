"""The acceptance sample, asked over the real REST channel by its own program."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant_am.evaluation.metrics import Share
from assistant_am.operations.errors import ServiceError
from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings, child_environment
from assistant_am.operations.rest import answers
from assistant_am.operations.supervise import Bot
from assistant_am.runtime.setting_table import TOOLS
from assistant_am.runtime.settings import WrongSetting, read

PROGRAM = "score.py"
SETS = "single,oos,dialogues,aid"
_SECONDS = 1800
_SECTION = re.compile(r"^by set\n((?:  .+\n?)+)", re.MULTILINE)
_ROW = re.compile(r"^  (\S.*?)\s+(\d+)/(\d+)\s", re.MULTILINE)
_OVERALL = re.compile(r"^OVERALL[^:]*: (\d+)/(\d+)", re.MULTILINE)
_LATENCY = re.compile(r"^latency s .*$", re.MULTILINE)


@dataclass(frozen=True)
class Acceptance:
    """Figures by set, all of them together, and the line of response times."""

    sets: Mapping[str, Share]
    overall: Share
    latency: str


def sample_folder(root: Path, environment: Mapping[str, str] | None = None) -> Path | None:
    """The folder that AM_EVALUATION names, else the one beside the project, else None.

    Raises WrongSetting when AM_EVALUATION names a folder without the program.
    """
    folder: Path | None = read(TOOLS, environment)["AM_EVALUATION"]
    if folder:
        if not (folder / PROGRAM).is_file():
            raise WrongSetting(
                f"AM_EVALUATION vaut « {folder} » : il n'y a pas de {PROGRAM} dans ce dossier."
            )
        return folder
    beside = root.parent / "shared" / "evaluation"
    return beside if (beside / PROGRAM).is_file() else None


def run_sample(folder: Path, project: Project, url: str | None = None) -> Acceptance:
    """Ask the sample to the assistant at `url`, or to one started for it.

    Raises OperationError when the assistant or the program does not do its work.
    """
    with contextlib.ExitStack() as stack:
        address = url or stack.enter_context(_started(project))
        if not answers(f"{address}/webhooks/rest/"):
            raise ServiceError(
                f"Aucun assistant ne répond à {address} par le canal REST : démarrez-le "
                "(« make run »), ou laissez --url de côté pour qu'il soit démarré."
            )
        command = [sys.executable, str(folder / PROGRAM), address, "--set", SETS]
        try:
            done = subprocess.run(
                [*command, "--concurrency", "2"],
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=True,
                env=child_environment({"PYTHONDONTWRITEBYTECODE": "1"}),
            )
        except subprocess.TimeoutExpired as error:
            raise ServiceError(f"{PROGRAM} n'a pas fini en {_SECONDS} s.") from error
        except subprocess.CalledProcessError as error:
            raise ServiceError(
                f"{PROGRAM} a échoué (code {error.returncode}) :\n{error.stderr[-2000:]}"
            ) from error
    return parse(done.stdout)


def parse(printed: str) -> Acceptance:
    """What the program prints, as figures. Raises ServiceError when it printed something else."""
    overall, section = _OVERALL.search(printed), _SECTION.search(printed)
    if overall is None or section is None:
        raise ServiceError(f"{PROGRAM} n'a pas écrit ses résultats :\n{printed[-2000:]}")
    latency = _LATENCY.search(printed)
    return Acceptance(
        sets={name: Share(int(n), int(of)) for name, n, of in _ROW.findall(section[1])},
        overall=Share(int(overall[1]), int(overall[2])),
        latency=latency[0] if latency else "",
    )


@contextlib.contextmanager
def _started(project: Project) -> Iterator[str]:
    """An assistant on free ports whose conversations are thrown away."""
    with TemporaryDirectory() as folder:
        settings = Settings(free_port(), free_port(), Path(folder))
        with Bot(project, settings) as bot:
            bot.start()
            yield settings.url
