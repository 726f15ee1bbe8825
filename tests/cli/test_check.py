"""`assistant-am check`: labelled conversations and messages are checked with the rest."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest

from assistant_am.operations.check import CONVERSATIONS, KEPT_APART, MESSAGES, check
from assistant_am.operations.project import Project

ROOT = Path(__file__).resolve().parents[2]
LONG = "je travaille depuis douze ans dans une maison de retraite à Vesoul et je voudrais partir"


@pytest.fixture
def problems(tmp_path):
    """Checks a project with the real knowledge and these conversations."""
    (tmp_path / "knowledge").symlink_to(ROOT / "knowledge")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nlu").symlink_to(ROOT / "data" / "nlu")

    def run(learnt, apart, *, warnings=False):
        for folder, files in ((CONVERSATIONS, learnt), (KEPT_APART, apart)):
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
            (tmp_path / folder).mkdir(parents=True)
            for name, text in files.items():
                (tmp_path / folder / name).write_text(text, encoding="utf-8")
        report = check(Project(tmp_path), datetime.date(2026, 11, 30))
        every = report.warnings if warnings else report.problems
        return [each for each in every if "conversations" in each]

    return run


def talk(name, message="oui", subject="duree_formation"):
    return (
        f"- id: {name}\n  turns:\n    - user: {message}\n"
        f"      demandes: [{{acte: question, sujet: {subject}}}]\n"
    )


def test_every_mistake_of_both_folders_at_once(problems):
    found = problems({"a.yml": talk("A", subject="perdu")}, {"b.yml": talk("B", subject="egare")})
    assert [each.partition(" : ")[0] for each in found] == [
        "data/conversations/a.yml:4",
        "tests/kept_apart/conversations/b.yml:4",
    ]


def test_a_point_that_left_its_fiche_is_told(problems):
    """Once for all the turns that ask it; `general` is of every fiche."""
    asked = "      demandes: [{acte: question, sujet: duree_formation, point: %s}]\n"
    turns = "".join(f"    - user: oui {i}\n{asked % point}" for i, point in enumerate(
        ("parti", "parti", "general")
    ))  # fmt: skip
    told = problems({"a.yml": f"- id: A\n  turns:\n{turns}"}, {}, warnings=True)
    assert len(told) == 1
    assert "« parti », demandé 2 fois, n'est pas dans la fiche duree_formation" in told[0]


def test_an_alias_of_the_data_holds_for_those_kept_apart(problems):
    alias = {"alias.yml": "perdu: duree_formation\n"}
    assert problems({"a.yml": talk("A"), **alias}, {"b.yml": talk("B", subject="perdu")}) == []


@pytest.mark.parametrize(
    ("apart", "leaks"),
    [(talk("A"), True), (talk("B", LONG), True), (talk("B"), False)],
)
def test_what_is_kept_apart_is_not_learnt(problems, apart, leaks):
    found = problems({"a.yml": talk("A"), "c.yml": talk("C", LONG)}, {"b.yml": apart})
    assert bool(found) == leaks
    assert all("est aussi dans data/conversations" in each for each in found)


@pytest.fixture
def message_problems(tmp_path):
    """Checks a project with the real knowledge and these lines of messages."""
    (tmp_path / "knowledge").symlink_to(ROOT / "knowledge")
    (tmp_path / MESSAGES).mkdir(parents=True)

    def run(*lines):
        text = "".join(f"{line}\n" for line in lines)
        (tmp_path / MESSAGES / "a.jsonl").write_text(text, encoding="utf-8")
        report = check(Project(tmp_path), datetime.date(2026, 11, 30))
        return [each for each in report.problems if "messages" in each]

    return run


def message(s, **before):
    return json.dumps({"s": s, "u": "et là ?", **before})


@pytest.mark.parametrize("label", ["duree_formation", "remercier", "aucune", "non_couvert"])
def test_messages_have_known_labels(message_problems, label):
    """A fiche, an act, what only tells, what no fiche covers; with or without something before."""
    assert message_problems(message(label), message(label, p="oui", l="duree_formation")) == []


def test_unknown_labels_of_messages_are_told_with_their_line(message_problems):
    """That of the message, and that of the subject before it."""
    first, second = message_problems(
        message("perdu"), message("aucune"), message("aucune", p="oui", l="egare")
    )
    assert first.startswith("data/messages/a.jsonl:1 : « s » vaut « perdu »")
    assert second.startswith("data/messages/a.jsonl:3 : « l » vaut « egare »")
    assert "corrigez-le" in first


def test_a_line_of_messages_that_cannot_be_read_is_told(message_problems):
    (problem,) = message_problems(message("aucune"), "{")
    assert problem.startswith("data/messages/a.jsonl:2 : ligne illisible")


def test_our_own_messages_are_right(message_problems, tmp_path):
    shutil.rmtree(tmp_path / MESSAGES)
    shutil.copytree(ROOT / MESSAGES, tmp_path / MESSAGES)
    report = check(Project(tmp_path), datetime.date(2026, 11, 30))
    assert [each for each in report.problems if "messages" in each] == []
    assert report.counts["messages d'entraînement"] > 5000
