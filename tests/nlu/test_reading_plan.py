"""Bands of confidence and several questions, on probabilities given by hand."""

from __future__ import annotations

import numpy as np
import pytest

from assistant_am.nlu.reading_plan import Bands, plan, readings

LABELS = ["demander_a", "demander_b", "demander_c", "hors_sujet"]
BANDS = Bands(outside=0.3, sure=0.4, unsure=0.2, clause=0.5)


def read(message, *rows):
    """Readings of a message whose texts got these probabilities, the whole first."""
    proposed = plan(message)
    assert len(rows) == len(proposed.texts)
    return readings(proposed, np.array(rows), LABELS, BANDS)


@pytest.mark.parametrize(
    ("row", "band"),
    [
        ([0.9, 0.05, 0.03, 0.02], "sur"),
        ([0.35, 0.30, 0.25, 0.10], "hesitant"),
        ([0.10, 0.10, 0.10, 0.70], "hors_sujet"),
    ],
)
def test_one_band_each(row, band):
    """Sure is answered, unsure is asked, outside is declined."""
    (found,) = read("combien ça dure", row)
    assert found.band == band


def test_nothing_clear_is_not_understood():
    """Below the lower limit the bot does not guess."""
    labels = [f"demander_{i}" for i in range(9)] + ["hors_sujet"]
    proposed = plan("blorg")
    (found,) = readings(proposed, np.full((1, 10), 0.1), labels, BANDS)
    assert found.band == "incompris"


def test_two_clear_questions_are_two():
    """Each side clear and different: two questions in order."""
    a, b = [0.95, 0.03, 0.01, 0.01], [0.02, 0.96, 0.01, 0.01]
    found = read("c'est quoi la durée et combien on gagne", [0.5, 0.45, 0.03, 0.02], a, b, a, b)
    assert [each.intent for each in found] == ["demander_a", "demander_b"]


def test_the_same_subject_twice_is_one_question():
    """Asked twice, answered once."""
    a = [0.95, 0.03, 0.01, 0.01]
    found = read("c'est quoi la durée et combien ça dure", a, a, a, a, a)
    assert [each.intent for each in found] == ["demander_a"]


def test_a_story_does_not_hide_the_question():
    """The clause that asks decides when the whole is unclear."""
    unclear, clear = [0.3, 0.3, 0.3, 0.1], [0.02, 0.95, 0.02, 0.01]
    message = "Mon fils a 20 ans et cherche sa voie. Combien gagne une AM ?"
    proposed = plan(message)
    rows = [unclear] + [unclear] * (len(proposed.texts) - 1)
    for place, text in enumerate(proposed.texts):
        if text == "Combien gagne une AM ?":
            rows[place] = clear
    found = readings(proposed, np.array(rows), LABELS, BANDS)
    assert found[0].intent == "demander_b"
