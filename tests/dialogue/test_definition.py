"""« C'est quoi la ZIP ? »: the meaning of a word, when nothing else is asked."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.definition import term_asked
from assistant_am.dialogue.respond import respond
from assistant_am.knowledge import fill
from assistant_am.meaning import Meaning, Request


def meaning(reader, text: str, label: str = "reponse") -> Meaning:
    """A message as it would be heard if its meaning were missed: only told."""
    return Meaning(text, (Request(label, 0.9, "sur"),), tuple(reader.read(text)))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("ZIP", "zip c koi"),
        ("ZIP", "C'est quoi une zone d'intervention prioritaire ?"),
        ("OPTAM", "c'est quoi l'OPTAM"),
        ("OPTAM-CO", "et l'optam-co, qu'est-ce que c'est ?"),
        ("MEP", "ça veut dire quoi MEP ?"),
        ("SISA", "bonjour, que signifie SISA svp"),
        ("P95", "c quoi P95 ?"),
        ("ACI", "définition de ACI"),
        ("CPTS", "CPTS kesako ?"),
        ("NIR", "explique moi le NIR"),
        ("CQP", "C'est quoi le CQP ?"),
    ],
)
def test_a_word_whose_meaning_is_asked_is_found(world, word, text):
    """However it is typed, and in its longest spelling."""
    found = term_asked(world.knowledge, text)
    assert found is not None
    assert found.spellings[0] == word


@pytest.mark.parametrize(
    "text",
    [
        "c'est quoi la différence entre CQP et FAE",
        "la ZIP ça change quoi au montant ?",
        "P95 c'est combien de patients ?",
        "je suis en ZIP",
        "quoi ?",
        "c'est quoi OPTAM et à quoi ça sert",
        "c'est quoi le salaire en MSP",
        "comment avoir la VAE",
        "ZIP",
    ],
)
def test_what_asks_more_than_a_meaning_is_left_alone(world, text):
    """A comparison, an amount, a number, a value told: the reading of the message answers."""
    assert term_asked(world.knowledge, text) is None


def test_the_meaning_is_said_with_its_source_and_nothing_is_kept_of_the_person(talk):
    """The word is named, not told: nobody is in a ZIP for having asked what it is."""
    said = talk.hear(meaning(talk._reader, "zip c koi"))
    assert "zone d'intervention prioritaire" in said
    assert "URPS" in said
    assert "zip" not in talk.memory.situation
    assert talk.memory.subject == "second_assistant"


def test_where_the_fiche_says_it_the_fiche_answers(world, talk):
    """« c'est quoi la FAE » has the answer of its fiche."""
    said = talk.hear(meaning(talk._reader, "ça veut dire quoi FAE ?"))
    assert fill(world.knowledge.fiches["fae"].text, world.knowledge).split("**")[1] in said
    assert talk.memory.subject == "fae"


def test_a_question_of_ours_still_waits_after_a_meaning(talk):
    """« c'est quoi la ZIP ? » in the middle of an estimate does not answer for the person."""
    talk.say("estimer mon aide", "estimer_aide")
    pending = talk.memory.pending
    assert pending
    said = talk.hear(meaning(talk._reader, "c'est quoi l'OPTAM ?"))
    assert "option pratique tarifaire" in said
    assert talk.memory.pending == pending
    assert "secteur" not in talk.memory.situation


def test_a_word_alone_asks_its_meaning_only_where_it_can_be_no_value(world, talk):
    """« SISA ? » opens a conversation; « P95 ? » after an amount is the patientèle."""
    first = respond(world, meaning(talk._reader, "SISA ?"), talk.memory)
    assert first.rule == "definition"
    then = respond(world, meaning(talk._reader, "MSP ?"), first.memory)
    assert then.rule == "definition"
    talk.say("aide pour un mi-temps en 2e année", "montant_aide")
    assert respond(world, meaning(talk._reader, "P95 ?"), talk.memory).rule != "definition"
