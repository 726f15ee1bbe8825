"""A question that may be two: both are answered when they are about as likely."""

from __future__ import annotations

import re

from assistant_am.dialogue.memory import Memory
from assistant_am.meaning import Meaning, Request

BOTH = (("duree_formation", 0.4), ("fae", 0.35))


def heading(world, subject):
    return f"{world.knowledge.fiches[subject].label.removesuffix('?').rstrip()} :"


def ask(talk, ranking, text="c'est combien d'heures leur truc"):
    label, probability = ranking[0]
    return talk.hear(Meaning(text, (Request(label, probability, "sur", ranking),)))


def test_the_first_is_answered_then_the_point_of_the_second_under_its_name(talk, world):
    """One sentence of it, its button for the rest; the sources of both on one line, at the end;
    what follows is about the first."""
    answer = ask(talk, BOTH)
    assert heading(world, "duree_formation") not in answer
    line = next(line for line in answer.split("\n") if line.startswith(heading(world, "fae")))
    assert not re.search(r"[.!?] [A-ZÉ]", line)
    assert talk.reply.suggestions[0] == world.buttons(["fae"])[0]
    assert answer.count("Sources") == 1
    assert talk.memory.subject == "duree_formation"
    assert (talk.response.subjects, talk.response.beside) == (("duree_formation",), ("fae",))
    assert set(talk.memory.subjects) == {"duree_formation", "fae"}


def test_a_reading_that_is_far_behind_is_offered(talk, world):
    answer = ask(talk, (("duree_formation", 0.45), ("fae", 0.22)))
    assert heading(world, "fae") not in answer
    assert talk.reply.suggestions[0] == world.buttons(["fae"])[0]


def test_a_sure_reading_stands_alone(talk, world):
    answer = ask(talk, (("duree_formation", 0.7), ("fae", 0.25)))
    assert heading(world, "fae") not in answer


def test_what_was_said_already_is_not_said_again(talk, world):
    """The second reading was the last answer: a button is enough."""
    talk.say("c'est combien d'heures", "demander_fae")
    answer = ask(talk, BOTH)
    assert heading(world, "fae") not in answer


def test_two_answers_alike_are_not_both_given(talk, world):
    talk.memory = Memory(situation={"profil": "sans_bac"})
    answer = ask(talk, (("acces_metier", 0.5), ("prerequis", 0.45)), "je peux devenir AM ?")
    assert heading(world, "prerequis") not in answer


def test_nothing_is_computed_for_a_second_reading(talk, world):
    """An amount needs inputs and years: it is offered."""
    answer = ask(talk, (("percentiles", 0.4), ("montant_aide", 0.38)), "ca fait quoi P70")
    assert heading(world, "montant_aide") not in answer
    assert world.buttons(["montant_aide"])[0] in talk.reply.suggestions
