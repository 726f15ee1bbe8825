"""The maximum of the aid, year by year: the set of possible amounts, with steps and warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant_am.files.source import Source
from assistant_am.french import format as fr

from .case import Case
from .contract_years import YearScale, asked_years, year_scale
from .eligibility import assess
from .errors import InvalidInput
from .gaps import amount_gaps, eligibility_gaps
from .names import Names
from .notices import amount_notices
from .parameter_model import AmountTable, Dated, Parameters
from .patients import is_below_p30
from .reading import table_of
from .results import Assessment, BandAmount, Estimate, Notice, Reason, Step, YearAmount
from .steps import amount_step, scale_step, total_step
from .vocabulary import FRENCH_NAMES, GENERAL_ROW, PAID_BANDS, Band


@dataclass(frozen=True)
class _Path:
    """One hypothesis on the unknown inputs: a table and a band."""

    table: AmountTable
    band: Band


@dataclass(frozen=True)
class _Reading:
    """An amount of one year on one path, and where it was read."""

    table: AmountTable
    band: Band
    dated: Dated[int]

    @property
    def amount(self) -> BandAmount:
        return BandAmount(self.band, self.table.fte, self.dated.value)


def estimate(case: Case, params: Parameters, today: date) -> Estimate:
    """Maximum of the aid for the years asked, on each hypothesis the unknown inputs leave open.

    Years: those of the case, else the first ones up to its horizon, else the lines of the table
    (the last one "and following"). With neither date nor scale, the new scale is read and a
    warning says so. A refusal promises no amount; when only the second assistant is refused,
    `fallback` is the estimate for one full-time assistant.

    Raises:
        InvalidInput, OutsideRules, Contradiction: see `aid.errors`.
    """
    tables = params.one_assistant if case.fte is None else (table_of(case.fte, params),)
    assessment = assess(case, params, today)
    if assessment.status == "not_eligible":
        return _refusal(case, params, today, assessment)
    names = Names.of(params)
    paths = [_Path(table, band) for table in tables for band in bands_left(case, params, today)]
    years, steps, grid = [], [], []
    for rank, and_following in asked_years(case, params, tables[-1], today):
        scale = year_scale(case, params, today, rank)
        readings = [_read(path, params, rank, scale) for path in paths]
        possible = tuple(reading.amount for reading in readings)
        years.append(
            YearAmount(
                year=rank,
                and_following=and_following,
                scale=scale.scale,
                scale_reason_fr=scale.reason_fr,
                starts_on=scale.starts_on,
                begun=scale.begun,
                possible=possible,
                decided_by=_decided_by(possible),
                modulated=_modulated(case, params, rank, readings),
            )
        )
        grid.append(readings)
        steps.append(scale_step(rank, scale, params))
        steps += [amount_step(r.table, r.band, rank, r.dated, names) for r in readings]
    totals = _totals(case, paths, grid)
    steps += [total_step(total, len(years), names) for total in totals]
    warnings = amount_notices(case, params, today, years, tables[-1])
    return Estimate(
        case=case,
        made_on=today,
        names=names,
        assessment=assessment,
        years=tuple(years),
        totals=totals,
        steps=tuple(dict.fromkeys(steps)),
        warnings=warnings,
        not_specified=amount_gaps(case, params, today, years),
        sources=_sources(params, steps, warnings, assessment.reasons),
    )


def _refusal(case: Case, params: Parameters, today: date, assessment: Assessment) -> Estimate:
    refused = [c for c in assessment.conditions if c.state == "not_met"]
    only_second = all(c.condition.startswith("second_") for c in refused)
    first = replace(case, fte=params.full_time.fte)
    return Estimate(
        case=case,
        made_on=today,
        names=Names.of(params),
        assessment=assessment,
        years=(),
        totals=(),
        steps=(),
        warnings=(),
        not_specified=eligibility_gaps(case, params, today),
        sources=_sources(params, assessment.reasons),
        fallback=estimate(first, params, today) if only_second else None,
    )


def _sources(
    params: Parameters, *origins: Sequence[Step] | Sequence[Notice] | Sequence[Reason]
) -> tuple[Source, ...]:
    ids = (origin.source for group in origins for origin in group)
    return tuple(params.sources[source] for source in dict.fromkeys(ids) if source)


def bands_left(case: Case, params: Parameters, today: date) -> tuple[Band, ...]:
    """Bands left possible; a new doctor below P30 is read on the general row."""
    if is_below_p30(case, params, today):
        return (GENERAL_ROW,)
    return PAID_BANDS if case.band is None else (case.band,)


def _read(path: _Path, params: Parameters, rank: int, scale: YearScale) -> _Reading:
    """Before a second assistant is possible, the first one is aided at full time."""
    for table in (path.table, params.full_time):
        dated = table.at(path.band, rank, scale.lookup_day)
        if dated is not None:
            return _Reading(table, path.band, dated)
    message = f"Aucun montant n'est publié pour la {fr.year_rank(rank)} à cette date."
    raise InvalidInput(FRENCH_NAMES["contract_years"], message)


def _decided_by(possible: Sequence[BandAmount]) -> tuple[str, ...]:
    """Fields whose value changes the amount, everything else being equal."""
    by_fte: dict[Band, set[int]] = {}
    by_band: dict[float, set[int]] = {}
    for amount in possible:
        by_fte.setdefault(amount.band, set()).add(amount.max_eur)
        by_band.setdefault(amount.fte, set()).add(amount.max_eur)
    fte = ("fte",) if any(len(amounts) > 1 for amounts in by_fte.values()) else ()
    band = ("band",) if any(len(amounts) > 1 for amounts in by_band.values()) else ()
    return fte + band


def _modulated(case: Case, params: Parameters, rank: int, readings: Sequence[_Reading]) -> bool:
    if rank < params.modulation_year.latest:
        return False
    if case.newly_installed and rank == params.guaranteed_year.latest:
        return False
    attained = case.attainment
    if attained is None and not any(r.table.has_second_assistant for r in readings):
        attained = case.first_objectives_met
    return attained is not True


def _totals(
    case: Case, paths: Sequence[_Path], grid: Sequence[Sequence[_Reading]]
) -> tuple[BandAmount, ...]:
    """Sums over several years that were asked for by name or by horizon; `grid` is by year."""
    if not (case.contract_years or case.horizon) or len(grid) == 1:
        return ()
    return tuple(
        BandAmount(path.band, path.table.fte, sum(reading.dated.value for reading in readings))
        for path, readings in zip(paths, zip(*grid, strict=True), strict=True)
    )
