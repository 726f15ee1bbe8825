"""The workshop as `assistant-am atelier` opens it, with the real model, in a real Chromium."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project
from assistant_am.operations.training import train_if_needed
from tests.atelier.mail import Mail

pytestmark = pytest.mark.e2e

ROOT = Project.here().root
LONGEST_RUN = 3000
"""Seconds. A training is begun, then stopped; JUSQU_AU_BOUT=1 waits for its end, ten minutes."""
TRAINED_WITH = (
    "config.yml",
    "domain.yml",
    "endpoints.yml",
    "credentials.yml",
    "data",
    "tests",
    "assistant_am",
    "actions",
    "requirements",
)
PARKING = ("où se garer quand on est AM", "ou est ce qu'on peut se garer ?", "on se gare où ?")


@pytest.fixture(scope="module")
def browser() -> str:
    """Path of a browser, once Node and the libraries of the widget are there."""
    prepared = subprocess.run(
        [ROOT / "scripts" / "preparer_navigateur.sh"], capture_output=True, text=True, check=False
    )
    if prepared.returncode:
        pytest.skip(prepared.stderr.strip().splitlines()[-1])
    return prepared.stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what the workshop may change, or a test in its place: knowledge and model."""
    train_if_needed(Project.here(), repair=True)
    root = tmp_path / "projet"
    root.mkdir()
    for name in ("knowledge", "models"):
        shutil.copytree(ROOT / name, root / name)
    for name in TRAINED_WITH:
        (root / name).symlink_to(ROOT / name)
    return root


@pytest.fixture
def link(tmp_path: Path, root: Path):
    """The one-time link of a workshop where three people have asked where to park."""
    data = tmp_path / "donnees"
    data.mkdir()
    mail = Mail(data, datetime.date.today())
    for number, text in enumerate(PARKING):
        mail.turn(f"p{number}", text)
    command = [sys.executable, "-m", "assistant_am.cli", "atelier"]
    process = subprocess.Popen(
        [*command, "--port", str(free_port()), "--racine", str(root)],
        cwd=ROOT,
        env={**os.environ, "AM_DONNEES": str(data), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            break
    else:
        pytest.fail("l'atelier ne s'est pas ouvert")
    yield found[0]
    process.terminate()
    process.wait(timeout=30)


def test_a_coordinators_morning(browser: str, link: str, root: Path) -> None:
    done = subprocess.run(
        ["npm", "run", "--silent", "e2e-atelier"],
        cwd=ROOT / "widget",
        env={
            **os.environ,
            "AM_NAVIGATEUR": browser,
            "AM_ATELIER": link,
            "AM_CONNAISSANCES": str(root / "knowledge"),
            "NO_COLOR": "1",
        },
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    # A suite that runs nothing succeeds, too.
    passed = re.search(r"(?:ℹ|#) pass (\d+)", done.stdout)
    assert passed
    assert int(passed[1]) >= 10
