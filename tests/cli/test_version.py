"""`assistant-am --version` and the address of the project; the journal of changes."""

from __future__ import annotations

import re

import pytest

from assistant_am.cli import main
from assistant_am.operations.project import Project

ROOT = Project.here().root
VERSION = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]


def said(capsys) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_with_the_address_that_the_site_gives(capsys, monkeypatch):
    monkeypatch.setenv("AM_PROJET", "https://depot.example/assistant-am")
    assert said(capsys).splitlines()[1] == "https://depot.example/assistant-am"


def test_a_wrong_address_is_a_sentence(capsys, monkeypatch):
    monkeypatch.setenv("AM_PROJET", "depot")
    assert main(["--version"]) != 0
    assert "AM_PROJET" in capsys.readouterr().err


def test_the_journal_of_changes_knows_this_version():
    journal = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(.+?)\]", journal, re.MULTILINE)
    assert versions[0] in ("Non publié", VERSION)
    assert VERSION in versions
