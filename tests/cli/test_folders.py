"""A folder absent, read-only or no folder: each command says so in French, and the remedy."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from pathlib import Path

import pytest

from assistant_am import cli
from assistant_am.operations.processes import free_port
from assistant_am.runtime.setting_table import BY_NAME

ON_DATA = [
    ["purge"],
    ["purge", "--essai"],
    ["report"],
    ["suggest"],
    ["forget", "visiteur-1"],
    ["settings"],
    ["secret", "--renouveler"],
    ["serve"],
    ["backup", "{here}/s.tar.gz"],
]
ON_PROJECT = [
    ["check"],
    ["estimate", "--quotite", "1"],
    ["explain", "bonjour"],
    ["train"],
    ["evaluate"],
]


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    for name in BY_NAME:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AM_PORT", str(free_port()))
    monkeypatch.setenv("AM_ACTIONS_PORT", str(free_port()))


def said_by(words: list[str], here: Path, capsys) -> str:
    """What the command says of its failure; a traceback would be raised here."""
    code = None
    with contextlib.suppress(SystemExit):
        code = cli.main([word.format(here=here) for word in words])
    said = capsys.readouterr().err
    assert code, said
    assert "Traceback" not in said
    assert "Errno" not in said
    return said


@pytest.mark.parametrize("words", ON_DATA, ids=" ".join)
def test_the_data_folder_is_a_file(words, tmp_path, monkeypatch, capsys):
    occupied = tmp_path / "occupe"
    occupied.touch()
    monkeypatch.setenv("AM_DONNEES", str(occupied))
    assert str(occupied) in said_by(words, tmp_path, capsys)


@pytest.mark.parametrize("words", ON_DATA, ids=" ".join)
@pytest.mark.parametrize("folder", ["/sys/assistant-am", "/proc/assistant-am"])
def test_the_data_folder_cannot_be_made(words, folder, tmp_path, monkeypatch, capsys):
    """Where not even root may write."""
    monkeypatch.setenv("AM_DONNEES", folder)
    assert folder in said_by(words, tmp_path, capsys)


@pytest.mark.parametrize("words", ON_PROJECT, ids=" ".join)
def test_the_project_folder_is_absent(words, tmp_path, capsys):
    absent = tmp_path / "ailleurs"
    assert str(absent) in said_by([*words, "--racine", str(absent)], tmp_path, capsys)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["backup", "/sys/s.tar.gz"], "/sys"),
        (["backup", "{here}/absent/s.tar.gz"], "absent"),
        (["restore", "{here}/absent.tar.gz"], "absent.tar.gz"),
        (["report", "--sortie", "/sys/rapport"], "/sys/rapport"),
        (["report", "--sortie", "{here}/occupe"], "occupe"),
        (["estimate", "--quotite", "1", "--html", "{here}/absent/a.html"], "{here}/absent "),
        (["estimate", "--quotite", "1", "--csv", "/sys/a.csv"], "/sys/a.csv"),
        (["estimate", "--quotite", "1", "--image", "{here}/absent/a.svg"], "{here}/absent "),
        (["estimate", "--cas", "{here}/absent.csv"], "absent.csv"),
        (["estimate", "--cas", "{here}"], "{here}"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_what_a_command_is_told_to_read_or_write(words, named, tmp_path, monkeypatch, capsys):
    (tmp_path / "occupe").touch()
    monkeypatch.setenv("AM_DONNEES", str(tmp_path / "donnees"))
    assert named.format(here=tmp_path) in said_by(words, tmp_path, capsys)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.EACCES, "corrigez les droits"),
        (errno.EPERM, "corrigez les droits"),
        (errno.EROFS, "lecture seule"),
        (errno.ENOENT, "n'existe pas"),
        (errno.ENOTDIR, "n'est pas un dossier"),
        (errno.EISDIR, "est un dossier"),
        (errno.ENOSPC, "libérez de la place"),
        (errno.EDQUOT, "libérez de la place"),
        (errno.EIO, "vérifiez le disque"),
    ],
)
def test_each_failure_of_a_file_has_its_remedy(number, remedy, monkeypatch, capsys):
    def fails(*_: object) -> int:
        raise OSError(number, os.strerror(number), "/dossier/fichier")

    monkeypatch.setattr("assistant_am.commands.check.run", fails)
    assert cli.main(["check"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Erreur : /dossier")
    assert remedy in said
    assert os.strerror(number) not in said


@pytest.mark.parametrize("words", [["purge"], ["report"], ["forget", "visiteur-1"]], ids=" ".join)
def test_a_database_that_is_none_is_to_be_restored(words, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    (tmp_path / "conversations.db").write_bytes(b"n'importe quoi" * 1_000)
    said = said_by(words, tmp_path, capsys)
    assert f"{tmp_path}/conversations.db est abîmé" in said
    assert "assistant-am restore" in said


@pytest.mark.parametrize("words", [["purge"], ["report"], ["forget", "visiteur-1"]], ids=" ".join)
def test_a_database_that_may_only_be_read_is_named(words, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))

    def read_only(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(
        "sqlalchemy.dialects.sqlite.pysqlite.SQLiteDialect_pysqlite.do_execute", read_only
    )
    said = said_by(words, tmp_path, capsys)
    assert str(tmp_path) in said
    assert "droits" in said
