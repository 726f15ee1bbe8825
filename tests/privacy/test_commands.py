"""« purge » and « forget »: what they say and what they leave."""

from __future__ import annotations

import time

import pytest

from assistant_am.channels.web.intranet import Intranet
from assistant_am.cli import main
from assistant_am.runtime.settings import JwtSettings

DAY = 86_400
SECRET = "s" * 40


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    monkeypatch.setenv("AM_SECRET", SECRET)
    for name in ("AM_BASE", "AM_CONSERVATION_JOURS", "AM_JWT_EMETTEUR"):
        monkeypatch.delenv(name, raising=False)


def test_purge_says_how_much(conversations, write, capsys):
    write("vieille", [time.time() - 31 * DAY])
    write("jeune", [time.time() - 29 * DAY])
    assert main(["purge", "--essai"]) == 0
    assert "1 conversation et 0 avis de plus de 30 jours seraient" in capsys.readouterr().out
    assert conversations.size("vieille") == 1
    assert main(["purge"]) == 0
    assert "Effacés : 1 conversation" in capsys.readouterr().out
    assert (conversations.size("vieille"), conversations.size("jeune")) == (0, 1)


def test_purge_warns_when_visitors_were_told_otherwise(monkeypatch, capsys):
    monkeypatch.setenv("AM_CONSERVATION_JOURS", "90")
    assert main(["purge"]) == 0
    assert "annonce 30 jours" in capsys.readouterr().out


def test_forget_deletes_what_is_named_and_nothing_else(conversations, write, capsys):
    write("visiteur-1", [1.0, 2.0])
    write("visiteur-2", [1.0])
    assert main(["forget", "visiteur-1", "--essai"]) == 0
    assert conversations.size("visiteur-1") == 2
    assert main(["forget", "visiteur-1"]) == 0
    assert "visiteur-1 : 2 événements et 0 avis effacés." in capsys.readouterr().out
    assert (conversations.size("visiteur-1"), conversations.size("visiteur-2")) == (0, 1)


def test_forget_finds_somebody_of_the_intranet_by_the_subject_of_their_tokens(
    conversations, write, capsys
):
    intranet = Intranet(JwtSettings(), SECRET.encode())
    write(intranet.conversation_of("https://intranet.example", "durand"), [1.0])
    assert main(["forget", "--intranet", "durand"]) == 1
    words = ["forget", "--intranet", "durand", "--emetteur", "https://intranet.example"]
    assert main(words) == 0
    assert conversations.idle_since(2.0) == []


def test_forget_says_when_there_is_nothing(conversations, capsys):
    assert main(["forget", "visiteur-9"]) == 1
    assert "rien n'est gardé" in capsys.readouterr().err


def test_forget_wants_a_name(capsys):
    assert main(["forget"]) == 2
    assert "au moins un identifiant" in capsys.readouterr().err


def test_a_database_that_is_away_is_said_without_its_password(monkeypatch, capsys):
    monkeypatch.setenv("AM_BASE", "postgresql://qui:motdepasse@127.0.0.1:9/rien")
    assert main(["purge"]) == 1
    told = capsys.readouterr().err
    assert "AM_BASE" in told
    assert "motdepasse" not in told
