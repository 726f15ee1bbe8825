"""A candidate is described in the order of its weights."""

from __future__ import annotations

import math

import pytest

from assistant_am.meaning import Context
from assistant_am.understanding.conversations import (
    LabelledConversation,
    LabelledRequest,
    LabelledTurn,
)
from assistant_am.understanding.ranking import FEATURES, Habits, features
from assistant_am.understanding.ranking import READINGS as NAMES
from assistant_am.understanding.subjects import Subject

SUBJECTS = {
    "duree": Subject("Combien dure la formation ?", "d", "formation", "Durée"),
    "cout": Subject("Combien coûte la formation ?", "c", "formation", "Coût"),
    "paie": Subject("Quel est le salaire ?", "p", "salaire", "Salaire"),
}
NO_HABITS = Habits({}, {})
LABELS = 5
READINGS = (-0.5, -1.0, -1.5)


def row(label: str, text: str = "", habits: Habits = NO_HABITS, **context) -> dict[str, float]:
    """The features of a candidate, by name."""
    given = features(label, SUBJECTS, habits, Context(**context), text, READINGS, LABELS)
    return dict(zip(FEATURES, given, strict=True))


def test_the_readings_come_first():
    """In the order of their names."""
    given = row("duree")
    assert tuple(given[name] for name in NAMES) == READINGS


@pytest.mark.parametrize(
    ("label", "context", "so"),
    [
        ("duree", {}, {}),
        ("duree", {"subject": "duree"}, {"meme_sujet"}),
        ("cout", {"subject": "duree"}, set()),
        ("duree", {"subject": "cout"}, set()),
        ("paie", {"subject": "duree"}, {}),
        ("paie", {"subject": "duree", "answered": ("paie", "duree")}, {"deja_traite"}),
        ("duree", {"subject": "duree", "answered": ("duree",)}, {"meme_sujet"}),
        ("merci", {"subject": "duree"}, {"acte"}),
        ("non_couvert", {}, {"acte", "non_couvert"}),
        ("aucune", {"subject": "disparue"}, {"acte", "aucune"}),
    ],
)
def test_what_came_before_describes_a_candidate(label, context, so):
    """The last subject, what was answered, what kind it is: each under its name."""
    given = row(label, **context)
    yes = {"meme_sujet", "deja_traite", "acte", "non_couvert", "aucune"}
    assert {name for name in yes if given[name] == 1} == set(so)
    assert {given[name] for name in yes} <= {0.0, 1.0}


def test_rare_words_of_its_whole_text_speak_for_a_subject():
    """Each as much as it is rare among the subjects; one word alone decides less than three."""
    subjects = {"cout": Subject("q", "i", "t", "l", weights=(("opco", 2.0), ("forma", 0.5)))}

    def told(text: str) -> float:
        given = features("cout", subjects, NO_HABITS, Context(), text, READINGS, LABELS)
        return dict(zip(FEATURES, given, strict=True))["mots_fiche"]

    assert told("l'OPCO des formations") > told("les formations") > told("bonjour") == 0
    assert row("merci", "merci")["mots_fiche"] == 0


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
