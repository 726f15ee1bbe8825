"""Until when to be trained: counted from the hiring, whatever other date the message names.
Today is 22 November 2026."""

from __future__ import annotations

import pytest

DELAI = "demander_delai_formation"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "embauchée sept 24 fin des 2 ans donc... septembre 2026 ?",
            "**Oui.** Le délai a pris fin",
        ),
        ("embauchée en septembre 2024, donc septembre 2026 ?", "**Oui.** Le délai a pris fin"),
        ("embauche mars 2025, j'ai jusqu'en mars 2027 ?", "**Oui.** Jusqu'en mars 2027"),
        ("embauche juin 2025, fin du délai juin 2028 c'est ça ?", "**Non.** Jusqu'en juin 2027"),
        ("embauché le 3 mai 2025, jusqu'au 3 mai 2027 ?", "**Oui.** Jusqu'au 3 mai 2027"),
        (
            "2 ans ça me mène en juin 2027 ? j'ai été prise en juin 2025",
            "**Oui.** Jusqu'en juin 2027",
        ),
        (
            "j'ai commencé en tant qu'AM le 2 sept 2025, ma date butoir c'est le 2 sept 2027 ?",
            "**Oui.** Jusqu'au 2 septembre 2027",
        ),
        ("embauché le 3 mai 2025, jusqu'au 13 mai 2027 ?", "**Non.** Jusqu'au 3 mai 2027"),
        ("j'ai jusqu'en octobre 2027 ? embauchée octobre 2025", "**Oui.** Jusqu'en octobre 2027"),
    ],
)
def test_the_end_put_forward_is_confirmed_or_corrected(talk, asked, said):
    answer = talk.say(asked, DELAI)
    assert answer.startswith(said)
    assert "2028," not in answer
    assert "2029" not in answer


@pytest.mark.parametrize(
    "told",
    ["on est en novembre 26 là...", "mais c'est novembre 2026", "on est le 22 novembre 2026"],
)
def test_a_deadline_past_is_said_as_such_when_the_person_sees_it(talk, told):
    answer = talk.say("embauchée en septembre 2024, jusqu'à quand ?", DELAI)
    assert answer.startswith("**Le délai a pris fin en septembre 2026**")
    assert "pas ce qui se passe" in answer
    again = talk.say(told)
    assert again.startswith("**Oui, le délai est dépassé**")
    assert "Aucune sanction n'est écrite" in again


def test_the_month_of_the_deadline_is_not_over_yet(talk):
    answer = talk.say("embauchée en novembre 2024, c'est quand la fin ?", DELAI)
    assert answer.startswith("**Jusqu'en novembre 2026**")
    assert "C'est ce mois-ci" in answer


@pytest.mark.parametrize(
    ("told", "end", "left"),
    [
        ("jsuis am depuis 14 mois, il repousse la formation, c grave ?", "septembre 2027", 10),
        ("ça fait 8 mois que je suis assistante, j'ai encore le temps ?", "mars 2028", 16),
        ("embauchée il y a 20 mois, ça me laisse combien ?", "mars 2027", 4),
        ("je bosse chez mon docteur depuis 1 an et demi, c'est trop tard ?", "mai 2027", 6),
    ],
)
def test_what_is_left_is_counted_from_how_long_ago(talk, told, end, left):
    answer = talk.say(told, DELAI)
    assert f"Jusqu'en {end}" in answer
    assert f"environ **{left} mois**" in answer


def test_whether_what_is_left_is_enough_is_about_the_length(talk):
    talk.say("je suis aide-soignante, AM depuis 14 mois, c'est grave ?", DELAI)
    answer = talk.say("10 mois c short ou pas", DELAI)
    assert "98 heures" in answer


def test_years_lived_elsewhere_count_for_no_hiring(talk):
    answer = talk.say("je suis caissière depuis 20 ans, quel délai pour le CQP ?", DELAI)
    assert "pris fin" not in answer


def test_the_beginning_of_the_training_is_no_hiring(talk):
    answer = talk.say("j'ai commencé ma formation en mars 2026, j'ai jusqu'à quand ?", DELAI)
    assert "pour une embauche" not in answer


def test_a_day_told_stays_a_day(talk):
    talk.say("j'ai commencé en tant qu'AM le 2 sept 2025, ça va jusqu'à quand ?", DELAI)
    assert talk.memory.situation["date_contrat"] == "2025-09-02"
