"""Several requests in one message: each is answered after the one before it."""

from __future__ import annotations

DURATION, PAY, THANKS = "demander_duree_formation", "demander_salaire_debutant", "remercier"


def test_each_request_gets_its_part_in_order(talk):
    """« ça dure combien et on gagne quoi ? »: the length, then the pay."""
    answer = talk.say_several(
        "ça dure combien et on gagne quoi ?", ("ça dure combien", DURATION), ("on gagne quoi", PAY)
    )
    assert 0 <= answer.index("279 heures") < answer.index("2 118")
    assert talk.response.subjects == ("duree_formation", "salaire_debutant")


def test_the_last_subject_stays_for_what_follows(talk):
    """After two subjects, the second is the one spoken of."""
    talk.say_several("la durée et le salaire ?", ("la durée", DURATION), ("le salaire ?", PAY))
    assert talk.memory.subject == "salaire_debutant"
