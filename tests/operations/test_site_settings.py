"""« assistant-am settings » says what is understood, names what is wrong, shows no secret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant_am.cli import main
from assistant_am.operations.project import Project
from assistant_am.operations.site_settings import understand
from assistant_am.runtime.setting_table import BY_NAME, SETTINGS, markdown
from assistant_am.runtime.settings import ROOT
from tests.stores.servers import RedisServer

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECRETS = {
    "AM_SECRET": "confidentiel-" * 4,
    "AM_JWT_CLE": "confidentiel-" * 4,
    "AM_BASE": "postgresql://am:confidentiel@127.0.0.1:1/base",
    "AM_REDIS": "redis://am:confidentiel@127.0.0.1:1/0",
    "AM_TELEGRAM_JETON": "123456789:confidentiel-confidentiel",
    "AM_TELEGRAM_SECRET": "confidentiel-confidentiel",
    "AM_TWILIO_COMPTE": "AC" + "0123456789abcdef" * 2,
    "AM_TWILIO_JETON": "confidentiel",
    "AM_MESSENGER_JETON": "confidentiel",
    "AM_MESSENGER_SECRET": "confidentiel",
    "AM_MESSENGER_VERIFICATION": "confidentiel",
    "AM_ADRESSE_PUBLIQUE": "https://bot.example",
}


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    for name in BY_NAME:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AM_DONNEES", str(tmp_path / "donnees"))


NAME = re.compile(r"\bAM_[A-Z_]*[A-Z]\b")
NOT_THERE = {"AM_API"}
"""Of a page of Telegram's own."""


def names_in(*folders: str) -> set[str]:
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    texts = [
        path.read_text(encoding="utf-8", errors="ignore")
        for path in files
        if path.is_file() and path.suffix != ".pyc"
    ]
    return set(NAME.findall("".join(texts)))


def test_the_table_is_what_the_program_reads():
    assert names_in("assistant_am", "scripts") == set(BY_NAME)


def test_the_readme_has_the_table():
    table = re.search(r"^\| variable .*\n(?:\|.*\n)+", README, re.MULTILINE)
    assert table[0] == markdown(), "« assistant-am settings --tableau » écrit celui du README"


def test_pages_and_units_name_no_other_setting():
    assert names_in("docs", "deploy") - set(BY_NAME) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param(*line.split("=", 1), id=f"{path.name} {line.split('=')[0]}")
        for path in sorted((ROOT / "deploy" / "systemd").glob("*.env"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("AM_")
    ],
)
def test_the_units_values_can_be_read(name, value):
    BY_NAME[name].read(value)


def test_each_row_says_what_it_is_for(tmp_path):
    assert len(BY_NAME) == len(SETTINGS)
    assert [each.name for each in SETTINGS if not each.help or not each.used_by] == []
    rows = understand(Project(tmp_path), {}).rows
    assert [row.name for row in rows] == list(BY_NAME)
    assert not any(row.given for row in rows)


def test_no_secret_is_shown(monkeypatch, capsys):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    assert main(["settings"]) == 1
    said = capsys.readouterr()
    assert "confidentiel" not in said.out + said.err
    assert re.search(r"^AM_JWT_CLE +défini$", said.out, re.MULTILINE)
    assert "am:***@127.0.0.1:1" in said.out
    assert "AM_BASE : la base" in said.err


def test_all_that_is_wrong_is_named_at_once(monkeypatch, capsys):
    wrong = {
        "AM_PORT": "cinq",
        "AM_PROCESSUS": "0",
        "AM_DELAI_REPONSE": "longtemps",
        "AM_ADRESSE_PUBLIQUE": "http://bot.example",
        "AM_ORIGINE": "https://msp.example",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    assert main(["settings"]) == 1
    said = capsys.readouterr().err
    for name in ("AM_PORT", "AM_PROCESSUS", "AM_DELAI_REPONSE", "AM_ADRESSE_PUBLIQUE"):
        assert said.count(f"Erreur : {name} ") == 1, name
    assert "AM_ORIGINE n'est pas un réglage connu. Vouliez-vous dire AM_ORIGINES ?" in said


def test_serve_names_all_that_is_wrong_and_warns_of_a_stranger(monkeypatch, capsys):
    for name, value in {"AM_PORT": "cinq", "AM_DEMO": "oui", "AM_ORIGINE": "x"}.items():
        monkeypatch.setenv(name, value)
    assert main(["serve"]) == 1
    said = capsys.readouterr().err
    assert "Attention : AM_ORIGINE n'est pas un réglage connu." in said
    for name in ("AM_PORT", "AM_DEMO"):
        assert said.count(f"Erreur : {name} vaut") == 1


def test_a_wrong_key_of_the_intranet_is_named(monkeypatch, capsys):
    monkeypatch.setenv("AM_JWT_CLE_PUBLIQUE", "-----BEGIN PUBLIC KEY-----\nrien\n-----END")
    assert main(["settings"]) == 1
    assert "AM_JWT_CLE_PUBLIQUE" in capsys.readouterr().err


def test_stores_that_answer(tmp_path, monkeypatch, capsys):
    with RedisServer(tmp_path) as redis:
        monkeypatch.setenv("AM_REDIS", redis.address)
        assert main(["settings"]) == 0
    assert "La base des conversations et Redis : répond." in capsys.readouterr().out
    assert main(["settings"]) == 1
    assert "AM_REDIS" in capsys.readouterr().err


def test_the_secret_is_not_made_by_looking(tmp_path, capsys):
    assert main(["settings"]) == 0
    assert "fait au démarrage" in capsys.readouterr().out
    assert not Path(tmp_path / "donnees" / "secret").exists()
