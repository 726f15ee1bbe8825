"""Several requests in one message: each is answered after the one before it."""

from __future__ import annotations

from assistant_am.meaning import Meaning, Request
from tests.facts import CQP_DURATION

DURATION, PAY, THANKS = "demander_duree_formation", "demander_salaire_debutant", "remercier"


def test_each_request_gets_its_part_in_order(talk):
    """« ça dure combien et on gagne quoi ? »: the length, then the pay."""
    answer = talk.say_several(
        "ça dure combien et on gagne quoi ?", ("ça dure combien", DURATION), ("on gagne quoi", PAY)
    )
    assert 0 <= answer.index(CQP_DURATION) < answer.index("2 118")
    assert talk.response.subjects == ("duree_formation", "salaire_debutant")


def test_the_last_subject_stays_for_what_follows(talk):
    """After two subjects, the second is the one spoken of."""
    talk.say_several("la durée et le salaire ?", ("la durée", DURATION), ("le salaire ?", PAY))
    assert talk.memory.subject == "salaire_debutant"


def test_what_could_not_be_answered_is_named(talk):
    """In its own words, beside the part that was answered."""
    answer = talk.say_several(
        "ça dure combien et il y a une piscine ?",
        ("ça dure combien", DURATION),
        ("il y a une piscine ?", "non_couvert"),
    )
    assert CQP_DURATION in answer
    assert "« il y a une piscine » : ce point n'est pas dans mes sources." in answer


def test_what_was_not_understood_is_named(talk):
    """As well, and the question that was understood keeps its answer."""
    requests = (
        Request(talk._label(DURATION), 0.9, "sur", text="ça dure combien"),
        Request("aucune", 0.1, "incompris", text="et le bidule"),
    )
    answer = talk.hear(Meaning("ça dure combien et le bidule", requests))
    assert CQP_DURATION in answer
    assert "« et le bidule » : je n'ai pas compris cette partie" in answer


def test_what_is_told_beside_a_question_gets_no_note(talk):
    """« C'est noté » would stand between the person and the answer."""
    answer = talk.say_several(
        "j'ai 30 ans. ça dure combien ?",
        ("j'ai 30 ans.", "aucune"),
        ("ça dure combien ?", DURATION),
    )
    assert "noté" not in answer
    assert CQP_DURATION in answer
