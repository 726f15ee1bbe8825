"""A band of the percentiles that is asked about is told to nobody: only the CPAM knows it."""

from __future__ import annotations

import pytest

MONTANT, DROIT, TRANCHES = (
    "demander_montant_aide",
    "demander_conditions_aide",
    "demander_percentiles",
)
ASKED = [
    "Suis-je au P30 ?",
    "je dois être P90 non ?",
    "aéroport = P95 ?",
    "ça me met dans les P90 ?",
    "j'atteins le P30 alors ?",
    "mon percentile serait P95, c'est ça ?",
    "je dois être P90 non",
    "suis je p50 ou p90",
    "est-ce que j'atteins P30 avec mes 2 850 patients ?",
    "à combien de patients on est P90 ?",
]


@pytest.mark.parametrize("label", [MONTANT, DROIT, TRANCHES, ""])
@pytest.mark.parametrize("asked", ASKED)
def test_the_band_asked_about_is_no_band_told(talk, asked, label):
    talk.say("cardiologue secteur 2 OPTAM, file active 2 850, j'ai droit à l'aide ?", DROIT)
    answer = talk.say(asked, label)
    assert "Seule votre CPAM peut le dire" in answer
    assert "775" not in answer
    assert "tranche" not in talk.memory.situation
    right = talk.say("et donc j'y ai droit ?", DROIT)
    assert "atteint P" not in right
    assert "conditions connues sont remplies" not in right


def test_beside_the_conditions_the_band_asked_stays_to_be_checked(talk):
    asked = "Cardiologue libéral, OPTAM, file active 2 850. Suis-je au P30 ?"
    answer = talk.say(asked, DROIT)
    assert answer.startswith("**Seule votre CPAM peut le dire**")
    assert "À vérifier" in answer
    assert "775" not in answer
    assert "atteint P30" not in talk.say("2 850 quand même", "contester")
    table = talk.say("les montants pour 0,5", MONTANT)
    assert "13 000 €" in table
    assert "19 000 €" in table


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("généraliste, 1 140 patients : je suis au P30 ?", "c'est au-dessus du seuil"),
        ("généraliste, 700 patients : je suis au P30 ?", "c'est sous le seuil"),
        ("généraliste, 1 140 patients : je suis au P90 ?", "Seule votre CPAM peut le dire"),
        ("est-ce que je suis au P30 ?", "775 patients"),
    ],
)
def test_only_the_threshold_of_general_practitioners_is_compared(talk, asked, said):
    assert said in talk.say(asked, TRANCHES)


@pytest.mark.parametrize(
    "told",
    ["je suis P92, quel montant ?", "et si je suis P92 ?", "et P93 ?", "P92 ça fait combien ?"],
)
def test_a_band_told_or_supposed_is_computed(talk, told):
    talk.say("généraliste secteur 1, temps plein, 3e année ?", MONTANT)
    assert "26 000 €" in talk.say(told, MONTANT)


def test_a_threshold_somebody_cites_is_not_his_panel(talk):
    talk.say("cardiologue secteur 1, 2 850 patients, j'y ai droit ?", DROIT)
    answer = talk.say("le seuil c'est 775 pour moi ?", "demander_seuil_patientele")
    assert "Pour votre spécialité, le nombre n'est pas dans nos sources" in answer
    assert talk.memory.situation["patients"] == 2850


def test_the_number_of_another_specialty_is_not_that_of_general_practice(talk):
    talk.say("cardiologue secteur 1, j'y ai droit ?", DROIT)
    assert "775" not in talk.say("P30 c'est combien de patients ?", TRANCHES)
