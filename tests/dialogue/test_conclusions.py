"""The conclusion for this person first, then the rule, then what would change it."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.aid_answers import (
    amount_part,
    budget_part,
    contract_year_part,
    eligibility_part,
    everyone_part,
    net_cost_part,
    pay_part,
    second_assistant_part,
)
from assistant_am.dialogue.asked import read_asked
from assistant_am.dialogue.lookup import lookup_part
from assistant_am.rendering.blocks import as_text

GP = {"specialite": "medecine_generale"}
NOTHING = Said({}, {}, None)


def text_of(part) -> str:
    return as_text(part.blocks).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        ({**GP, "patients": 1100}, "1 100 patients : au-dessus du seuil de 775 patients (P30)"),
        ({**GP, "patients": 775}, "775 patients : juste au seuil de 775 patients (P30)"),
        ({**GP, "patients": 700}, "700 patients : il faut au moins 775 patients"),
        (
            {**GP, "patients": 700},
            "Si vous êtes nouvellement installé, ce seuil n'est pas un refus",
        ),
        ({"age_65": True, "patients_avant": 1000, "patients": 880}, "sous le plancher de 900"),
        ({"age_65": True, "patients_avant": 1000, "patients": 880}, "L'objectif n'est pas atteint"),
        ({"age_65": True, "patients_avant": 900, "patients": 830}, "L'objectif est atteint"),
        ({"age_65": True, "patients_avant": 900, "patients": 830}, "le plancher est 810"),
        ({"specialite": "chirurgie", "actes_techniques": 50}, "Pas d'aide"),
        ({"specialite": "chirurgie", "actes_techniques": 50}, "à confirmer par votre CPAM"),
        ({"specialite": "chirurgie", "actes_techniques": 20}, "En principe, pas d'aide"),
        ({"specialite": "chirurgie"}, "En principe, pas d'aide"),
        ({**GP, "mep": True, "patients": 900}, "n'exclut pas de l'aide à un premier AM"),
    ],
)
def test_the_right_to_the_aid_is_concluded(world, situation, expected):
    answer = text_of(eligibility_part(world, situation))
    assert expected in answer
    assert answer.lower().count("seule votre cpam décide") == 1


def test_a_mep_keeps_the_first_assistant(world):
    answer = text_of(second_assistant_part(world, {**GP, "mep": True, "zip": True}))
    assert "L'aide à un premier AM reste possible" in answer


@pytest.mark.parametrize(
    ("gross", "expected"),
    [
        (1950, "1 950 € brut est au-dessus du SMIC"),
        (1950, "dans la fourchette de l'Onisep (1 801 à 2 118 €)"),
        (2500, "au-dessus de la fourchette de l'Assurance Maladie"),
        (1642, "est sous le SMIC"),
        (1642, "ancienne grille de 2019"),
    ],
)
def test_a_pay_is_set_against_the_published_ones(world, gross, expected):
    assert expected in text_of(pay_part(world, gross))


def test_a_half_time_pay_is_set_against_half_the_minimum(world):
    answer = text_of(pay_part(world, 1000, {"quotite": 0.5}))
    assert "au-dessus du SMIC (933,51 € brut à mi-temps" in answer.replace("**", "")
    assert "l'équivalent de 2 000 € à temps plein" in answer


def test_a_cost_told_leaves_what_remains(world):
    """36 000 € in all, 4th year, P50: 36 000 − 22 000."""
    situation = {"annee": [4], "tranche": "p30_p89"}
    assert "Il reste 14 000 € par an" in text_of(net_cost_part(world, situation, 36000))
    text = "36 000 € me coûte tout compris, 4e année P50"
    assert "Il reste 14 000 € par an" in text_of(lookup_part(world, [36000], situation, text))


def test_the_contract_year_is_told_from_its_day(world):
    answer = text_of(contract_year_part(world, {"date_contrat": "2025-03-01"}))
    assert "Vous êtes dans la 2e année de contrat" in answer
    assert "la 3e commence le 1er mars 2027" in answer


def test_without_a_salary_the_budget_is_that_of_the_minimum_wage(world):
    """1 867,02 € in November 2026: 11 788 € a year for a half-time contract."""
    answer = text_of(budget_part(world, {"quotite": 0.5}))
    assert "Environ 11 788 € par an" in answer
    assert "1 867,02 €" in answer
    assert "C'est le SMIC" in answer
    assert "SMIC" not in text_of(budget_part(world, {"quotite": 0.5, "salaire_brut": 2300}))


def test_both_budgets_when_the_post_is_not_told(world):
    answer = text_of(budget_part(world, {"salaire_brut": 2300}))
    assert "33 287 €" in answer
    assert "16 764 €" in answer


def test_each_doctor_has_a_line(world):
    """« Lesquels seraient aidés ? », when nothing of an amount was told."""
    doctors = {
        "Dr Aubin": {**GP, "secteur": "secteur_1", "patients": 1150},
        "Dr Benali": {"specialite": "autre_eligible", "secteur": "secteur_2_hors_optam"},
        "Dr Cros": {"specialite": "autre_eligible", "secteur": "secteur_1"},
    }
    opening, *lines = text_of(everyone_part(world, doctors, {}, False)).split("\n")
    assert opening.startswith("**2 aides au plus pour ces 3 médecins**")
    assert lines[0].startswith("- **Dr Aubin : possible**")
    assert lines[1].startswith("- **Dr Benali : pas droit à l'aide.**")
    assert "OPTAM" in lines[1]
    assert "sous réserve de sa file active" in lines[2]


@pytest.mark.parametrize(
    ("text", "situation", "expected"),
    [
        ("ramené au mois ?", {"quotite": 1.0, "annee": [3], "tranche": "p30_p89"}, "1 833,33 €"),
        ("les deux premières ?", {"quotite": 1.0}, "66 000 €"),
        (
            "combien ai-je déjà touché ?",
            {"quotite": 1.0, "tranche": "p30_p89", "date_contrat": "2023-05-02"},
            "107 000 € au maximum** depuis le début",
        ),
        (
            "et ce qu'il reste à toucher ?",
            {"quotite": 1.0, "tranche": "p30_p89", "date_contrat": "2025-03-01"},
            "66 000 € au maximum** encore à venir",
        ),
        (
            "et en 2027 ?",
            {"quotite": 1.0, "tranche": "p30_p89", "date_contrat": "2025-03-01"},
            "3e année (à partir du 1er mars 2027) : 22 000 €",
        ),
        ("mi-temps la 1re année puis temps plein", {}, "2e année : 28 000 €"),
        ("P50 puis P92 dès la 3e année", {"quotite": 1.0}, "3e année et suivantes : 26 000 €"),
        ("mi-temps puis temps plein la 3e année", {}, "2e année : 14 000 €"),
        ("on passe d'un mi-temps à un temps plein en 2e année", {}, "2e année : 28 000 €"),
        (
            "quel pourcentage du salaire couvre-t-elle ?",
            {"quotite": 1.0, "annee": [3], "tranche": "p30_p89", "salaire_brut": 2055},
            "L'aide couvre au plus 79,18 % du coût",
        ),
    ],
)
def test_the_words_of_a_question_make_the_query(world, text, situation, expected):
    assert expected in text_of(amount_part(world, situation, NOTHING, text))


def test_a_change_of_post_is_computed_with_its_warning(world):
    answer = text_of(amount_part(world, {}, NOTHING, "mi-temps la 1re année puis temps plein"))
    assert "d'après le barème, année par année" in answer
    assert "aucune source" in answer


@pytest.mark.parametrize(
    "text",
    [
        "aide mi-temps 2e année",
        "contrat signé en mars 2025, temps plein",
        "barème d'avant juin 2024",
        "combien est payé un AM par mois ?",
        "temps plein 1re année puis-je ?",
        "combien à mi-temps, puis à temps plein ?",
        "Dr A mi-temps la 1re année puis Dr B temps plein",
    ],
)
def test_ordinary_words_ask_nothing_more(text):
    asked = read_asked(text)
    assert (asked.unit, asked.period, asked.since, asked.changes, asked.shift) == (
        None,
        None,
        None,
        (),
        0,
    )


def test_two_half_times_are_two_contracts(world):
    """« Deux fois 19 000, donc 38 000 »: each doctor has his own."""
    answer = text_of(lookup_part(world, [19000, 38000], {}))
    assert "Deux contrats à mi-temps de deux médecins" in answer
    assert "à confirmer avec la CPAM" in answer
