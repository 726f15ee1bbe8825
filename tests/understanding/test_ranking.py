"""A candidate is described in the order of its weights."""

from __future__ import annotations

import math

import pytest

from assistant_am.understanding.conversations import (
    LabelledConversation,
    LabelledRequest,
    LabelledTurn,
)
from assistant_am.understanding.ranking import FEATURES, Context, Habits, Subject, features

SUBJECTS = {
    "duree": Subject("Combien dure la formation ?", "d", "formation", "Durée", ("cout",)),
    "cout": Subject("Combien coûte la formation ?", "c", "formation", "Coût"),
    "paie": Subject("Quel est le salaire ?", "p", "salaire", "Salaire"),
}
NO_HABITS = Habits({}, {})
LABELS = 5


def row(label: str, text: str = "", habits: Habits = NO_HABITS, **context) -> dict[str, float]:
    """The features of a candidate, by name."""
    given = features(label, SUBJECTS, habits, Context(**context), text, (-0.5, -1.5), LABELS)
    return dict(zip(FEATURES, given, strict=True))


def test_the_two_readings_come_first():
    """The encoder's log-probability, then that of the words."""
    given = row("duree")
    assert (given["encodeur"], given["mots"]) == (-0.5, -1.5)


@pytest.mark.parametrize(
    ("label", "context", "so"),
    [
        ("duree", {}, {}),
        ("duree", {"subject": "duree"}, {"meme_sujet"}),
        ("cout", {"subject": "duree"}, {"meme_theme", "suite_proposee"}),
        ("duree", {"subject": "cout"}, {"meme_theme"}),
        ("paie", {"subject": "duree"}, {}),
        ("paie", {"subject": "duree", "answered": ("paie", "duree")}, {"deja_traite"}),
        ("duree", {"subject": "duree", "answered": ("duree",)}, {"meme_sujet"}),
        ("merci", {"subject": "duree"}, {"acte"}),
        ("non_couvert", {}, {"acte", "non_couvert"}),
        ("aucune", {"subject": "disparue"}, {"acte", "aucune"}),
    ],
)
def test_what_came_before_describes_a_candidate(label, context, so):
    """The last subject, its theme, what it suggests, what was answered: each under its name."""
    given = row(label, **context)
    yes = {"meme_sujet", "meme_theme", "suite_proposee", "deja_traite", "acte", "non_couvert",
           "aucune"}  # fmt: skip
    assert {name for name in yes if given[name] == 1} == set(so)
    assert {given[name] for name in yes} <= {0.0, 1.0}


def test_words_shared_with_the_question_are_counted():
    """By their beginnings, without accents; words of two letters do not count."""
    assert row("duree", "la duree des formations ?")["mots_communs"] == 2
    assert row("paie", "la duree des formations ?")["mots_communs"] == 0
    assert row("merci", "merci")["mots_communs"] == 0


def test_a_long_message_stands_by_itself():
    """The same subject counts as such by the length of the message, up to one whole."""
    assert row("duree", "x" * 30, subject="duree")["meme_sujet_long"] == pytest.approx(0.5)
    assert row("duree", "x" * 90, subject="duree")["meme_sujet_long"] == 1
    assert row("cout", "x" * 90, subject="duree")["meme_sujet_long"] == 0


def conversation(*turns: tuple[str, ...]) -> LabelledConversation:
    said = [LabelledTurn("…", tuple(LabelledRequest("question", (x,)) for x in t)) for t in turns]
    return LabelledConversation("a", tuple(said))


def test_habits_are_counted_over_conversations():
    """What is asked often, and what follows the last subject, even past a thank-you."""
    talks = [conversation(("duree",), ("merci",), ("cout",)), conversation(("duree", "paie"), ())]
    habits = Habits.of(talks, SUBJECTS)
    assert habits.to_json() == {
        "asked": {"duree": 2, "merci": 1, "cout": 1, "aucune": 1},
        "after": {"": {"duree": 2}, "duree": {"merci": 1, "cout": 1}, "paie": {"aucune": 1}},
    }
    often, rare = row("duree", habits=habits), row("paie", habits=habits)
    assert often["frequence"] > rare["frequence"]
    after = row("cout", habits=habits, subject="duree")
    assert after["enchainement"] > row("cout", habits=habits, subject="paie")["enchainement"]


def test_what_was_never_asked_has_a_probability():
    """No habit gives a finite log-probability; without any the labels are alike."""
    given = row("paie")
    assert given["frequence"] == pytest.approx(math.log(1 / LABELS))
    assert given["enchainement"] == pytest.approx(given["frequence"])
