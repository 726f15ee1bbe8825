"""Compute a query on amounts: the years of each situation, its amounts, its place in the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate, groupby

from assistant_am.french import format as fr

from .amount import bands_left, estimate
from .apart import cells_of, scales_of
from .budget import cost_of
from .case import Case
from .contract_years import asked_years, current_rank, start_of_year
from .errors import InvalidInput
from .names import Names
from .parameter_model import Parameters
from .query import Answer, Change, Cited, Line, Path, Place, Query, Situation, Years
from .reading import read_fields, table_of
from .results import Estimate
from .vocabulary import FRENCH_NAMES, PAID_BANDS


def answer(query: Query, params: Parameters, today: date) -> Answer:
    """Compute a query.

    Raises:
        InvalidInput, OutsideRules, Contradiction: see `aid.errors`; also a query that needs the
        day of the contract, or a cost, when the situation does not tell it.
    """
    lines = tuple(_line(each, query, params, today) for each in query.situations)
    cited = _cited(query, lines, params, today) if query.quantity == "reverse" else ()
    return Answer(query, today, Names.of(params), lines, cited)


def _line(situation: Situation, query: Query, params: Parameters, today: date) -> Line:
    ranks = resolve(query.years, situation, params, today)
    runs = _runs(situation, [rank for rank, _ in ranks], params, today)
    cost = _cost(situation.case, query, params, today) if _needs_cost(query) else None
    if any(run.status == "not_eligible" for run in runs):
        return Line(situation, (), (), tuple(runs), cost)
    following = {rank for rank, and_following in ranks if and_following}
    years = [replace(y, and_following=y.year in following) for run in runs for y in run.years]
    paths = _paths(situation, runs, params, today)
    return Line(situation, tuple(years), tuple(paths), tuple(runs), cost)


def resolve(
    years: Years, situation: Situation, params: Parameters, today: date
) -> list[tuple[int, bool]]:
    """Ranks asked of a situation, each with "and following years".

    Raises:
        InvalidInput: no such year, or the day of the contract is needed.
    """
    case = situation.case
    told = years.kind == "told"
    if told and case.contract_years:
        return [(rank, False) for rank in case.contract_years]
    if told and case.horizon:
        years = Years.first(case.horizon)
    match years.kind:
        case "told" | "table":
            return _table_years(situation, params, today)
        case "ranks":
            ranks: Sequence[int] = years.ranks
            read_fields({FRENCH_NAMES["contract_years"]: list(ranks)}, params)
        case "first":
            ranks = range(1, _checked(years.count, params) + 1)
        case "during":
            ranks = _during(years, case, params)
        case "now":
            ranks = [_current(case, today)]
        case "begun":
            ranks = range(1, _current(case, today) + 1)
        case _:
            ranks = range(_current(case, today) + 1, _checked(years.count, params) + 1)
    if not ranks:
        raise InvalidInput(
            FRENCH_NAMES["horizon"], "Ces années de contrat sont toutes déjà commencées."
        )
    return [(rank, False) for rank in ranks]


def _checked(count: int | None, params: Parameters) -> int:
    count = params.default_horizon.latest if count is None else count
    read_fields({FRENCH_NAMES["horizon"]: count}, params)
    return count


def _table_years(situation: Situation, params: Parameters, today: date) -> list[tuple[int, bool]]:
    case = situation.case
    tables = [table_of(c.fte, params) for c in situation.changes if c.fte is not None]
    if case.fte is not None:
        tables.append(table_of(case.fte, params))
    widest = max(tables or [params.full_time], key=lambda table: table.fte)
    found = asked_years(replace(case, contract_years=(), horizon=None), params, widest, today)
    last = max(found[-1][0], *(change.since for change in situation.changes), 1)
    if not situation.changes:
        return found
    return [(rank, rank == last) for rank in range(1, last + 1)]


def _signed(case: Case) -> date:
    if case.contract_date is None:
        raise InvalidInput(
            FRENCH_NAMES["contract_date"],
            "Pour compter ces années, il me faut le jour de la signature du contrat.",
        )
    return case.contract_date


def _current(case: Case, today: date) -> int:
    """Rank of the year in progress, by the day of the contract, else the one told."""
    if case.contract_date is None and case.contract_years:
        return max(case.contract_years)
    signed = _signed(case)
    rank = current_rank(signed, today)
    if rank < 1:
        raise InvalidInput(
            FRENCH_NAMES["contract_years"],
            f"Le contrat commence le {fr.long_date(signed)} : aucune année n'a encore commencé.",
        )
    return rank


def _during(years: Years, case: Case, params: Parameters) -> list[int]:
    signed = _signed(case)
    since = years.since or signed
    first = max(1, current_rank(signed, since))
    if years.until is None:
        return list(range(first, first + params.default_horizon.latest))
    last = current_rank(signed, years.until)
    if last < 1:
        raise InvalidInput(
            FRENCH_NAMES["contract_years"],
            f"Le contrat commence le {fr.long_date(signed)}, après cette période.",
        )
    return list(range(first, last + 1))


def _runs(
    situation: Situation, ranks: Iterable[int], params: Parameters, today: date
) -> list[Estimate]:
    """One estimate for each run of years between two changes."""

    def in_force(rank: int) -> tuple[Change, ...]:
        return tuple(change for change in situation.changes if change.since <= rank)

    runs = []
    for changes, group in groupby(ranks, in_force):
        case = replace(situation.case, contract_years=tuple(group), horizon=None)
        for change in sorted(changes, key=lambda each: each.since):
            fte = case.fte if change.fte is None else change.fte
            band = case.band if change.band is None else change.band
            case = replace(case, fte=fte, band=band)
        runs.append(estimate(case, params, today))
    return runs


def _paths(
    situation: Situation, runs: Sequence[Estimate], params: Parameters, today: date
) -> Iterator[Path]:
    """Follow each hypothesis through the runs; a change settles what was unknown before it."""
    sizes = [_hypotheses(run.case, params, today) for run in runs]
    most_ftes = max(ftes for ftes, _ in sizes)
    most_bands = max(bands for _, bands in sizes)
    case = situation.case
    for fte in range(most_ftes):
        for band in range(most_bands):
            read = [
                year.possible[min(fte, ftes - 1) * bands + min(band, bands - 1)]
                for run, (ftes, bands) in zip(runs, sizes, strict=True)
                for year in run.years
            ]
            yield Path(
                band=read[0].band if case.band is None else case.band,
                fte=read[0].fte if case.fte is None else case.fte,
                amounts=tuple(each.max_eur for each in read),
            )


def _hypotheses(case: Case, params: Parameters, today: date) -> tuple[int, int]:
    """How many numbers of FTE, and how many bands, `estimate` considers for a case."""
    ftes = len(params.one_assistant) if case.fte is None else 1
    return ftes, len(bands_left(case, params, today))


def _needs_cost(query: Query) -> bool:
    return query.quantity == "left_to_pay"


def _cost(case: Case, query: Query, params: Parameters, today: date) -> int:
    if query.cost_eur is not None:
        return query.cost_eur
    fte = params.full_time.fte if case.fte is None else case.fte
    return cost_of(replace(case, fte=fte), params, today)


def _cited(
    query: Query, lines: Sequence[Line], params: Parameters, today: date
) -> tuple[Cited, ...]:
    found = {amount: tuple(_places(amount, params)) for amount in query.cited}
    line = next(iter(lines), None)
    former = _on_former_scale(line, query, params, today)
    return tuple(_judged(amount, each, line, former) for amount, each in found.items())


def _judged(
    amount: int, places: tuple[Place, ...], line: Line | None, former: Line | None
) -> Cited:
    if line is not None and (own := _own(amount, line)):
        return Cited(amount, "right", places, own)
    if former is not None and (own := _own(amount, former)):
        return Cited(amount, "former_scale", places, own)
    return Cited(amount, "other_case" if places else "nowhere", places)


def _own(amount: int, line: Line) -> tuple[Place, ...]:
    """Where the amount stands in a line; on the lowest band possible, where it does there."""
    found = [
        Place(year.scale, path.fte, path.band, year.year, year.and_following)
        for path in line.paths
        for year, value in zip(line.years, path.amounts, strict=True)
        if value == amount
    ]
    lowest = [place for place in found if place.band == line.paths[0].band]
    return tuple(lowest or found)


def _on_former_scale(
    line: Line | None, query: Query, params: Parameters, today: date
) -> Line | None:
    if line is None or line.situation.case.scale == "ancien":
        return None
    case = replace(line.situation.case, scale="ancien", contract_date=None)
    table = params.tables.get(case.fte) if case.fte is not None else None
    if table is not None and table.has_second_assistant:
        return None
    years = query.years if query.years.kind in ("told", "ranks", "first") else Years("table")
    former = replace(query, years=years)
    return _line(replace(line.situation, case=case), former, params, today)


def _places(amount: int, params: Parameters) -> Iterator[Place]:
    """Cells of the tables with this amount, new scale first; else the sums of first years."""
    cells = [place for place, value in cells_of(params) if value == amount]
    yield from cells or [place for place, value in _sums(params) if value == amount]


def _sums(params: Parameters) -> Iterator[tuple[Place, int]]:
    for scale, day in scales_of(params):
        for table in params.one_assistant:
            for band in PAID_BANDS:
                years = range(1, params.max_horizon.latest + 1)
                found = (table.at(band, rank, day) for rank in years)
                values = [dated.value for dated in found if dated is not None]
                for count, total in enumerate(accumulate(values), 1):
                    if count > 1:
                        yield Place(scale, table.fte, band, 1, False, count), total


def contract_year(case: Case, today: date) -> tuple[int, date, date]:
    """Rank of the contract year in progress, its first day and that of the next one.

    Rank 0 is before the signature.

    Raises:
        InvalidInput: the day of the contract is unknown.
    """
    signed = _signed(case)
    rank = max(0, current_rank(signed, today))
    return rank, start_of_year(signed, max(rank, 1)), start_of_year(signed, rank + 1)
