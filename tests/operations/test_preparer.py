"""scripts/preparer.sh on machines that lack something, tried for real."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, Project

ROOT = Project.here().root
# All that the script needs besides Python and uv.
TOOLS = ["cat", "cksum", "dirname", "kill", "mkdir", "rm", "sleep"]


@pytest.fixture
def clone(tmp_path):
    """A clone that was never prepared."""
    folder = tmp_path / "clone"
    (folder / "scripts").mkdir(parents=True)
    (folder / "assistant_am").mkdir()
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copytree(ROOT / "stand_in", folder / "stand_in")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copy(ROOT / "scripts" / "preparer.sh", folder / "scripts")
    return folder


@pytest.fixture
def bare_path(tmp_path):
    """A PATH with a few Unix tools, without Python or uv."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        if found:
            (folder / tool).symlink_to(found)
    return folder


def prepare(folder: Path, **environment: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(folder / "scripts" / "preparer.sh")],
        cwd="/",
        env={name: str(value) for name, value in environment.items()},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def no_network(tmp_path):
    """Settings with which nothing can be downloaded and nothing was before."""
    nowhere = f"http://{HOST}:{free_port()}"
    return {
        "HTTPS_PROXY": nowhere,
        "HTTP_PROXY": nowhere,
        "ALL_PROXY": nowhere,
        "UV_CACHE_DIR": tmp_path / "cache",
        "UV_HTTP_RETRIES": 0,
        "PIP_RETRIES": 0,
        "PIP_NO_CACHE_DIR": 1,
    }


def assert_one_clear_error(result, *words):
    assert result.returncode == 3, result.stderr
    errors = [line for line in result.stderr.splitlines() if line.startswith("Erreur : ")]
    assert len(errors) == 1, result.stderr
    for word in words:
        assert word in errors[0]


def test_without_any_python_the_error_says_how_to_get_one(clone, bare_path, tmp_path):
    result = prepare(clone, PATH=bare_path, HOME=tmp_path)
    assert_one_clear_error(result, "Python 3.10 est introuvable", "AM_PYTHON=")


def test_without_network_python_cannot_come_and_the_error_says_so(clone, bare_path, tmp_path):
    uv = real_uv()
    if uv is None:
        pytest.skip("no uv on this machine")
    (bare_path / "uv").symlink_to(uv)
    result = prepare(clone, PATH=bare_path, HOME=tmp_path, **no_network(tmp_path))
    assert_one_clear_error(result, "n'a pas pu être téléchargé", "AM_PYTHON=")


def test_a_wrong_am_python_is_told(clone, bare_path, tmp_path):
    result = prepare(clone, PATH=bare_path, HOME=tmp_path, AM_PYTHON="/nulle/part/python")
    assert_one_clear_error(result, "/nulle/part/python", "n'est pas un Python 3.10")


def test_without_network_uv_cannot_come_and_the_error_says_so(clone, bare_path, tmp_path):
    python = ROOT / ".venv" / "bin" / "python"
    result = prepare(clone, PATH=bare_path, HOME=tmp_path, AM_PYTHON=python, **no_network(tmp_path))
    assert_one_clear_error(result, "uv n'a pas pu être téléchargé", "connexion à Internet")


def test_without_network_the_libraries_cannot_come_and_the_error_says_so(
    clone, bare_path, tmp_path
):
    uv = real_uv()
    if uv is None:
        pytest.skip("no uv on this machine")
    (bare_path / "uv").symlink_to(uv)
    python = ROOT / ".venv" / "bin" / "python"
    result = prepare(clone, PATH=bare_path, HOME=tmp_path, AM_PYTHON=python, **no_network(tmp_path))
    assert_one_clear_error(result, "l'installation des bibliothèques a échoué", "Internet")
    assert not (clone / ".venv" / ".pret").exists()


def real_uv() -> str | None:
    """Return the program itself: pyenv's stand-in would need pyenv beside it."""
    candidates = [str(ROOT / ".outils" / "bin" / "uv"), shutil.which("uv")]
    candidates += map(str, Path.home().glob(".pyenv/versions/*/bin/uv"))
    for candidate in candidates:
        if candidate and os.access(candidate, os.X_OK):
            with Path(candidate).open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    return candidate
    return None


def test_a_second_call_does_nothing_and_is_quick():
    environment = {"PATH": os.environ["PATH"], "HOME": str(Path.home())}
    prepare(ROOT, **environment)
    start = time.monotonic()
    result = prepare(ROOT, **environment)
    assert time.monotonic() - start < 3
    assert result.returncode == 0
    assert result.stderr == result.stdout == ""
