"""What a turn gave, in the words of the label files."""

from __future__ import annotations

import json

import pytest

from assistant_am.evaluation.observed import observe
from assistant_am.meaning import Emergency


@pytest.fixture
def seen(assistant, heard, world):
    """Says messages in one conversation; gives what the last of them was seen to be."""
    conversation = assistant.conversation()

    def say(text, *requests, **told):
        heard.tell(text, *requests, **told)
        return observe(world, "C1", 1, conversation.say(text))

    return say


def test_a_subject_answered(seen):
    found = seen("quelle formation ?", ("duree_formation", "sur"))
    assert (found.subjects, found.acts, found.rule) == (("duree_formation",), (), "demandes")


@pytest.mark.parametrize(
    ("label", "trust", "acts"),
    [
        ("remercier", "sur", ("remercier",)),
        ("demander_source", "sur", ("source",)),
        ("aucune", "sur", ()),
        ("duree_formation", "incompris", ()),
        ("duree_formation", "hesitant", ()),
        ("autre_metier", "hors_sujet", ("autre_metier",)),
        ("recommencer", "sur", ("recommencer",)),
    ],
)
def test_the_subject_kept_from_before_is_not_answered_again(seen, label, trust, acts):
    seen("quelle formation ?", ("duree_formation", "sur"))
    found = seen("bon.", (label, trust))
    assert (found.subjects, found.acts) == ((), acts)


def test_values_told_after_a_subject_answer_it_again(seen):
    seen("combien ?", ("montant_aide", "sur"))
    found = seen("à mi-temps", values={"quotite": 0.5}, follows=0.9)
    assert found.subjects == ("montant_aide",)
    assert found.values == {"quotite": 0.5}


def test_a_point_that_no_fiche_covers_names_no_neighbour(seen):
    assert seen("et la cantine ?", ("non_couvert", "sur")).subjects == ("non_couvert",)


def test_several_requests_in_order(seen):
    found = seen(
        "merci, et la durée, et la cantine, et l'âge ?",
        ("remercier", "sur"),
        ("duree_formation", "sur"),
        ("non_couvert", "sur"),
        ("age_limite", "incompris"),
    )
    assert found.subjects == ("duree_formation", "non_couvert")
    assert found.acts == ("remercier",)


def test_the_guided_estimate_is_the_subject_asked(seen):
    assert seen("estimez", ("estimer_aide", "sur")).subjects == ("estimer_aide",)


@pytest.mark.parametrize(
    ("emergency", "degree", "acts"),
    [
        (None, None, ()),
        (Emergency("vital", plain=False), "doubtful", ()),
        (Emergency("suicide", plain=True), "plain", ("urgence_suicide",)),
    ],
)
def test_emergencies_have_three_degrees(seen, emergency, degree, acts):
    found = seen("aïe", emergency=emergency)
    assert (found.emergency, found.acts) == (degree, acts)


def test_a_line_of_json_holds_these_fields_only(seen):
    found = seen("bonjour", ("saluer", "sur"), denied={"tranche": "p95_plus"}).to_json()
    assert list(found) == [
        "id", "turn", "subjects", "acts", "values", "rule", "emergency", "text",
    ]  # fmt: skip
    assert found["values"] == {}, "what is denied is not told"
    assert found["text"]
    json.dumps(found)
