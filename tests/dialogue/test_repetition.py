"""Never the same text twice in a conversation."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.memory import GIVEN_KEPT
from assistant_am.meaning import Meaning, Request
from tests.facts import CQP_HOURS

DUREE = "demander_duree_formation"
MONTANT = "demander_montant_aide"


def answers(talk, text: str, intent: str, times: int) -> list[str]:
    talk.say("bonjour", "saluer")
    return [talk.say(text, intent, follows=False) for _ in range(times)]


def test_the_second_time_is_the_point_alone(talk):
    """The sentence that answers, as such: no reproach before it."""
    first, second = answers(talk, "c'est long ?", DUREE, 2)
    assert first.startswith("Pour qui n'est pas soignant")
    assert second.startswith("Pour qui n'est pas soignant")
    assert CQP_HOURS in second
    assert "\n" not in second
    assert len(second) < len(first)


def test_what_the_fiche_has_for_this_question_comes_in_its_place(talk):
    """A line of its own that bears on the question, with its source, and nothing before it."""
    talk.say("c'est long ?", DUREE, follows=False)
    line, source = talk.say("et avec des allègements ?", DUREE, follows=False).split("\n")
    assert "allègement" in line
    assert source.startswith("Source")


def test_what_stands_in_the_rest_of_the_answer_is_given_again(talk, world):
    """« Rien de plus » would be false: the sentence after the first one answers."""
    talk.say("c'est quoi la FAE ?", "demander_fae", follows=False)
    answer = talk.say("elle porte sur quoi ?", "demander_fae")
    assert "gestion administrative" in answer
    assert world.phrase("rien_de_plus") not in answer


def test_a_question_the_fiche_has_nothing_for_is_told_so(talk, world):
    """That sources say nothing of it, once."""
    talk.say("il y a un uniforme ?", "demander_tenue_travail", follows=False)
    answer = talk.say("les moufles, ça va ?", "demander_tenue_travail", follows=False)
    point = answer.split("\n")[0]
    assert "Nos sources ne disent rien de la tenue" in point
    assert world.phrase("rien_de_plus") not in answer


def test_another_reading_nobody_has_answered_comes_before_a_repetition(talk):
    """« Faut que je reparte à l'école ? » after who may do it: how one learns it."""
    talk.say("qui peut le faire ?", "demander_acces_metier", follows=False)
    ranking = (("acces_metier", 0.62), ("alternance", 0.25))
    request = Request("acces_metier", 0.62, "sur", ranking)
    answer = talk.hear(Meaning("faut que je reparte à l'école ?", (request,)))
    assert talk.memory.subject == "alternance"
    assert "alternance" in answer


def test_a_sentence_that_leans_on_another_is_not_given_alone(talk):
    """« Elle… » says nothing without the sentence before it."""
    talk.say("c'est quoi la file active ?", "demander_seuil_patientele", follows=False)
    again = talk.say("et la file active alors ?", "demander_seuil_patientele", follows=False)
    assert not again.startswith(("Elle", "Il ", "Ce "))


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


def test_a_computed_amount_is_not_given_twice(talk):
    """The same case again is told as such; another case is computed."""
    first, second = answers(talk, "combien pour un temps plein P92 ?", MONTANT, 2)
    assert "38 000 €" in first
    assert second != first
    assert "19 000 €" in talk.say("et à mi-temps ?", MONTANT, follows=True)


def test_the_year_after_is_what_is_new_of_an_amount(talk):
    """« Puis ? » asks for no repetition."""
    talk.say("mi-temps, 1re année, P60 ?", MONTANT)
    assert "14 000 €" in talk.say("puis ?", MONTANT)
    assert "11 000 €" in talk.say("et après ?", MONTANT)


def test_the_reminder_of_an_amount_has_its_figures(talk):
    """What stood around them is left out."""
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


def test_the_rest_of_a_fiche_comes_before_a_denial(talk, world):
    """Row by row of its details, with their source; then only, that sources say no more."""
    told = answers(talk, "c'est payé combien ?", "demander_salaire_debutant", 2)
    more = [
        talk.say(text, "demander_salaire_debutant", follows=False)
        for text in ("et à mon âge", "hein", "ah bon", "tiens", "et là", "bah", "zou", "oh")
    ]
    no_more = [world.phrase("rien_de_plus") in each for each in more]
    assert not any(no_more[:2])
    assert any(no_more)
    assert no_more == sorted(no_more)
    assert "Source" in more[1]
    assert len({*told, *more[:2]}) == 4


@pytest.mark.parametrize("text", ["combien", "donc 1770 quoi", "j'suis à 1980 là"])
def test_a_pay_said_in_short_keeps_its_legal_floor(talk, text):
    """The bottom of a range is under the SMIC: bare, it would be false."""
    talk.say("c'est payé combien ?", "demander_salaire_debutant", follows=False)
    answer = talk.say(text, "demander_salaire_debutant", follows=False)
    assert "1 770" not in answer or "SMIC" in answer


@pytest.mark.parametrize(
    ("intent", "text", "says"),
    [
        ("demander_acces_metier", "donc elle m'embauche et c'est bon ?", "2 ans après l'embauche"),
        ("demander_cout_patient", "Donc avec mes cotisations.", "aucun tarif"),
        ("demander_temps_travail", "en gros 2 médecins", "mi-temps"),
        ("demander_prerequis", "si je comprends bien il faut ça", "niveau 4"),
    ],
)
def test_what_is_said_back_is_not_denied(talk, world, intent, text, says):
    """« Donc… »: the sentence it bears on, and not that sources are silent."""
    talk.say("et alors ?", intent, follows=False)
    answer = talk.say(text, intent, follows=False)
    assert says in answer
    assert world.phrase("rien_de_plus") not in answer
