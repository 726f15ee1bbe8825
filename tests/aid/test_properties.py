"""What holds for every case, whatever the amounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant_am import aid
from assistant_am.aid.contract_years import start_of_year

PARAMS = aid.load(Path(__file__).resolve().parents[2] / "knowledge")
TODAY = date(2026, 11, 22)
PAID = ("p30_p89", "p90_p94", "p95_plus")

years = st.integers(1, 40)
bands = st.sampled_from(PAID)
scales = st.sampled_from(get_args(aid.Scale))
flags = st.sampled_from((True, False, None))
cases = st.builds(
    aid.Case,
    fte=st.sampled_from((*PARAMS.tables, None)),
    contract_years=st.lists(years, max_size=3, unique=True).map(lambda y: tuple(sorted(y))),
    horizon=st.one_of(st.none(), st.integers(1, 10)),
    band=st.sampled_from((*get_args(aid.Band), None)),
    scale=st.sampled_from((*get_args(aid.Scale), None)),
    contract_date=st.one_of(st.none(), st.dates(date(2019, 8, 14), date(2030, 12, 31))),
    specialty=st.sampled_from((*get_args(aid.Specialty), None)),
    sector=st.sampled_from((*get_args(aid.Sector), None)),
    is_65_or_more=flags,
    newly_installed=flags,
    in_zip=flags,
    is_mep=flags,
    first_contract_full_time=flags,
    first_objectives_met=flags,
    attainment=flags,
)


def amount(**fields: Any) -> int:
    result = aid.estimate(aid.Case(**fields), PARAMS, TODAY)
    assert result.total_eur is not None
    return result.total_eur


@given(bands, years, scales)
def test_full_time_is_twice_half_time(band: aid.Band, year: int, scale: aid.Scale) -> None:
    fields = {"band": band, "contract_years": (year,), "scale": scale}
    assert amount(fte=1, **fields) == 2 * amount(fte=0.5, **fields)


@given(bands, st.integers(3, 40))
def test_options_are_three_and_four_times_half_time(band: aid.Band, year: int) -> None:
    fields = {"band": band, "contract_years": (year,)}
    half = amount(fte=0.5, **fields)
    assert (amount(fte=1.5, **fields), amount(fte=2, **fields)) == (3 * half, 4 * half)


@given(bands, st.integers(1, 39), scales, st.sampled_from((0.5, 1)))
def test_the_aid_never_rises_with_the_years(
    band: aid.Band, year: int, scale: aid.Scale, fte: float
) -> None:
    fields = {"band": band, "scale": scale, "fte": fte}
    assert amount(contract_years=(year + 1,), **fields) <= amount(contract_years=(year,), **fields)


@given(years, scales, st.sampled_from((0.5, 1)))
def test_the_aid_never_falls_with_the_band(year: int, scale: aid.Scale, fte: float) -> None:
    by_band = [amount(band=b, contract_years=(year,), scale=scale, fte=fte) for b in PAID]
    assert by_band == sorted(by_band)


@given(bands, years, st.sampled_from((0.5, 1)))
def test_the_new_scale_is_always_higher(band: aid.Band, year: int, fte: float) -> None:
    fields = {"band": band, "contract_years": (year,), "fte": fte}
    assert amount(scale="ancien", **fields) < amount(scale="nouveau", **fields)


@settings(max_examples=300, deadline=None)
@given(cases)
def test_any_case_gives_positive_amounts_or_reasons(case: aid.Case) -> None:
    """A refusal has reasons and no amount; anything else has amounts for every year."""
    result = aid.estimate(case, PARAMS, TODAY)
    if result.status == "not_eligible":
        assert result.assessment.reasons
        assert not result.years
        assert result.total_range is None
        return
    assert result.years
    assert all(a.max_eur > 0 for year in result.years for a in year.possible)
    assert all(year.decided_by or year.max_eur for year in result.years)
    assert "INDICATIVE" in {warning.code for warning in result.warnings}
    assert (result.status == "to_confirm") == bool(result.assessment.reasons)


@settings(max_examples=200, deadline=None)
@given(cases)
def test_an_unknown_band_is_the_union_of_the_known_ones(case: aid.Case) -> None:
    unknown = aid.estimate(replace(case, band=None, newly_installed=None), PARAMS, TODAY)
    known = [
        aid.estimate(replace(case, band=band, newly_installed=None), PARAMS, TODAY) for band in PAID
    ]
    for index, year in enumerate(unknown.years):
        assert set(year.possible) == {a for e in known for a in e.years[index].possible}


@settings(max_examples=200, deadline=None)
@given(cases)
def test_an_unknown_fte_is_the_union_of_half_and_full_time(case: aid.Case) -> None:
    unknown = aid.estimate(replace(case, fte=None), PARAMS, TODAY)
    known = [aid.estimate(replace(case, fte=fte), PARAMS, TODAY) for fte in (0.5, 1)]
    for index, year in enumerate(unknown.years):
        assert set(year.possible) == {a for e in known for a in e.years[index].possible}


@given(cases)
def test_the_order_of_the_years_is_the_order_of_time(case: aid.Case) -> None:
    ranks = [year.year for year in aid.estimate(case, PARAMS, TODAY).years]
    assert ranks == sorted(set(ranks))


@given(st.dates(date(2019, 8, 14), date(2030, 12, 31)), st.integers(1, 40))
def test_an_anniversary_is_the_same_day_or_28_february(day: date, rank: int) -> None:
    start = start_of_year(day, rank)
    assert start.year == day.year + rank - 1
    assert (start.month, start.day) in {(day.month, day.day), (2, 28)}
    assert start.day == day.day or (day.month, day.day) == (2, 29)


@given(st.integers(0, 30_000))
def test_the_tolerance_is_the_smallest_kept_panel(initial: int) -> None:
    kept = aid.tolerance(initial, PARAMS, TODAY).min_patients
    assert kept * 10 >= initial * 9
    assert initial == 0 or (kept - 1) * 10 < initial * 9
