"""What the person said earlier is used: a length to add up, a panel that changes."""

from __future__ import annotations

import pytest

MONTANT = "demander_montant_aide"


@pytest.mark.parametrize(
    ("asked", "sums"),
    [
        ("Trois ans à temps complet me vaudraient ?", ("88 000 €", "92 000 €", "114 000 €")),
        ("et 5 ans à mi-temps ?", ("66 000 €", "72 000 €", "95 000 €")),
        ("deux ans de mi-temps me rapporteraient combien ?", ("33 000 €", "38 000 €")),
        ("4 années à 1 ETP, combien ?", ("110 000 €",)),
        ("trois ans en temps plein ça ferait ?", ("88 000 €",)),
    ],
)
def test_years_of_a_post_are_added_up(talk, asked, sums):
    talk.say("généraliste secteur 1, 1450 patients, j'y ai droit ?", "demander_conditions_aide")
    answer = talk.say(asked, MONTANT)
    assert answer.startswith(f"**{sums[0]} au maximum** sur")
    assert all(each in answer for each in sums)
    assert "Sous réserve" not in answer


def test_years_worked_are_no_contract(talk):
    answer = talk.say("j'ai travaillé 3 ans à temps plein, l'aide c'est combien ?", MONTANT)
    assert "sur 3 ans" not in answer


@pytest.mark.parametrize("intent", [MONTANT, "demander_modulation", "demander_conditions_aide"])
@pytest.mark.parametrize(
    "asked",
    [
        "elle a 1 200 patients, ça change ?",
        "si j'ai 1 200 patients, c'est pareil ?",
        "avec 1 200 patients ça fait une différence ?",
        "et 1 200 patients, même montant ?",
        "je passe à 1 200 patients, ça joue ?",
    ],
)
def test_another_panel_above_the_threshold_changes_nothing_known(talk, asked, intent):
    talk.say("mes 1 020 patients, secteur 1, généraliste, combien ?", MONTANT)
    answer = talk.say(asked, intent)
    assert answer.startswith("**Non, pas par lui-même** : 1 020 ou 1 200 patients")


def test_a_panel_that_falls_below_is_not_told_unchanged(talk):
    talk.say("mes 1 020 patients, secteur 1, généraliste, combien ?", MONTANT)
    assert "pas par lui-même" not in talk.say("et 700 patients, ça change ?", MONTANT)
    talk.say("et 1 100 patients ?", MONTANT)
    assert "pas par lui-même" not in talk.say("cardiologue, 1 200 patients, ça change ?", MONTANT)


@pytest.mark.parametrize("told", ["le bac je l'ai pas", "j'ai raté mon bac", "j'ai pas le bac"])
def test_without_the_bac_the_training_comes_after_the_level(talk, told):
    talk.say(told, "demander_acces_metier")
    answer = talk.say("combien de temps ça prendrait en tout ?", "demander_duree_formation")
    assert answer.startswith("**Sans le bac, il faut d'abord un titre de niveau 4**")
    assert "279 heures" in answer


@pytest.mark.parametrize(
    "told",
    [
        "zut j'avais tout additionné dans mon ppt",
        "j'ai cumulé les deux dans mon fichier",
        "mince on avait additionné les deux",
    ],
)
def test_a_sum_somebody_made_is_not_asked_for(talk, told):
    talk.say("généraliste secteur 1, combien à mi-temps ?", MONTANT)
    assert "€" not in talk.say(told)


@pytest.mark.parametrize(
    "told",
    [
        "trente ans bénévole ça fait bien mille six cents heures",
        "ça fait largement 2000 heures tout ça",
        "j'en ai 1800 heures au moins",
    ],
)
def test_hours_of_ones_own_are_no_figure_of_a_source(talk, told):
    answer = talk.say(told, "demander_vae")
    assert "dans aucune de nos sources" not in answer
    assert "1 607 heures" in answer


@pytest.mark.parametrize(
    "told",
    [
        "Je pars à 62 ans.",
        "il prend sa retraite à 66 ans",
        "je compte raccrocher à 64 ans",
        "je m'arrête à 67 ans",
        "elle cesse à 65 ans",
    ],
)
def test_the_age_of_a_departure_is_not_the_doctors_age(talk, told):
    talk.say("généraliste secteur 1, 1 140 patients, quel engagement ?", "demander_engagements")
    answer = talk.say(told, "demander_medecin_65")
    assert "quand le médecin part" in answer
    assert "age_65" not in talk.memory.situation


def test_the_age_of_the_objective_is_still_answered(talk):
    answer = talk.say("à 65 ans mon objectif change ?", "demander_medecin_65")
    assert "maintenir" in answer
