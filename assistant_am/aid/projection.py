"""Several years ahead, and several situations side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .amount import estimate
from .case import Case
from .parameter_model import Parameters
from .reading import read_fields
from .results import Comparison, Difference, Estimate, Projection, YearDifference
from .vocabulary import FRENCH_NAMES


def project(case: Case, params: Parameters, today: date, horizon: int) -> Projection:
    """Estimate of `horizon` consecutive years, from the first asked one (else from year 1).

    An option of two assistants shows one full-time assistant until the second is possible.

    Raises:
        InvalidInput: a horizon below 1 or above the limit; and what `estimate` raises.
    """
    read_fields({FRENCH_NAMES["horizon"]: horizon}, params)
    first = min(case.contract_years, default=1)
    years = tuple(range(first, first + horizon))
    asked = replace(case, contract_years=years, horizon=None)
    return Projection(horizon, estimate(asked, params, today))


def compare(cases: Sequence[Case], params: Parameters, today: date, horizon: int) -> Comparison:
    """Projections of several cases, and the difference of each with the first."""
    projections = tuple(project(case, params, today, horizon) for case in cases)
    reference = projections[0].estimate
    return Comparison(
        projections, tuple(difference(reference, p.estimate) for p in projections[1:])
    )


def difference(first: Estimate, second: Estimate) -> Difference:
    """Second minus first, year by year, for any change of years, FTE, band or scale.

    Two estimates of one year each are compared whatever the years.
    """
    before = {year.year: year.max_eur for year in first.years}
    after = {year.year: year.max_eur for year in second.years}
    if len(before) == len(after) == 1:
        before = dict.fromkeys(after, first.total_eur)
    years = tuple(
        YearDifference(
            rank, before.get(rank), after.get(rank), _gap(before.get(rank), after.get(rank))
        )
        for rank in sorted(before.keys() | after.keys())
    )
    return Difference(years, _gap(first.total_eur, second.total_eur))


def _gap(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else second - first
