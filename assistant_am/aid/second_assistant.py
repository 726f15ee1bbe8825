"""When could one have a second assistant, and what is missing?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .amount import estimate
from .case import Case
from .contract_years import year_scale
from .parameter_model import AmountTable, Parameters
from .results import SecondAssistant
from .vocabulary import GENERAL_ROW


def second_assistant(case: Case, params: Parameters, today: date) -> SecondAssistant:
    """State of the conditions at the first year that has two assistants, or at the year asked when
    it is later.

    An old scale named in the case is dropped: the options exist on the new one only.
    """
    tables = tuple(t for t in params.second_assistant if t.fte == case.fte)
    table = (tables or params.second_assistant)[0]
    open_case = replace(case, scale=None if case.scale == "ancien" else case.scale, horizon=None)
    from_year = _first_open_year(open_case, params, table, today)
    year = max(max(case.contract_years, default=from_year), from_year)
    at_year = replace(open_case, contract_years=(year,), fte=table.fte)
    conditions = estimate(at_year, params, today).assessment.conditions
    return SecondAssistant(
        from_year=from_year,
        conditions=conditions,
        missing=tuple(c for c in conditions if c.state != "met"),
    )


def _first_open_year(case: Case, params: Parameters, table: AmountTable, today: date) -> int:
    year = table.ranks[0]
    while not table.at(GENERAL_ROW, year, year_scale(case, params, today, year).lookup_day):
        year += 1
    return year
