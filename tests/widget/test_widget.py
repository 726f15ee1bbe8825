"""The widget: its own tests, the file that is shipped, a browser on a stand-in and the real bot.

Needs Node and a Chromium: `scripts/preparer_navigateur.sh` installs what it may, else these tests
are skipped with what is missing and how to get it.
"""

from __future__ import annotations

import gzip
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest

from assistant_am.operations.project import Project
from assistant_am.operations.training import train_if_needed

pytestmark = pytest.mark.e2e

ROOT = Project.here().root
WIDGET = ROOT / "widget"
SHIPPED = ROOT / "assistant_am" / "channels" / "web" / "static"
BUDGETS = {"widget.js": 30_000, "widget-plus.js": 8_000}
"""Bytes of each file once packed; the second comes after the first answer."""
LONGEST_RUN = 900
"""Seconds; a run of the browser tests takes four minutes, more on a busy machine."""


@dataclass
class Run:
    """`npm run …` under way in widget/, in a process group of its own."""

    command: list[str]
    process: subprocess.Popen[bytes]
    output: TextIO

    def require_success(self) -> str:
        """What it wrote; fails with the part of it that tells what went wrong."""
        try:
            code: int | None = self.process.wait(timeout=LONGEST_RUN)
        except subprocess.TimeoutExpired:
            code = None
        self.output.seek(0)
        written = self.output.read()
        if code != 0:
            ending = "n'a pas fini à temps" if code is None else f"a échoué ({code})"
            failures = written.rpartition("failing tests:")[2][-6000:]
            pytest.fail(f"{' '.join(self.command)} {ending} :\n{failures}", pytrace=False)
        return written

    def end(self) -> None:
        """End it with all that it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=30)
        self.output.close()


StartRun = Callable[..., Run]


@pytest.fixture(scope="module")
def browser() -> str:
    """Path of a browser, once Node, the libraries of the widget and it are there."""
    prepared = subprocess.run(
        [ROOT / "scripts" / "preparer_navigateur.sh"], capture_output=True, text=True, check=False
    )
    if prepared.returncode:
        reason = prepared.stderr.strip().splitlines()[-1]
        pytest.skip(f"couche « widget » laissée de côté : {reason}")
    return prepared.stdout.strip()


@pytest.fixture(scope="module")
def npm(browser: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartRun]:
    """Starts `npm run …`; what still runs at the end is ended."""
    runs: list[Run] = []

    def start(*words: str) -> Run:
        command = ["npm", "run", "--silent", *words]
        output = (tmp_path_factory.mktemp("npm") / "sortie.txt").open("w+", encoding="utf-8")
        process = subprocess.Popen(
            command,
            cwd=WIDGET,
            env={**os.environ, "AM_NAVIGATEUR": browser, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        runs.append(Run(command, process, output))
        return runs[-1]

    yield start
    for run in runs:
        run.end()


@pytest.fixture(scope="module")
def in_browser(npm: StartRun) -> dict[str, Run]:
    """Both runs at once: while the bot starts, the other has the machine for itself."""
    train_if_needed(Project.here(), repair=True)
    return {name: npm(name) for name in ("e2e", "e2e-reel")}


def test_unit_tests_and_types(npm: StartRun) -> None:
    """`npm test`: strict types, and the parts of the widget without a browser."""
    npm("test").require_success()


def test_the_shipped_file_is_what_the_sources_make(npm: StartRun, tmp_path: Path) -> None:
    """Nobody forgot to build, and nobody edited the built file."""
    npm("bundle", "--", "--outDir", str(tmp_path)).require_success()
    for name in BUDGETS:
        built = (tmp_path / name).read_bytes()
        assert (SHIPPED / name).read_bytes() == built, f"« npm run build » : {name} est ancien"


@pytest.mark.parametrize("name", ["widget.js", "widget-plus.js"])
def test_the_shipped_file_is_light(name: str) -> None:
    """A partner's page stays quick on a phone."""
    assert len(gzip.compress((SHIPPED / name).read_bytes(), compresslevel=9)) <= BUDGETS[name]


@pytest.mark.parametrize(("run", "at_least"), [("e2e", 118), ("e2e-reel", 30)])
def test_in_a_browser(in_browser: dict[str, Run], run: str, at_least: int) -> None:
    """On a stand-in server (every failure it can have), then on the real bot."""
    written = in_browser[run].require_success()
    # A suite that runs nothing succeeds, too.
    passed = re.search(r"(?:ℹ|#) pass (\d+)", written)
    assert passed
    assert int(passed[1]) >= at_least
