"""« report » and « suggest » on the command line."""

from __future__ import annotations

import datetime

import pytest

from assistant_am.cli import main
from tests.report import conftest


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    monkeypatch.setenv("AM_SECRET", "s" * 40)
    monkeypatch.delenv("AM_BASE", raising=False)


@pytest.fixture
def three_who_ask(told):
    # The commands read the real clock.
    days = (conftest.TODAY - datetime.date.today()).days
    for person in ("a", "b", "c"):
        text = "combien de temps dure la formation en heures ?"
        told.turn(person, text, "saluer", "incompris", days_ago=days)
    told.turn("d", "xylophone", "saluer", "incompris", days_ago=days)


def test_report_writes_the_page_and_says_where(three_who_ask, tmp_path, capsys):
    assert main(["report", "--semaines", "2"]) == 0
    told = capsys.readouterr().out
    assert "4 messages, 4 non compris, 0 incidents." in told
    assert str(tmp_path / "rapport" / "rapport.html") in told
    assert "xylophone" not in (tmp_path / "rapport" / "rapport.html").read_text(encoding="utf-8")


def test_suggest_prints_lines_to_paste(three_who_ask, capsys):
    assert main(["suggest"]) == 0
    told = capsys.readouterr().out
    assert "data/nlu/duree_formation.yml" in told
    assert "\n    - combien de temps dure la formation en heures ?\n" in told
    assert "xylophone" not in told
    assert main(["suggest", "--textes"]) == 0
    assert "xylophone" in capsys.readouterr().out


def test_suggest_on_nothing(told, capsys):
    assert main(["suggest"]) == 0
    assert "ont été comprises" in capsys.readouterr().out


@pytest.mark.parametrize("weeks", ["0", "beaucoup", "-1"])
def test_an_impossible_number_of_weeks_is_refused(weeks, capsys):
    with pytest.raises(SystemExit):
        main(["report", f"--semaines={weeks}"])
    assert "il faut un nombre entier" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(told, tmp_path, capsys):
    (tmp_path / "fichier").write_text("")
    assert main(["report", "--sortie", str(tmp_path / "fichier" / "ici")]) == 1
    assert "--sortie" in capsys.readouterr().err
