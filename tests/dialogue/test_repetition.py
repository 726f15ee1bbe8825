"""Never the same text twice in a conversation."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.memory import GIVEN_KEPT
from tests.facts import CQP_HOURS

DUREE = "demander_duree_formation"
MONTANT = "demander_montant_aide"


def answers(talk, text: str, intent: str, times: int) -> list[str]:
    talk.say("bonjour", "saluer")
    return [talk.say(text, intent, follows=False) for _ in range(times)]


def test_the_second_time_is_short(talk, world):
    """The first sentence again, as such."""
    first, second = answers(talk, "c'est long ?", DUREE, 2)
    assert first.startswith("Pour qui n'est pas soignant")
    assert second.startswith(world.phrase("deja_dit"))
    assert CQP_HOURS in second
    assert len(second) < len(first)


def test_what_the_details_have_for_this_question_comes_first(talk, world):
    """A line that shares a word with the question is what is new for it."""
    talk.say("c'est long ?", DUREE, follows=False)
    said, line, *_ = talk.say("et avec des allègements ?", DUREE, follows=False).split("\n")
    assert said == world.phrase("deja_dit_plus")
    assert "allègements" in line


def test_then_what_is_left_then_that_nothing_is(talk, world):
    """All the details, then that sources say no more, and who knows."""
    third, fourth = answers(talk, "c'est long ?", DUREE, 4)[2:]
    assert third.split("\n")[0] == world.phrase("deja_dit_plus")
    assert "CQP complet" in third
    assert fourth.startswith(world.phrase("rien_de_plus"))
    assert "contactez" in fourth


ASKED = [
    ("c'est long ?", DUREE, 3),
    ("combien pour un temps plein P92 ?", MONTANT, 2),
    ("il faut le bac ?", "demander_prerequis", 3),
]


@pytest.mark.parametrize(("text", "intent", "times"), ASKED)
def test_the_same_text_does_not_come_twice(talk, text, intent, times):
    """Asked again: of a fiche, of an amount computed, of a statement tested."""
    assert len(set(answers(talk, text, intent, times))) == times


@pytest.mark.parametrize(("text", "intent", "times"), ASKED)
def test_it_is_not_said_twice_that_it_was_said(talk, text, intent, times):
    """Once nothing is left to say, the same reminder does not come over and over."""
    assert len(set(answers(talk, text, intent, times + 1))) == times + 1


def test_a_computed_amount_is_not_given_twice(talk, world):
    """The same case again is told as such; another case is computed."""
    first, second = answers(talk, "combien pour un temps plein P92 ?", MONTANT, 2)
    assert "38 000 €" in first
    assert second != first
    assert second.startswith(world.phrase("deja_dit"))
    assert "19 000 €" in talk.say("et à mi-temps ?", MONTANT, follows=True)


def test_the_reminder_of_an_amount_has_its_figures(talk):
    """« Je vous l'ai dit plus haut : » is followed by what was said."""
    second = answers(talk, "combien pour un temps plein P92 ?", MONTANT, 2)[1]
    assert "38 000 €" in second


def test_a_point_not_covered_is_not_said_twice_in_the_same_words(talk):
    """The nearest that sources say is given once."""
    first, second = answers(talk, "et la cantine ?", "non_couvert", 2)
    assert first != second


def test_a_button_pressed_twice_is_not_the_same_text(talk, world):
    """It is asked again like any question."""
    question = world.knowledge.fiches["duree_formation"].question
    first, second = answers(talk, question, DUREE, 2)
    assert first != second


def test_another_person_hears_it_all(talk, new_talk):
    """What was given to one conversation was given to no other."""
    first = answers(talk, "c'est long ?", DUREE, 2)[0]
    assert answers(new_talk(), "c'est long ?", DUREE, 1) == [first]


def test_what_was_given_is_kept_within_bounds(talk):
    """A long conversation keeps the marks of its last answers, and no words."""
    answers(talk, "merci", "remercier", GIVEN_KEPT + 5)
    thread = talk.memory.to_slots()["fil"]
    assert len(thread["deja_dit"]) == GIVEN_KEPT
    assert {len(mark) for mark in thread["deja_dit"]} == {8}


def test_the_same_words_typed_again_ask_for_the_same_answer(talk):
    """Somebody who sends the same message twice wants to read it again."""
    talk.same_words = True
    talk.say("bonjour", "saluer")
    assert talk.say("c'est long ?", DUREE) == talk.say("C'est long ??", DUREE)
