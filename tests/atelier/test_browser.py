"""The workshop as `assistant-am atelier` opens it, with the real model, in a real Chromium."""

from __future__ import annotations

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

pytestmark = pytest.mark.e2e

ROOT = Project.here().root
LONGEST_RUN = 600
"""Seconds; a run takes half a minute, more on a busy machine."""


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
def link(tmp_path: Path):
    """The one-time link of a workshop that runs on a copy of the knowledge."""
    train_if_needed(Project.here(), repair=True)
    root = tmp_path / "projet"
    root.mkdir()
    shutil.copytree(ROOT / "knowledge", root / "knowledge")
    for name in ("models", "data"):
        (root / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "assistant_am.cli", "atelier"]
    process = subprocess.Popen(
        [*command, "--port", str(free_port()), "--racine", str(root)],
        cwd=ROOT,
        env={**os.environ, "AM_DONNEES": str(tmp_path / "donnees"), "PYTHONUTF8": "1"},
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


def test_a_coordinators_morning(browser: str, link: str) -> None:
    done = subprocess.run(
        ["npm", "run", "--silent", "e2e-atelier"],
        cwd=ROOT / "widget",
        env={**os.environ, "AM_NAVIGATEUR": browser, "AM_ATELIER": link, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    # A suite that runs nothing succeeds, too.
    passed = re.search(r"(?:ℹ|#) pass (\d+)", done.stdout)
    assert passed
    assert int(passed[1]) >= 6
