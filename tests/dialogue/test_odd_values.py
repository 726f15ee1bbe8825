"""Values that cannot be taken as they are said."""

from __future__ import annotations

import pytest

MONTANT, CONDITIONS = "demander_montant_aide", "demander_conditions_aide"


def test_a_day_that_does_not_exist_is_said(talk):
    """The 31st of June: what is wrong, and how to write a date."""
    answer = talk.say("contrat signé le 31/06/2024, mi-temps, combien ?", MONTANT)
    assert "31/06/2024" in answer and "n'existe pas" in answer


@pytest.mark.parametrize(
    ("text", "count"),
    [("entre 800 et 900 patients", 800), ("entre 500 et 600 patients", 600)],
)
def test_a_range_on_one_side_of_the_threshold_counts(talk, text, count):
    talk.say(f"généraliste, {text}, j'ai droit à l'aide ?", CONDITIONS)
    assert talk.memory.situation["patients"] == count


def test_a_range_across_the_threshold_is_not_taken(talk):
    talk.say("généraliste, entre 700 et 800 patients, j'ai droit à l'aide ?", CONDITIONS)
    assert "patients" not in talk.memory.situation


def test_a_month_that_settles_the_scale_is_enough(talk):
    """Signed in March 2023: the third year begins in March 2025."""
    answer = talk.say("signé en mars 2023, temps plein P50, 3e année ?", MONTANT)
    assert "22 000 €" in answer


def test_a_month_that_settles_nothing_asks_the_day(talk):
    """June 2024: both scales are possible."""
    assert "jour" in talk.say("signé en juin 2024, temps plein P50, 1re année ?", MONTANT)


def test_a_value_that_is_asked_is_not_kept(talk):
    """« chui p95 ? » says nothing of the person."""
    talk.say("aide temps plein P60 en 3e année ?", MONTANT)
    talk.say("chui p95 ?", "demander_percentiles", follows=True)
    assert talk.memory.situation["tranche"] == "p30_p89"


@pytest.mark.parametrize("where", ["au Maroc", "au Liban, non reconnu ici"])
def test_a_diploma_from_abroad_is_no_french_one(talk, where):
    """The diploma of a carer got elsewhere does not open the FAE by itself."""
    answer = talk.say(f"j'étais aide-soignante {where}, j'entre comment ?", "demander_acces_metier")
    assert "étranger" in answer
