"""What the classifier alone takes for an emergency: by length and by clause."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("rasa")

from assistant_am.nlu.intent_classifier import FrenchIntentClassifier


class Model:
    labels = ("demander_a", "urgence", "urgence_suicide")


@pytest.fixture
def classifier():
    component = FrenchIntentClassifier({}, None, None)
    component._model = Model()
    component._emergency = 0.4
    return component


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("je suis sur Lyon", [[0.4, 0.0, 0.6]], None),
        ("je vais sauter ce soir", [[0.1, 0.0, 0.9]], "suicide"),
        ("je vais sauter ce soir, je vous dis adieu", [[0.55, 0.0, 0.45]], "suicide"),
        (
            "combien ça dure, mon mari me dit de me faire aider",
            [[0.9, 0, 0.1], [0.1, 0, 0.9]],
            None,
        ),
        ("combien ça dure, mon père ne respire plus du tout", [[0.9, 0.1, 0], [0, 1, 0]], "vital"),
    ],
)
def test_a_few_words_and_a_clause_have_to_be_clearer(classifier, text, rows, expected):
    """0.6 of four words alarms for nothing; a clause of a story needs 0.98."""
    assert classifier._learnt_emergency(text, np.array(rows)) == expected
