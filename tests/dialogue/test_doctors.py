"""Several doctors in one conversation."""

from __future__ import annotations

import pytest

MONTANT = "demander_montant_aide"
TWO = "Dr A, P92, mi-temps ; Dr B, P60, temps plein"


def test_each_doctor_has_a_row_and_the_sum_comes_first(talk):
    """19 000 + 38 000 in the first year, 13 000 + 22 000 from the third."""
    answer = talk.say(TWO)
    assert answer.startswith("**57 000 € par an au maximum** en tout, en 1re année")
    assert "Dr A (mi-temps, P90 à P94) : 1re année 19 000 €" in answer
    assert "3e année et suivantes 35 000 €" in answer


@pytest.mark.parametrize(
    "text",
    [
        "P92 mi-temps pour le Dr A, P60 temps plein pour le Dr B",
        "dr a : p92 mi temps, dr b : p60 temps plein",
        "DR A P92 MI-TEMPS DR B P60 TEMPS PLEIN",
        "le Docteur Martin est P92 à mi-temps et le docteur Petit P60 temps plein",
        "médecin 1 : P92 mi-temps, médecin 2 : P60 temps plein",
        "le premier médecin est à P92 à mi-temps, le second médecin à P60 temps plein",
        "je suis P92 à mi-temps et mon associé P60 temps plein, et en tout ?",
    ],
)
def test_however_they_are_named(talk, text):
    """Before or after what is said of them, by name, number, rank or relation."""
    assert "57 000 €" in talk.say(text, MONTANT)


def test_one_of_them_again(talk):
    """« et pour le Dr A ? » answers with his situation, and says whose it is."""
    talk.say(TWO)
    answer = talk.say("et pour le Dr A ?")
    assert answer.startswith("Dr A : ")
    assert "13 000 €" in answer and "22 000 €" not in answer


def test_a_follow_up_stays_with_the_doctor_at_hand(talk):
    """The year asked of the one follows to the other; his situation does not."""
    talk.say(TWO)
    talk.say("et pour le Dr A ?")
    assert "14 000 €" in talk.say("et la 2e année ?")
    assert "28 000 €" in talk.say("et le Dr B ?")


@pytest.mark.parametrize(
    "text", ["au total pour la maison de santé ?", "et en tout ?", "et les deux ensemble ?"]
)
def test_the_sum_again(talk, text):
    """After a question about one, the sum of all."""
    talk.say(TWO)
    talk.say("et pour le Dr A ?")
    assert "57 000 €" in talk.say(text)


def test_a_correction_in_the_table_shows_the_table_again(talk):
    """P95 instead of P60 from the second year on: 14 000 + 38 000."""
    talk.say(TWO)
    answer = talk.say("non, le Dr B est à P95")
    assert "2e année 52 000 €" in answer


def test_each_in_his_own_contract_year(talk):
    """13 000 in a third year and 38 000 in a first one."""
    answer = talk.say("Dr A 3e année P92 mi-temps, Dr B 1re année P60 temps plein, en tout ?")
    assert answer.startswith("**51 000 € par an au maximum**")
    assert "3e année) : 13 000 €" in answer


def test_over_five_years(talk):
    """66 000 + 6 000 of the larger panel, and 132 000; what was just answered is not offered."""
    talk.say(TWO)
    assert talk.say("et au total sur 5 ans ?").startswith("**204 000 € au maximum sur 5 ans**")
    assert "Sur 5 ans" not in talk.buttons
    assert "57 000 €" in talk.say("et en 1re année ?")


def test_one_without_the_aid_is_named_and_left_out(talk):
    """Below P30 there is no aid: the sum says without whom."""
    answer = talk.say("Dr A P92 mi-temps, Dr B sous P30 mi-temps", MONTANT)
    assert "(hors le Dr B)" in answer
    assert "Dr B : pas d'aide" in answer


def test_an_impossible_value_of_one_is_asked_again(talk):
    """P150 of the first doctor: refused, corrected, and both are answered."""
    assert "0 à 100" in talk.say("Dr A, P150, mi-temps ; Dr B, P60, temps plein")
    assert "57 000 €" in talk.say("P91")


def test_the_right_to_the_aid_of_each(talk):
    """« le Dr C est-il éligible ? », then « et le Dr A ? »."""
    talk.say("Dr A P92 mi-temps, Dr C sous P30", MONTANT)
    answer = talk.say("le dr c est éligible ?", "demander_conditions_aide")
    assert answer.startswith("Dr C : **non, pas d'aide")
    assert talk.say("et le dr a ?").startswith("Dr A : **éligible a priori**")


def test_what_is_known_of_each_is_read_back(talk):
    """The summary names every doctor."""
    talk.say(TWO)
    answer = talk.say("que sais-tu ?", "rappel_situation")
    assert "pour Dr B" in answer
    assert "Dr A : 0,5 ETP, P90 à P94" in answer


def test_an_associate_who_is_no_situation(talk):
    """« mon associé est d'accord » tells nothing of the aid: no second doctor appears."""
    talk.say("mon associé est-il tenu au secret ?", "demander_secret_medical")
    assert talk.memory.doctors == {}


