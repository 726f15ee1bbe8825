"""A meaning goes through Rasa as JSON, and comes out the same."""

from __future__ import annotations

import json

import pytest

from assistant_am.meaning import Emergency, Entity, Meaning, Request

WHOLE = Meaning(
    text="entre 800 et 900 patients, pas P95 : combien, et comment ?",
    requests=(
        Request("montant_aide", 0.71, "sur", (("montant_aide", 0.71), ("aucune", 0.1)), "combien",
                35, 43),
        Request("demarches", 0.2, "hesitant", (("demarches", 0.2),), "et comment ?", 44, 57),
    ),
    entities=(
        Entity("patients_entre", (800, 900), 0, 25),
        Entity("tranche", "p95_plus", 27, 34, denied=True),
        Entity("zip", False, 0, 3),
        Entity("quotite", 0.5, 4, 5),
    ),
    emergency=Emergency("suicide", plain=False),
    hypothesis=0.25,
    other=0.5,
    follows=0.75,
)  # fmt: skip
PLAIN = Meaning("merci", (Request("remercier", 0.9),))


@pytest.mark.parametrize("meaning", [WHOLE, PLAIN])
def test_a_meaning_survives_json(meaning):
    """What was read of a message is the same after it was written and read as JSON."""
    assert Meaning.from_json(json.loads(json.dumps(meaning.to_json()))) == meaning


def test_what_comes_back_can_be_compared_and_kept():
    """A range stays a tuple, so that values can be told apart and put in sets."""
    back = Meaning.from_json(json.loads(json.dumps(WHOLE.to_json())))
    assert hash(back.entities[0]) == hash(WHOLE.entities[0])
    assert back.values("patients_entre") == ((800, 900),)
    assert [entity.denied for entity in back.entities] == [False, True, False, False]
    assert back.requests[1].end == 57


def test_values_are_said_once_and_in_order():
    """A value repeated counts once; « P92, P60, P92 » is P92 then P60."""
    said = [Entity("tranche", each, i, i + 1) for i, each in enumerate(("p92", "p60", "p92"))]
    other = Entity("annee", 1, 5, 6)
    meaning = Meaning("", (Request("aucune", 1.0),), (*said, other))
    assert meaning.values("tranche") == ("p92", "p60")
    assert meaning.values("patients") == ()
