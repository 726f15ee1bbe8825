"""What no source says, as far as it matters to the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .case import Case
from .parameter_model import Parameters
from .phrases import Sayings
from .results import Gap, YearAmount
from .vocabulary import GENERAL_PRACTICE


def eligibility_gaps(case: Case, params: Parameters, today: date) -> tuple[Gap, ...]:
    return tuple(_said(_eligibility(case), params, today))


def amount_gaps(
    case: Case, params: Parameters, today: date, years: Iterable[YearAmount]
) -> tuple[Gap, ...]:
    """Gaps of eligibility and of the amounts, each once."""
    found = (*_eligibility(case), *_amount(case, params, tuple(years)))
    return tuple(_said(found, params, today))


def tolerance_gaps(params: Parameters, today: date) -> tuple[Gap, ...]:
    return tuple(_said([_UPKEEP], params, today))


_UPKEEP = ("UPKEEP_DATE", "non_dit_maintien")


def _said(found: Iterable[tuple[str, str]], params: Parameters, today: date) -> Iterator[Gap]:
    said = Sayings.on(params, today)
    return (Gap(code, said.say(key)) for code, key in found)


def _eligibility(case: Case) -> Iterator[tuple[str, str]]:
    if case.specialty not in (None, GENERAL_PRACTICE):
        yield "ACTIVE_FILE_THRESHOLD", "non_dit_file_active"
    if case.patient_count is not None:
        yield "PATIENTS_COUNTED", "non_dit_patients_comptes"
    if case.newly_installed:
        yield "NEW_DOCTOR", "non_dit_nouvel_installe"
    if case.is_65_or_more:
        yield _UPKEEP


def _amount(
    case: Case, params: Parameters, years: tuple[YearAmount, ...]
) -> Iterator[tuple[str, str]]:
    if any(year.modulated for year in years):
        yield "MODULATION", "non_dit_modulation"
    if case.band is None:
        yield "PERCENTILES", "non_dit_percentiles"
    if len(years) > params.modulation_year.latest:
        yield "DURATION", "non_dit_duree"
