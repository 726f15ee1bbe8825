"""What remains to pay: employer's cost from the Urssaf's model, minus the maximum of the aid."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from assistant_am.french import format as fr

from .amount import estimate
from .case import Case
from .errors import InvalidInput
from .parameter_model import AmountTable, CostGrid, Parameters
from .phrases import Sayings
from .results import Budget, BudgetYear, NetCost, Notice, YearAmount
from .vocabulary import FRENCH_NAMES

_MONTHS = 12

_LEFT_OUT = ("primes", "anciennete", "formation", "impots")


def budget(case: Case, params: Parameters, today: date) -> Budget:
    """Cost, maximal aid and remainder of each year, in euros per year.

    `case.gross_salary` is for full time: a half-time contract pays half of it, on a grid of its
    own, and 1.5 or 2 ETP are two contracts.

    Raises:
        InvalidInput: no salary, below the minimum wage, or above the grid.
    """
    salary = _salary(case, params, today)
    result = estimate(case, params, today)
    tables = params.one_assistant if case.fte is None else (params.tables[case.fte],)
    costs = {t.fte: _yearly_cost(t, params.cost, salary) for t in params.tables.values()}
    years = tuple(_budget_year(year, costs) for year in result.years)
    grid, said = params.cost, Sayings.on(params, today)
    return Budget(
        gross_salary=salary,
        estimate=result,
        years=years,
        employer_cost=tuple((t.fte, costs[t.fte]) for t in tables),
        model_fr=(f"{grid.model} {grid.model_version}, règles du {fr.long_date(grid.model_date)}"),
        interpolation_error_eur=grid.interpolation_error,
        left_out_fr=tuple(said.say(f"budget_non_compris_{each}") for each in _LEFT_OUT),
        warnings=_warnings(years, grid, said),
        source=grid.reference.source,
    )


def cost_of(case: Case, params: Parameters, today: date) -> int:
    """Employer's cost in euros a year of the posts of a case, by the gross salary told.

    Raises:
        InvalidInput: as for `budget`.
    """
    table = params.full_time if case.fte is None else params.tables[case.fte]
    return _yearly_cost(table, params.cost, _salary(case, params, today))


def _salary(case: Case, params: Parameters, today: date) -> float:
    key = FRENCH_NAMES["gross_salary"]
    if case.gross_salary is None:
        raise InvalidInput(key, "Pour un budget, donnez le salaire brut mensuel à temps plein.")
    minimum = params.minimum_wage.dated(today)
    asked = fr.euros(case.gross_salary)
    if case.gross_salary < minimum.value:
        raise InvalidInput(
            key,
            f"{asked} brut par mois à temps plein est sous le SMIC ({fr.euros(minimum.value)} "
            f"depuis le {fr.long_date(minimum.since)}) : un employeur ne peut pas payer moins. "
            "Pour un mi-temps, donnez le salaire d'un temps plein.",
        )
    lowest = max(points[0][0] for points in params.cost.costs.values())
    highest = params.max_salary.latest
    if not lowest <= case.gross_salary <= highest:
        limits = f"de {fr.euros(lowest)} à {fr.euros(highest)}"
        raise InvalidInput(key, f"{asked} brut par mois : je ne calcule le budget que {limits}.")
    return case.gross_salary


def _yearly_cost(table: AmountTable, grid: CostGrid, salary: float) -> int:
    return round(_MONTHS * sum(monthly_cost(grid, fte, salary) for fte in table.contracts))


def monthly_cost(grid: CostGrid, fte: float, salary: float) -> float:
    """Employer's cost of one contract, in euros a month, on a straight line between grid points."""
    points = grid.costs[fte]
    index = min(bisect_right(points, (salary, float("inf"))), len(points) - 1)
    (low, low_cost), (high, high_cost) = points[index - 1], points[index]
    return low_cost + (salary - low) / (high - low) * (high_cost - low_cost)


def _budget_year(year: YearAmount, costs: dict[float, int]) -> BudgetYear:
    return BudgetYear(
        year=year.year,
        and_following=year.and_following,
        employer_cost=tuple((fte, costs[fte]) for fte in sorted({a.fte for a in year.possible})),
        net=tuple(
            NetCost(
                band=amount.band,
                fte=amount.fte,
                aid_eur=amount.max_eur,
                net_eur=max(0, costs[amount.fte] - amount.max_eur),
                surplus_eur=max(0, amount.max_eur - costs[amount.fte]),
            )
            for amount in year.possible
        ),
    )


def _warnings(years: tuple[BudgetYear, ...], grid: CostGrid, said: Sayings) -> tuple[Notice, ...]:
    source = grid.reference.source
    gap = fr.euros(grid.interpolation_error)
    notices = [
        Notice("BUDGET_ESTIMATE", said.say("budget_estimation"), source),
        Notice("INTERPOLATION", said.say("budget_interpolation", ecart=gap), source),
    ]
    above = tuple(y.year for y in years if any(net.surplus_eur for net in y.net))
    if above:
        notices.append(Notice("AID_ABOVE_COST", said.say("aide_au_dela_du_cout"), None, above))
    return tuple(notices)
