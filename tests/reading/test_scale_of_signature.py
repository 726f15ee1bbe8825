"""A month or a year of signature, and the scale that it settles or leaves open."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant_am import aid
from assistant_am.dialogue.contract_year import ask_the_day, day_in_the_month, scale_of_signature

WORLD = SimpleNamespace(parameters=aid.load(Path(__file__).resolve().parents[2] / "knowledge"))


@pytest.mark.parametrize(
    ("years", "signed", "scale"),
    [
        ([1], {"mois_contrat": "2024-05"}, "ancien"),
        ([1], {"mois_contrat": "2024-06"}, "?"),
        ([1], {"mois_contrat": "2024-07"}, "nouveau"),
        ([2], {"mois_contrat": "2024-06"}, "nouveau"),
        ([2], {"mois_contrat": "2023-06"}, "?"),
        ([1], {"mois_contrat": "2023-06"}, "ancien"),
        ([3], {"mois_contrat": "2023-03"}, "nouveau"),
        ([1], {"annee_contrat": 2022}, "ancien"),
        ([1], {"annee_contrat": 2024}, "?"),
        ([2], {"annee_contrat": 2023}, "?"),
        ([2], {"annee_contrat": 2024}, "nouveau"),
        (None, {"annee_contrat": 2025}, "nouveau"),
        (None, {"annee_contrat": 2023}, "?"),
        ([1], {}, None),
    ],
)
def test_the_scale_that_a_signature_settles(years, signed, scale):
    """Each contract year follows the scale in force at its anniversary."""
    situation = {"annee": years} if years else {}
    assert scale_of_signature(WORLD, situation, signed) == scale


@pytest.mark.parametrize(
    ("years", "month", "day"),
    [
        ([1, 2, 3], "2023-03", datetime.date(2023, 3, 1)),
        (None, "2023-03", datetime.date(2023, 3, 1)),
        ([1], "2024-06", None),
        (None, "2022-06", None),
        ([1, 2], "2022-06", datetime.date(2022, 6, 1)),
    ],
)
def test_a_month_stands_for_its_days_when_none_of_them_matters(years, month, day):
    """Only a month of June of which an anniversary falls in June 2024 needs its day."""
    situation = {"annee": years} if years else {}
    assert day_in_the_month(WORLD, situation, month) == day


def test_the_day_is_asked_of_a_month_or_of_a_year():
    """The question names what was said and asks what is missing."""
    assert "contrat de juin\u00a02024" in ask_the_day("2024-06")[0].text
    assert "Donnez le jour de" in ask_the_day("2024-06")[0].text
    assert "contrat de 2024" in ask_the_day(2024)[0].text
