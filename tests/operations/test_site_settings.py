"""« assistant-am settings » says what is understood, names what is wrong, shows no secret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant_am.cli import main
from assistant_am.operations.project import Project
from assistant_am.operations.site_settings import KNOWN, understand
from assistant_am.runtime.settings import ROOT
from tests.stores.servers import RedisServer

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
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AM_DONNEES", str(tmp_path / "donnees"))


def test_each_setting_that_is_read_is_known_and_shown(tmp_path):
    read = set()
    for source in [*(ROOT / "assistant_am").rglob("*.py"), *(ROOT / "scripts").iterdir()]:
        if source.is_file():
            read |= set(re.findall(r"\bAM_[A-Z_]*[A-Z]\b", source.read_text(encoding="utf-8")))
    assert read == KNOWN
    rows = understand(Project(tmp_path), {}).rows
    assert {row.name for row in rows} == KNOWN
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
    for name in ("AM_PROCESSUS", "AM_DELAI_REPONSE", "AM_ADRESSE_PUBLIQUE"):
        assert said.count(f"Erreur : {name}") == 1, name
    assert "AM_PORT vaut" in said
    assert "AM_ORIGINE n'est pas un réglage connu. Vouliez-vous dire AM_ORIGINES ?" in said


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
