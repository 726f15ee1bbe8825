"""When could one have a second assistant, and what is missing?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .amount import estimate
from .case import Case
from .contract_years import start_of_year, year_scale
from .parameter_model import AmountTable, Parameters
from .results import SecondAssistant
from .vocabulary import GENERAL_ROW


def second_assistant(case: Case, params: Parameters, today: date) -> SecondAssistant:
    """State of the conditions and amounts of the options, at the first year they exist.

    The year asked is kept when it is late enough; both options are shown unless the case names
    one. An old scale named in the case is dropped: the options exist on the new one only.
    """
    tables = tuple(t for t in params.second_assistant if t.fte == case.fte)
    tables = tables or params.second_assistant
    open_case = replace(case, scale=None if case.scale == "ancien" else case.scale, horizon=None)
    from_year = _first_open_year(open_case, params, tables[0], today)
    year = max(max(case.contract_years, default=from_year), from_year)
    at_year = replace(open_case, contract_years=(year,))
    options = tuple(estimate(replace(at_year, fte=t.fte), params, today) for t in tables)
    conditions = options[0].assessment.conditions
    signed = case.contract_date
    return SecondAssistant(
        status=options[0].status,
        from_year=from_year,
        from_date=start_of_year(signed, from_year) if signed else None,
        conditions=conditions,
        missing=tuple(c for c in conditions if c.state != "met"),
        options=options,
        fallback=estimate(replace(at_year, fte=params.full_time.fte), params, today),
    )


def _first_open_year(case: Case, params: Parameters, table: AmountTable, today: date) -> int:
    year = table.ranks[0]
    while not table.at(GENERAL_ROW, year, year_scale(case, params, today, year).lookup_day):
        year += 1
    return year