def test_more_doctors_than_can_be_kept(talk):
    """The first twenty are kept: a message cannot make a conversation heavy."""
    names = [f"Dr Nom{chr(97 + i // 5)}{'abcde'[i % 5]} P92" for i in range(30)]
    for name in names:
        talk.say(name, MONTANT)
    assert len(talk.memory.doctors) <= 21


def test_start_over_forgets_them(talk):
    """« recommencer » leaves no doctor."""
    talk.say(TWO)
    talk.say("recommencer", "recommencer")
    assert talk.memory.doctors == {} and talk.memory.doctor is None


def test_a_question_about_one_is_not_taken_for_a_correction_of_the_table(talk):
    """« le Dr B est-il éligible s'il est en secteur 2 ? » is about his right to the aid."""
    talk.say(TWO)
    answer = talk.say("le Dr B est-il éligible s'il est en secteur 2 ?", "demander_conditions_aide")
    assert answer.startswith("Dr B : **éligible a priori")


def test_the_pay_of_the_assistant_follows_to_the_other_doctor(talk):
    """The same salary, another share of the aid."""
    talk.say(TWO)
    talk.say("combien coûterait l'AM du Dr B avec un brut de 2200 ?", "demander_budget")
    answer = talk.say("et pour le Dr A ?")
    assert answer.startswith("Dr A : ") and "2 200 €" in answer


def test_one_doctor_s_year_after_the_table(talk):
    """« et la 2e année pour le Dr B ? » is about him, not about all."""
    talk.say(TWO)
    assert talk.say("et la 2e année pour le Dr B ?").startswith("Dr B : **28 000 €")


def test_a_case_estimated_before_is_none_of_the_doctors(talk):
    """The sum of two doctors named at once leaves out what was tried for nobody in particular."""
    talk.say("mi-temps P92 secteur 1", MONTANT)
    assert talk.say(TWO).startswith("**57 000 €")


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, nous sommes 3 généralistes en MSP : Dr Martin P95 temps plein, "
        "Dr Petit P60 mi-temps, Dr Roux je ne sais pas",
        "secteur 1 : Dr Martin P95 temps plein, Dr Petit P60 mi-temps, et le Dr Roux",
        "P95 temps plein pour le Dr Martin, P60 mi-temps pour le Dr Petit, et le Dr Roux ?",
        "temps plein P95 le Dr Martin, mi-temps P60 le Dr Petit, Dr Roux",
        "P95 pour le Dr Martin temps plein, P60 pour le Dr Petit mi-temps, Dr Roux",
        "Dr Martin temps plein P95, P60 mi-temps pour le Dr Petit, Dr Roux",
    ],
)
def test_what_is_said_of_each_stays_with_each(talk, text):
    """Words before the first name, a last one of whom nothing is known, names behind values."""
    answer = talk.say(text, MONTANT)
    assert "Dr Martin (temps plein, P95 et plus) : 1re année 38 000 €" in answer
    assert "Dr Petit (mi-temps, P30 à P89) : 1re année 19 000 €" in answer
    assert "Dr Roux : 1re année 19 000 € à 38 000 €" in answer


def test_what_is_said_of_all_of_them(talk):
    """« Tous les deux à mi-temps » is said of both."""
    answer = talk.say("Dr A P92, Dr B P60, tous les deux à mi-temps", MONTANT)
    assert "Dr A (mi-temps, P90 à P94)" in answer and "Dr B (mi-temps, P30 à P89)" in answer


def test_him_is_the_doctor_last_named(talk):
    """After the table of all, « et pour lui sur 5 ans ? » is about the one just corrected."""
    talk.say(TWO)
    talk.say("non, le Dr A est à temps plein")
    answer = talk.say("et pour lui sur 5 ans ?", MONTANT)
    assert answer.startswith("Dr A : ") and "Dr B" not in answer


def test_a_correction_keeps_the_years_asked(talk):
    """After « sur 5 ans », « et si le Dr A passe à temps plein ? » is over five years too."""
    talk.say(TWO)
    talk.say("et au total sur 5 ans ?")
    answer = talk.say("et si le Dr A passe à temps plein ?", MONTANT)
    assert "sur 5 ans" in answer and "2e année" not in answer
    assert talk.say("et lui en 3e année ?", MONTANT).startswith("Dr A : ")


def test_names_without_capitals(talk):
    """« dr martin …, dr durand …, dr leroy secteur 2 sans optam »: the third has no right to it."""
    answer = talk.say(
        "dr martin temps plein P50, dr durand mi temps P96, "
        "dr leroy temps plein secteur 2 sans optam",
        MONTANT,
    )
    assert "Dr Martin (temps plein, P30 à P89) : 1re année 38 000 €" in answer
    assert "Dr Durand (mi-temps, P95 et plus) : 1re année 19 000 €" in answer
    assert "57 000 €" in answer and "Leroy" in answer
    assert talk.say("et pour le dr durand ?").startswith("Dr Durand : ")


def test_this_year_for_each_in_his_own_contract(talk):
    """Signed in 2023 and 2025, asked in November 2026: fourth and second years."""
    talk.say(
        "Dr A, P92, temps plein, contrat du 2 septembre 2023 ; Dr B, P60, mi-temps, contrat du "
        "10 janvier 2025"
    )
    answer = talk.say("et au total cette année ?", MONTANT)
    assert "40 000 €" in answer and "26 000 €" in answer and "14 000 €" in answer
