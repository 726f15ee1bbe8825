"""The budget against the Urssaf's model, and what it refuses to say."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant_am import aid
from assistant_am.aid.budget import monthly_cost

SAMPLE = list(
    csv.DictReader(Path(__file__).with_name("cout_employeur_modele.csv").open(encoding="utf-8"))
)


def budget(params: aid.Parameters, today: date, **fields: Any) -> aid.Budget:
    fields = {"gross_salary": 2055.0, "band": "p30_p89"} | fields
    return aid.budget(aid.Case(**fields), params, today)


@pytest.mark.parametrize("row", SAMPLE, ids=lambda r: f"{r['salaire_brut']} x {r['quotite']}")
def test_between_two_grid_points_the_cost_is_the_models(
    row: dict[str, str], params: aid.Parameters
) -> None:
    """Values of the model itself, computed half-way between grid points."""
    cost = monthly_cost(params.cost, float(row["quotite"]), float(row["salaire_brut"]))
    assert cost == pytest.approx(float(row["cout_mensuel"]), abs=params.cost.interpolation_error)


def test_the_cost_of_the_issue(params: aid.Parameters) -> None:
    """2 055 € gross gives 2 315,35 € a month with modele-social 11.1.0."""
    assert monthly_cost(params.cost, 1, 2055) == pytest.approx(2315.35, abs=0.005)


def test_what_remains_is_cost_minus_maximum(params: aid.Parameters, today: date) -> None:
    year = budget(params, today, fte=1, contract_years=(3,)).years[0]
    assert year.employer_cost == ((1, 27784),)
    assert (year.net[0].net_eur, year.net[0].surplus_eur) == (27784 - 22000, 0)


def test_a_maximum_above_the_cost_leaves_nothing_and_is_said(
    params: aid.Parameters, today: date
) -> None:
    result = budget(params, today, fte=1, contract_years=(1,))
    assert result.years[0].net[0].net_eur == 0
    assert result.years[0].net[0].surplus_eur == 38000 - 27784
    assert "AID_ABOVE_COST" in {warning.code for warning in result.warnings}


def test_two_assistants_are_two_contracts(params: aid.Parameters, today: date) -> None:
    """Never one contract of a double salary, on which the reductions would be lost."""
    cost = {fte: _cost(params, today, fte) for fte in (0.5, 1, 1.5, 2)}
    assert cost[2] == pytest.approx(2 * cost[1], abs=1)
    assert cost[1.5] == pytest.approx(cost[1] + cost[0.5], abs=1)
    assert cost[0.5] > cost[1] / 2  # the health insurance share does not follow the hours


def _cost(params: aid.Parameters, today: date, fte: float) -> int:
    return budget(params, today, fte=fte, contract_years=(3,)).employer_cost[0][1]


def test_a_salary_below_the_minimum_wage_is_refused(params: aid.Parameters, today: date) -> None:
    minimum = params.minimum_wage.at(today)
    assert budget(params, today, gross_salary=minimum).gross_salary == minimum
    with pytest.raises(aid.InvalidInput, match="SMIC"):
        budget(params, today, gross_salary=minimum - 0.01)


@pytest.mark.parametrize("salary", [3000.01, 1e9, None])
def test_a_salary_outside_the_grid_is_refused(
    salary: float | None, params: aid.Parameters, today: date
) -> None:
    with pytest.raises(aid.InvalidInput):
        budget(params, today, gross_salary=salary)


def test_the_highest_salary_is_the_end_of_the_grid(params: aid.Parameters, today: date) -> None:
    assert budget(params, today, gross_salary=3000.0, fte=1).employer_cost


def test_the_grid_begins_at_the_minimum_wage_of_its_day(params: aid.Parameters) -> None:
    minimum = params.minimum_wage.at(params.cost.model_date)
    assert {points[0][0] for points in params.cost.costs.values()} == {minimum}


def test_a_refused_aid_leaves_the_cost_alone(params: aid.Parameters, today: date) -> None:
    result = budget(params, today, fte=1, sector="non_conventionne")
    assert result.years == ()
    assert result.employer_cost == ((1, 27784),)


def test_the_budget_says_what_it_is(params: aid.Parameters, today: date) -> None:
    result = budget(params, today, fte=1)
    assert "11.1.0" in result.model_fr
    assert any("13e mois" in text for text in result.left_out_fr)
    assert {"BUDGET_ESTIMATE", "INTERPOLATION"} <= {w.code for w in result.warnings}
