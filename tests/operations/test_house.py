"""What the project says about itself is true: commands, settings, requirements, licences."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys

import pytest

from assistant_am.cli import build_parser, main
from assistant_am.operations.project import Project

ROOT = Project.here().root
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
REQUIREMENTS = sorted((ROOT / "requirements").iterdir())

targets = re.findall(r"^([a-z]+):.*##", MAKEFILE, flags=re.MULTILINE)
commands = sorted(
    choice
    for action in build_parser()._subparsers._group_actions
    for choice in (action.choices or ())
)


@pytest.mark.parametrize("target", targets)
def test_each_make_target_is_in_the_readme(target):
    assert f"`make {target}`" in README


@pytest.mark.parametrize("command", commands)
def test_each_command_is_in_the_readme(command):
    assert f"`assistant-am {command}`" in README


def rows_of_failures():
    """The cells of each row of the two pages, without the headings of their tables."""
    pages = [(ROOT / "docs" / name).read_text("utf-8") for name in ("pannes.md", "attaques.md")]
    lines = "\n".join(pages).splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [row for row in rows if row[-1] != "test" and set(row[0]) != {"-"}]


@pytest.mark.parametrize("row", rows_of_failures(), ids=lambda row: row[0])
def test_each_failure_that_is_described_is_played_by_tests(row):
    named = [name.strip() for name in row[-1].split(",")]
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert [name for name in named if f"def {name[1:-1]}(" not in tests] == []


def test_the_version_is_that_of_the_project(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    said = capsys.readouterr().out.strip()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{said.removeprefix("assistant-am ")}"\n' in project


def test_make_alone_lists_all_targets():
    # Under « make test » it would also say which folder it enters.
    alone = ["make", "--no-print-directory"]
    listed = subprocess.run(alone, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in listed.splitlines()] == targets


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_no_registry_is_named_in_the_requirements(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"[a-z+]+://|--(extra-)?index-url|--find-links|\bfile:", text, re.I)


def pins(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.MULTILINE))


def test_what_runs_is_tested_at_the_same_versions():
    run, tested = pins("serve.txt"), pins("test.txt")
    assert run["rasa"] == "3.6.21"
    assert {name: tested.get(name) for name in run} == run


def test_nothing_that_runs_is_of_development_or_of_tensorflow():
    development = {"pytest", "hypothesis", "ruff", "mypy", "import-linter", "pre-commit", "psutil"}
    tensorflow = {"tensorflow", "tensorflow-text", "keras", "jax", "jaxlib", "tensorboard", "h5py"}
    assert set(pins("serve.txt")) & (development | tensorflow) == set()
    assert development <= set(pins("test.txt"))
    assert tensorflow <= set(pins("bench.txt"))


def test_what_is_measured_is_what_runs():
    run, measured = pins("serve.txt"), pins("bench.txt")
    assert {name: measured.get(name) for name in run} == run


WITHOUT_TOOLS = """
import importlib, pkgutil, sys
from importlib.metadata import packages_distributions

tools = {tools!r}
blocked = {{
    top
    for top, owners in packages_distributions().items()
    if {{owner.lower().replace("_", "-") for owner in owners}} <= tools
}}

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
import actions, assistant_am
for package in (actions, assistant_am):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
print(len(blocked))
"""


def test_the_program_needs_nothing_of_development():
    """Imports every module of it where what only tests need is not found."""
    tools = set(pins("test.txt")) - set(pins("serve.txt"))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WITHOUT_TOOLS.format(tools=tools)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


def test_each_pin_has_a_hash():
    for path in REQUIREMENTS:
        if path.suffix == ".txt":
            text = path.read_text(encoding="utf-8")
            # A requirement and its hashes are one logical line.
            logical = text.replace("\\\n", " ").splitlines()
            assert [line for line in logical if "==" in line and "--hash=sha256:" not in line] == []


def test_the_licence_page_is_that_of_the_pinned_packages():
    page = runpy.run_path(str(ROOT / "scripts" / "licences.py"))["page"]()
    assert page == (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
