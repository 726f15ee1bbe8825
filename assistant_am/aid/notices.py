"""Warnings that go with amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant_am.french import format as fr

from .case import Case
from .parameter_model import AmountTable, Parameters
from .patients import is_below_p30
from .phrases import Sayings
from .results import Notice, YearAmount
from .vocabulary import GENERAL_ROW, TOP_BAND

_Years = tuple[int, ...]


def amount_notices(
    case: Case, params: Parameters, today: date, years: Sequence[YearAmount], table: AmountTable
) -> tuple[Notice, ...]:
    """`table` is the one of the largest number of full-time equivalents asked for."""
    said = Sayings.on(params, today)
    return (
        _notice(said, "INDICATIVE", "indicatif"),
        *_about_scale(said, case, params, years),
        *_about_band(said, case, params, today, years, table),
        *_about_second_assistant(said, years, table),
        *_about_objectives(said, case, params, years),
    )


def _notice(
    said: Sayings, code: str, key: str, years: _Years = (), source: str | None = None, **own: str
) -> Notice:
    return Notice(code, said.say(key, **own), source or said.source(key), years)


def _about_scale(
    said: Sayings, case: Case, params: Parameters, years: Sequence[YearAmount]
) -> Iterator[Notice]:
    if case.scale is None and case.contract_date is None:
        source = params.agreement_start.dated_latest.reference.source
        yield _notice(said, "SCALE_ASSUMED", "bareme_suppose", source=source)
    several = len(years) > 1
    ahead = tuple(y.year for y in years if y.begun is False or (y.begun is None and several))
    if ahead:
        yield _notice(said, "CONSTANT_SCALE", "bareme_constant", ahead)


def _about_band(
    said: Sayings,
    case: Case,
    params: Parameters,
    today: date,
    years: Sequence[YearAmount],
    table: AmountTable,
) -> Iterator[Notice]:
    if is_below_p30(case, params, today):
        yield _notice(said, "GENERAL_ROW", "ligne_generale")
    if case.band is None or case.band == TOP_BAND or is_below_p30(case, params, today):
        return
    raised = _first_raised_rank(table, case, today)
    before = tuple(y.year for y in years if raised is not None and y.year < raised)
    if raised is not None and before:
        yield _notice(said, "BAND_NOT_YET", "majoration", before, annee=fr.year_rank(raised))


def _first_raised_rank(table: AmountTable, case: Case, today: date) -> int | None:
    """First line on which the band has more than the general row."""
    if case.band is None:
        return None
    for rank in table.ranks:
        own, general = (table.at(band, rank, today) for band in (case.band, GENERAL_ROW))
        if own and general and own.value > general.value:
            return rank
    return None


def _about_second_assistant(
    said: Sayings, years: Sequence[YearAmount], table: AmountTable
) -> Iterator[Notice]:
    if not table.has_second_assistant:
        return
    yield _notice(said, "SECOND_TOTAL", "deuxieme_total")
    alone = tuple(y.year for y in years if all(a.fte != table.fte for a in y.possible))
    if alone:
        yield _notice(said, "FIRST_ASSISTANT_ONLY", "premier_am_seul", alone)


def _about_objectives(
    said: Sayings, case: Case, params: Parameters, years: Sequence[YearAmount]
) -> Iterator[Notice]:
    modulated = tuple(y.year for y in years if y.modulated)
    guaranteed = params.guaranteed_year.dated_latest
    if modulated:
        yield _notice(said, "MODULATION", "modulation", modulated)
        if case.band == TOP_BAND:
            yield _notice(said, "TOP_BAND_MODULATION", "modulation_montant_fixe", modulated)
    if case.newly_installed and guaranteed.value in {y.year for y in years}:
        yield _notice(
            said,
            "GUARANTEED_YEAR",
            "annee_garantie_entiere",
            (guaranteed.value,),
            guaranteed.reference.source,
        )
