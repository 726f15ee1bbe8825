"""Differences that somebody cites, sums that are missing, figures that are no euros."""

from __future__ import annotations

import pytest

MONTANT, UPKEEP = "demander_montant_aide", "demander_medecin_65"


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (
            "temps plein, P92, 3e année",
            "12 000 d'écart avec P95 à partir de la 3e",
            ("38 000 €", "26 000 €"),
        ),
        ("temps plein, P92, 3e année", "elle perd 4 000 à un point près", ("26 000 €", "22 000 €")),
        (
            "contrat signé le 1er mars 2023, temps plein, P60, 3e année",
            "donc 1 000 € d'écart pour six mois",
            ("22 000 €", "21 000 €"),
        ),
        (
            "mi-temps, P60",
            "8 000 de moins la 3e année que la 1re, c'est l'écart ?",
            ("19 000 €", "11 000 €"),
        ),
    ],
)
def test_a_difference_is_between_two_amounts(talk, before, text, expected):
    """Not « in no scale », and no pay."""
    talk.say(before, MONTANT)
    answer = talk.say(text, MONTANT)
    assert "c'est l'écart entre" in answer and "SMIC" not in answer
    assert all(amount in answer for amount in expected)


def test_what_was_received_is_short_of_the_maximum(talk):
    """14 000 − 13 500, for a half-time contract of September 2023 in its second year."""
    talk.say("contrat du 14 septembre 2023, mi-temps, 2e année", MONTANT)
    assert talk.say("Je n'ai reçu que 13 500.", MONTANT).startswith("**Il manque 500 €**")


def test_less_than_the_maximum_may_be_the_modulation(talk):
    """From the third year on no reduced amount is computed, nor called an error."""
    talk.say("mi-temps, P50, 4e année", MONTANT)
    answer = talk.say("j'ai touché 9 000 au lieu de 11 000", MONTANT)
    assert "2 000 € de moins que le maximum" in answer and "modulée" in answer


@pytest.mark.parametrize("now", [890, 899])
def test_the_floor_is_that_of_the_panel_at_signature(talk, now):
    """1 000 when signed, 905 since: 900 is the floor, whatever number was named last."""
    talk.say("J'AI 66 ANS, 1 000 PATIENTS QUAND J'AI SIGNÉ. IL M'EN RESTE 905.", UPKEEP)
    answer = talk.say(f"ET SI JE TOMBE À {now}", UPKEEP)
    assert "L'objectif n'est pas atteint" in answer and "plancher de 900" in answer


def test_the_floor_is_told_before_anything_is_lost(talk):
    """1 740 × 0.9 = 1 566; « dix pour cent » is no panel of 100."""
    talk.say("67 ans, 1 740 patients", UPKEEP)
    assert talk.say("1740 moins dix pour cent, ça fait ?", UPKEEP).startswith(
        "**Le plancher est 1 566 patients**"
    )
    assert "plancher de 1 566" in talk.say("donc 1400 ça passe pas", UPKEEP)


def test_the_panel_known_is_no_pay(talk):
    """« 1 000 au 1er janvier », of 1 000 patients, is not 1 000 € gross."""
    talk.say("66 ans, 1 000 patients à la signature, 905 maintenant", UPKEEP)
    assert "SMIC (" not in talk.say("1 000 au 1er janvier ou à la signature ?", MONTANT)


def test_eighty_per_cent_is_never_computed(talk):
    """Neither as 0.8, nor as the half-time it is likened to; another post is answered again."""
    talk.say("compare mi-temps et temps plein, P92, sur 5 ans", MONTANT)
    for text in ("Et sur 80 % ?", "payée comme 0,5 ou comme rien ?", "et la 2e année ?"):
        answer = talk.say(text, MONTANT)
        assert "Aucun montant n'est publié" in answer and "000 €" not in answer
    assert "14 000 €" in talk.say("bon, mi-temps alors", MONTANT)


def test_a_band_that_changes_during_the_contract(talk):
    """P89 then P90 from year 4: 22 000 → 26 000, and no source settles it."""
    talk.say("compare mi-temps et temps plein, P60", MONTANT)
    answer = talk.say("et si la patientèle passe de P89 à P90 en année 4", MONTANT)
    assert (
        "26 000 €" in answer and "aucune source ne dit" in answer and "de plus par an" not in answer
    )


def test_another_hiring_begins_with_its_first_year(talk):
    """The third year asked before is that of the other contract."""
    talk.say("temps plein, P92, 3e année", MONTANT)
    answer = talk.say("et si j'en prends un à mi-temps seulement", MONTANT)
    assert "1re année : 19 000 €" in answer and "3e année et suivantes : 13 000 €" in answer


def test_the_other_years_after_one(talk):
    """« puis ? » is about what follows, not about the first year again."""
    talk.say("temps plein, année 1", MONTANT)
    assert "28 000 €" in talk.say("puis ?", MONTANT)


def test_somebody_else_s_panel_is_not_kept(talk):
    """« et ses 1 200 patients » of the colleague whose practice is taken over."""
    talk.say("je suis remplaçant, généraliste", "demander_conditions_aide")
    talk.say("et ses 1200 patients", "demander_seuil_patientele")
    talk.say("merci", "remercier")
    assert "patients" not in talk.memory.situation


@pytest.mark.parametrize(
    ("intent", "wrong"),
    [
        ("demander_groupement_employeurs", "votre disposition"),
        ("demander_secret_medical", "votre médecin"),
        ("demander_conseil_choix", "vous confieriez"),
    ],
)
def test_nobody_is_taken_for_an_employer_or_a_patient(talk, intent, wrong):
    """Until somebody has said who he is."""
    assert wrong not in talk.say("c'est comment ?", intent)


def test_a_nurse_to_hire_is_not_the_doctor_who_speaks(talk):
    """« votre diplôme » is not said to a doctor."""
    talk.say("je suis médecin, secteur 1, je veux embaucher une infirmière", "demander_recruter")
    answer = talk.say("quels actes ferait-elle ?", "demander_actes_techniques")
    assert "votre diplôme" not in answer and "vos missions" not in answer
