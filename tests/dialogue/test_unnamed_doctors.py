"""Doctors described by their specialty, that nobody names."""

from __future__ import annotations

import pytest

TWO = "un anesthésiste avec 900 patients et une gynécologue avec 1 200 patients"


def test_each_specialty_has_a_line(talk):
    answer = talk.say(f"Deux spécialistes nous interrogent : {TWO}.")
    assert "L'anesthésiste : pas droit à l'aide" in answer
    assert "La gynécologue : possible" in answer


def test_what_becomes_of_each_is_said_again(talk):
    talk.say(f"Deux spécialistes nous interrogent : {TWO}.")
    answer = talk.say("Résumez le sort de chacun.")
    assert "L'anesthésiste : pas droit à l'aide" in answer
    assert "La gynécologue : possible" in answer


def test_a_specialty_alone_is_no_doctor_of_ours(talk):
    """« un cardiologue ou un dermatologue » asks about specialties."""
    talk.say("un cardiologue ou un dermatologue y a droit ?", "demander_conditions_aide")
    assert talk.memory.doctors == {}


def test_named_doctors_without_amounts_are_told_who_is_aided(talk):
    answer = talk.say(
        "Chez nous : docteure Aubin, généraliste secteur 1, 1 150 patients ; docteur Benali, "
        "dermatologue secteur 2 non OPTAM ; docteur Cros, rhumatologue secteur 1. "
        "Lesquels seraient aidés ?",
        "demander_conditions_aide",
    )
    assert "Dr Aubin : possible" in answer
    assert "Dr Benali : pas droit à l'aide" in answer
    assert "Dr Cros : possible" in answer


@pytest.mark.parametrize(
    ("told", "refused", "possible"),
    [
        (
            "un anesthésiste secteur 1 et une gynécologue secteur 2 OPTAM-CO",
            "L'anesthésiste",
            "La gynécologue",
        ),
        (
            "un cardiologue secteur 1 et une ORL secteur 2 sans OPTAM, qui a droit ?",
            "L'ORL",
            "Le cardiologue",
        ),
        ("un radiologue et une pédiatre : lequel y a droit ?", "Le radiologue", "La pédiatre"),
        ("une généraliste secteur 1 et un stomatologue secteur 1", "Le stomato", "La généraliste"),
    ],
)
def test_the_sector_of_each_is_heard(talk, told, refused, possible):
    talk.say(told, "demander_specialites_exclues")
    answer = talk.say("résumez le sort de chacun", "demander_conditions_aide")
    assert f"{possible} : possible" in answer
    assert "pas droit à l'aide" in next(x for x in answer.split("\n") if refused in x)
