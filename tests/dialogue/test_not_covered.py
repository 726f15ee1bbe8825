"""A point of our field that no source covers."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.not_covered import not_covered_part
from assistant_am.meaning import Meaning, Request
from assistant_am.rendering.blocks import SourceNote, as_text
from tests.facts import CQP_HOURS


def test_first_that_it_is_not_there_then_the_nearest_then_who_knows(world):
    """In this order, the nearest in one sentence with its source."""
    part = not_covered_part(world, "une formation en barque ?", ["duree_formation"])
    said, nearest, source, who = part.blocks
    assert said.text == world.phrase("non_couvert").strip()
    assert nearest.text.startswith(world.phrase("non_couvert_proche") + " ")
    assert nearest.text.count(". ") == 0
    assert CQP_HOURS in nearest.text
    assert isinstance(source, SourceNote)
    assert (
        who.text
        == "Je n'en sais pas plus\u00a0: la CPNEFP des cabinets médicaux pourra vous le dire."
    )
    assert part.subject == "duree_formation"
    assert part.suggestions[0].say == world.knowledge.fiches["duree_formation"].question


def test_a_subject_that_shares_no_word_is_not_the_nearest(world):
    """What it says would answer another question: only who may know is told, and its button."""
    part = not_covered_part(world, "je peux mettre un bonnet ?", ["duree_formation"], "smic")
    assert CQP_HOURS not in as_text(part.blocks)
    assert [type(block).__name__ for block in part.blocks] == ["Paragraph", "Paragraph"]
    assert part.suggestions[0].say == world.knowledge.fiches["duree_formation"].question


def test_a_subject_that_shares_a_word_among_many_is_not_the_nearest(world):
    """« Mon accent gêne au téléphone » is not about who answers it."""
    question = "mon accent dérange parfois au téléphone, on comprend mal"
    part = not_covered_part(world, question, ["missions_administratives"])
    assert world.phrase("non_couvert_proche") not in as_text(part.blocks)


def test_who_speaks_decides_whom_to_ask_when_no_subject_does(world):
    """A candidate is not sent to the CPAM, which deals with doctors."""
    part = not_covered_part(world, "et mes enfants ?", [], None, Memory({"profil": "bachelier"}))
    assert "CPNEFP" in as_text(part.blocks)
    assert "CPAM" not in as_text(part.blocks)


def test_the_likeliest_that_shares_a_word_is_the_nearest(world):
    """Before one that is likelier but speaks of something else."""
    part = not_covered_part(world, "des horaires de marée ?", ["duree_formation", "horaires"])
    assert part.subject == "horaires"


def test_without_anything_near_those_who_know_most_are_named(world):
    """No subject is made up."""
    part = not_covered_part(world, "et la couleur des murs ?", [])
    assert as_text(part.blocks).startswith(world.phrase("non_couvert").strip() + "\n")
    assert "CPAM" in as_text(part.blocks)
    assert (part.subject, part.suggestions) == (None, ())


def test_every_subject_may_be_the_nearest(world):
    """Whichever it is: said first, short, without an open placeholder, nothing computed shown."""
    for key, fiche in world.knowledge.fiches.items():
        part = not_covered_part(world, fiche.question + " " + fiche.label, [key])
        text = as_text(part.blocks)
        assert text.startswith(world.phrase("non_couvert").strip()), key
        assert "{" not in text, key
        shown = [block for block in part.blocks if block.as_text().startswith(
            world.phrase("non_couvert_proche"))]  # fmt: skip
        if fiche.computation is not None or fiche.unsaid:
            assert not shown, key
        assert all(len(block.text) < 270 for block in shown), key
        assert all(not block.text.rstrip(".").endswith(":") for block in shown), key
        assert not any("sources ne disent" in block.text for block in shown), key
        assert all(not block.text.partition(" : ")[2].startswith("Nos ") for block in shown), key
        assert "**" not in text or text.count("**") % 2 == 0, key


@pytest.mark.parametrize(
    ("ranking", "nearest"),
    [
        ((("non_couvert", 0.6), ("aucune", 0.2), ("horaires", 0.1)), "horaires"),
        ((("non_couvert", 0.9), ("aucune", 0.1)), "duree_formation"),
    ],
)
def test_the_nearest_is_the_likeliest_subject_else_the_last(talk, ranking, nearest):
    """What was talked about stands in for what nobody guessed."""
    talk.say("c'est long ?", "demander_duree_formation")
    talk.hear(
        Meaning("et l'horaire de la cantine ?", (Request("non_couvert", 0.6, "sur", ranking),))
    )
    assert talk.memory.subject == nearest


@pytest.mark.parametrize(
    "text",
    [
        "MA FEMME ATTEND 3 SEMAINES POUR SON RENOUVELLEMENT",
        "ils ont perdu mon ordonnance",
        "chez le docteur ça répond jamais",
        "mon rdv est dans un mois, c'est normal ?",
        "mon médecin est parti sans prévenir",
    ],
)
def test_a_patient_is_sent_to_the_practice(world, text):
    """Neither to who trains assistants nor to who pays the doctor."""
    part = not_covered_part(world, text, [], "missions_administratives")
    assert part.blocks[-1].text == "Je n'en sais pas plus\u00a0: le cabinet pourra vous le dire."
    told = not_covered_part(world, "et le parking ?", [], "smic", Memory({"public": "patient"}))
    assert told.blocks[-1].text == "Je n'en sais pas plus\u00a0: le cabinet pourra vous le dire."


def test_who_is_known_not_to_be_a_patient_is_not_sent_there(world):
    """A candidate may speak of the practice's doctor."""
    part = not_covered_part(
        world, "et si le docteur refuse ?", [], "cqp", Memory({"profil": "bachelier"})
    )
    assert "CPNEFP" in part.blocks[-1].text


def test_what_sources_do_not_say_of_patients_is_asked_at_the_practice(talk):
    """« Puis-je refuser ? » is none of the CPAM's business."""
    answer = talk.say("puis-je refuser qu'elle me déshabille ?", "demander_refus_patient")
    assert "CPAM" not in answer
