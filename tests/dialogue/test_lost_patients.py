"""Patients lost are taken from the panel told before; they are no panel."""

from __future__ import annotations

import pytest

SENIOR, MODULATION = "demander_medecin_65", "demander_modulation"


@pytest.mark.parametrize("intent", [SENIOR, MODULATION])
@pytest.mark.parametrize(
    ("asked", "left", "kept"),
    [
        ("Dix pour cent, soit 145 patients. Et si j'en perds 146 ?", "1 304", False),
        ("et si j'en perds 146 ?", "1 304", False),
        ("si je perds 145 patients ?", "1 305", True),
        ("et s'il en part 200 ?", "1 250", False),
        ("150 partent en retraite, l'objectif tient ?", "1 300", False),
        ("avec 100 patients de moins ça passe ?", "1 350", True),
        ("une baisse de 90 patients, c'est toléré ?", "1 360", True),
    ],
)
def test_what_is_left_is_compared_with_what_was_told(talk, intent, asked, left, kept):
    talk.say("j'ai 66 ans et 1450 patients, on me demandera d'augmenter ?", SENIOR)
    answer = talk.say(asked, intent)
    assert answer.startswith("**L'objectif est atteint" if kept else "**L'objectif n'est pas")
    assert f"de 1 450 à {left} patients" in answer
    assert talk.memory.situation["patients"] == 1450


def test_of_a_younger_doctor_nothing_is_concluded(talk):
    talk.say("généraliste 50 ans, 1450 patients, l'objectif ?", "demander_engagements")
    assert "L'objectif" not in talk.say("et si j'en perds 146 ?", MODULATION)[:20]
