"""Contract years: when each begins, and on which scale it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assistant_am.french import format as fr

from .case import Case
from .errors import InvalidInput
from .parameter_model import AmountTable, Parameters
from .phrases import Sayings
from .vocabulary import FRENCH_NAMES, Scale


@dataclass(frozen=True)
class YearScale:
    """Scale of one contract year, and the day on which its amounts are looked up."""

    scale: Scale
    reason_fr: str
    lookup_day: date
    starts_on: date | None
    begun: bool | None


def start_of_year(contract_date: date, rank: int) -> date:
    """First day of a contract year: the anniversary of the signature.

    A contract signed on 29 February has its anniversary on the 28th in common years: a convention
    of this project, no source says.
    """
    year = contract_date.year + rank - 1
    try:
        return contract_date.replace(year=year)
    except ValueError:
        return contract_date.replace(year=year, day=28)


def current_rank(contract_date: date, today: date) -> int:
    """Rank of the contract year in progress; 0 before the signature."""
    rank = today.year - contract_date.year
    return rank + 1 if start_of_year(contract_date, rank + 1) <= today else rank


def check_date(case: Case, params: Parameters, today: date) -> None:
    """Refuse a signature too far ahead to be a plan.

    Raises:
        InvalidInput: further than the longest projection.
    """
    years = params.max_horizon.latest
    if case.contract_date and case.contract_date > start_of_year(today, years + 1):
        message = f"Cette date de contrat est à plus de {years} ans d'ici : vérifiez l'année."
        raise InvalidInput(FRENCH_NAMES["contract_date"], message)


def year_scale(case: Case, params: Parameters, today: date, rank: int) -> YearScale:
    """Scale of a contract year: the one named, else the one of its first day, else the new one.

    Amounts of years to come are those known today for their first day (constant scale).
    """
    effect = params.agreement_start.latest
    said = Sayings.on(params, today)
    scale = said.say("bareme_convention")
    start = start_of_year(case.contract_date, rank) if case.contract_date else None
    begun = None if start is None else start <= today
    if case.scale == "ancien":
        reason = said.say("bareme_ancien_demande")
        return YearScale("ancien", reason, effect - timedelta(days=1), start, begun)
    if case.scale == "nouveau":
        reason = said.say("bareme_nouveau_demande", bareme=scale)
        return YearScale("nouveau", reason, max(today, effect), start, begun)
    if start is None:
        reason = said.say("bareme_sans_date", bareme=scale)
        return YearScale("nouveau", reason, max(today, effect), start, begun)
    year = fr.year_rank(rank)
    verb = "a commencé" if begun else "commence"
    when = f"la {year} {verb} le {fr.long_date(start)}"
    if start < effect:
        reason = said.say("bareme_ancien", debut=when)
        return YearScale("ancien", reason, start, start, begun)
    reason = said.say("bareme_nouveau", debut=when, bareme=scale)
    return YearScale("nouveau", reason, start, start, begun)


def asked_years(
    case: Case, params: Parameters, table: AmountTable, today: date
) -> list[tuple[int, bool]]:
    """Ranks to show, each with "and following years": those asked, else the lines of the table.

    The last line stands for all later years only once these are on the new scale: for an old
    contract, the years in between are shown one by one.
    """
    if case.contract_years:
        return [(rank, False) for rank in case.contract_years]
    if case.horizon:
        return [(rank, False) for rank in range(1, case.horizon + 1)]
    ranks = list(table.ranks)
    if case.scale is None:
        while year_scale(case, params, today, ranks[-1]).scale == "ancien":
            ranks.append(ranks[-1] + 1)
    return [(rank, rank == ranks[-1]) for rank in ranks]
