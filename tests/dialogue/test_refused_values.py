"""A value refused by the rules leaves the conversation able to go on."""

from __future__ import annotations

import pytest

from tests.facts import CQP_DURATION

MONTANT = "demander_montant_aide"


@pytest.mark.parametrize("bad", ["temps plein avec -3 patients", "temps plein sur 40 ans"])
def test_nonsense_after_a_refused_value_is_answered(talk, bad):
    """A refused input that has no question of its own is not waited for."""
    talk.say(bad, MONTANT)
    assert talk.say("blorg zip fnord")
    assert CQP_DURATION in talk.say("combien dure le CQP ?", "demander_cqp")


def test_an_impossible_value_said_in_passing_does_not_break_the_summary(talk):
    """« que sais-tu de moi ? » refuses the impossible value, forgets it, and goes on."""
    talk.say("je suis au percentile 150, c'est quoi le CQP ?", "demander_cqp")
    assert "percentile" in talk.say("tu sais quoi de moi", "rappel_situation").lower()
    assert "tranche" not in talk.memory.situation


@pytest.mark.parametrize(
    ("bad", "possible"),
    [
        ("0 ETP", "Mi-temps"),
        ("3 ETP", "Temps plein"),
        ("un tiers temps", "Mi-temps"),
        ("0e année", "1re année"),
        ("99e année", "3e année ou plus"),
        ("sur 11 ans", "Sur 10 ans"),
        ("P101", "P30 à P89"),
        ("-775 patients", "P30 à P89"),
        ("contrat de 2022", "Ancien barème"),
        ("signé en juin 2024", "Nouveau barème"),
        ("signé le 31/06/2024", "Nouveau barème"),
        ("signé le 1er mars 2099", "Nouveau barème"),
    ],
)
def test_what_is_possible_is_offered_beside_what_is_not(talk, bad, possible):
    """In words, and without a word of the program; one of the choices then gives an answer."""
    answer = talk.say(f"quelle aide, {bad} ?", MONTANT)
    assert "(et non" not in answer and "donnez un nombre entier" not in answer
    assert possible in talk.buttons
    said = next(button.say for button in talk.reply.buttons() if button.title == possible)
    assert "€" in talk.say(said, MONTANT)


def test_what_changes_nothing_is_no_answer_to_our_question(talk):
    """« et celle d'avant ? » while a question waits: it is put again."""
    talk.say("estimer mon aide", "demander_estimer_aide")
    assert "Je n'ai pas compris votre réponse" in talk.say("et celle d'avant ?")
    assert "Mi-temps" in talk.buttons


@pytest.mark.parametrize("before", ["médecin généraliste", "mi-temps"])
@pytest.mark.parametrize(
    "said",
    ["1 100", "775", "2024", "2500", "1", "2", "1 €", "le 1er", "un", "contrat signé en 2021"],
)
def test_any_number_while_our_question_waits(talk, said, before):
    """As under attack: a digit, a count of patients, a year in the guided estimate."""
    talk.say("estimer mon aide", "demander_estimer_aide")
    talk.say(before)
    answer = talk.say(said)
    assert "(et non" not in answer
    assert talk.buttons
    assert not any(isinstance(talk.memory.situation.get(key), str) for key in ("quotite", "annee"))


def test_a_number_of_patients_where_a_percentile_is_asked_is_said(talk):
    """« 1 100 » is no percentile: taken for patients, and said."""
    talk.say("estimer mon aide", "demander_estimer_aide")
    for answer in ("mi-temps", "secteur 1", "médecin généraliste"):
        talk.say(answer)
    assert "1 100 patients" in talk.say("1 100")
    assert talk.memory.situation["patients"] == 1100
