"""Thousands of queries on amounts against a table written by hand from the published one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant_am import aid
from assistant_am.aid import Case, Change, Query, Situation, Years

PARAMS = aid.load(Path(__file__).resolve().parents[2] / "knowledge")
TODAY = date(2026, 11, 22)
EFFECT = date(2024, 6, 22)
LOW, HIGH, TOP = BANDS = ("p30_p89", "p90_p94", "p95_plus")

# domain.md, C.4: (scale, FTE) → the line of each band: years 1, 2, 3 and following.
TABLE = {
    ("ancien", 0.5): {LOW: (18000, 13500, 10500), HIGH: (18000, 13500, 12500), TOP: (18000,) * 3},
    ("ancien", 1.0): {LOW: (36000, 27000, 21000), HIGH: (36000, 27000, 25000), TOP: (36000,) * 3},
    ("nouveau", 0.5): {LOW: (19000, 14000, 11000), HIGH: (19000, 14000, 13000), TOP: (19000,) * 3},
    ("nouveau", 1.0): {LOW: (38000, 28000, 22000), HIGH: (38000, 28000, 26000), TOP: (38000,) * 3},
}
SECOND = {1.5: {LOW: 33000, HIGH: 39000, TOP: 57000}, 2.0: {LOW: 44000, HIGH: 52000, TOP: 76000}}


def on_day(fte: float, band: str, year: int, scale: str) -> int:
    """Two assistants from year 3 on the new scale; before that, the first one at full time."""
    if fte > 1 and year >= 3 and scale == "nouveau":
        return SECOND[fte][band]
    return TABLE[scale, min(fte, 1.0)][band][min(year, 3) - 1]


def scale_of(signed: date | None, scale: str | None, year: int) -> str:
    if scale is not None:
        return scale
    if signed is None:
        return "nouveau"
    return "nouveau" if signed.replace(year=signed.year + year - 1) >= EFFECT else "ancien"


def expected(situation: Situation, band: str, year: int) -> int:
    case = situation.case
    fte, own = case.fte or 1.0, case.band or band
    for change in situation.changes:
        if change.since <= year:
            fte, own = change.fte or fte, change.band or own
    return on_day(fte, own, year, scale_of(case.contract_date, case.scale, year))


posts = st.sampled_from((0.5, 1.0))
bands = st.sampled_from(BANDS)
# No 29 February: its anniversary has a rule and a test of its own.
days = st.dates(date(2020, 1, 1), date(2026, 11, 1)).filter(lambda d: (d.month, d.day) != (2, 29))
ranks = st.lists(st.integers(1, 12), min_size=1, max_size=6, unique=True)
changes = st.lists(
    st.builds(
        Change,
        since=st.integers(2, 6),
        fte=st.sampled_from((0.5, 1.0, None)),
        band=st.sampled_from((*BANDS, None)),
    ),
    max_size=2,
    unique_by=lambda change: change.since,
).map(lambda found: tuple(sorted(found, key=lambda change: change.since)))
one_assistant = st.builds(
    Situation,
    case=st.builds(
        Case,
        fte=posts,
        band=st.sampled_from((*BANDS, None)),
        contract_date=st.one_of(st.none(), days),
        scale=st.sampled_from((None, "ancien", "nouveau")),
    ),
    changes=changes,
)


def line(query: Query) -> aid.Line:
    return aid.answer(query, PARAMS, TODAY).lines[0]


@settings(max_examples=1500, deadline=None)
@given(one_assistant, ranks)
def test_each_amount_is_that_of_the_table(situation: Situation, years: list[int]) -> None:
    """Posts, bands, scales, days, changes in the middle: every cell, on every hypothesis."""
    found = line(Query("amount", (situation,), Years.of(*years)))
    assert [year.year for year in found.years] == sorted(years)
    assert found.paths
    for path in found.paths:
        wanted = [expected(situation, path.band, year.year) for year in found.years]
        assert list(path.amounts) == wanted
        assert path.total == sum(wanted)
    told = {path.band for path in found.paths}
    if situation.case.band is not None:
        assert told == {situation.case.band}
    elif not any(change.band and change.since <= min(years) for change in situation.changes):
        assert told == set(BANDS)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from((1.5, 2.0)),
    st.sampled_from((*BANDS, None)),
    st.one_of(st.none(), days),
    st.integers(3, 10),
)
def test_two_assistants_are_the_first_one_until_year_3(
    fte: float, band: aid.Band | None, signed: date | None, count: int
) -> None:
    situation = Situation(Case(fte=fte, band=band, contract_date=signed))
    found = line(Query("total", (situation,), Years.first(count)))
    if found.refused:
        # Every year asked about is on the scale that has no second assistant.
        assert signed is not None
        assert scale_of(signed, None, count) == "ancien"
        return
    for path in found.paths:
        assert path.fte == fte
        wanted = [expected(situation, path.band, year) for year in range(1, count + 1)]
        assert list(path.amounts) == wanted


@pytest.mark.parametrize("fte", [1.5, 2.0])
@pytest.mark.parametrize("years", [Years.of(1), Years.of(1, 2), Years.first(2)])
def test_two_assistants_in_the_first_years_are_refused(fte: float, years: Years) -> None:
    found = line(Query("total", (Situation(Case(fte=fte)),), years))
    assert found.refused is not None
    assert found.refused.fallback is not None
    assert found.paths == ()


@settings(max_examples=300, deadline=None)
@given(posts, bands, st.integers(1, 9), st.integers(1, 9))
def test_a_difference_of_years_is_that_of_their_amounts(
    fte: float, band: aid.Band, first: int, second: int
) -> None:
    situation = Situation(Case(fte=fte, band=band))
    years = sorted({first, second})
    answer = aid.answer(Query("difference", (situation,), Years.of(*years)), PARAMS, TODAY)
    (gap,) = answer.year_gaps
    start, end = (on_day(fte, band, year, "nouveau") for year in (years[0], years[-1]))
    assert (gap.first_eur, gap.second_eur, gap.euros) == (start, end, end - start)
    assert gap.percent == pytest.approx(100 * (end - start) / start)


@settings(max_examples=300, deadline=None)
@given(one_assistant, one_assistant, st.integers(1, 6))
def test_a_difference_of_situations_is_that_of_their_amounts(
    first: Situation, second: Situation, count: int
) -> None:
    query = Query("difference", (first, second), Years.first(count))
    answer = aid.answer(query, PARAMS, TODAY)
    assert answer.gaps()
    for gap in answer.gaps():
        assert gap.year is not None
        assert gap.euros == gap.second_eur - gap.first_eur
        assert gap.second_eur == expected(second, gap.path.band, gap.year)
    for gap in answer.total_gaps():
        same = [each.euros for each in answer.gaps() if each.path is gap.path]
        if first.case.band is not None or second.case.band is None:
            assert gap.euros in (sum(same), gap.second_eur - gap.first_eur)
    both_known = first.case.band and second.case.band
    if both_known:
        (total,) = answer.total_gaps()
        assert total.euros == sum(gap.euros for gap in answer.gaps())


@settings(max_examples=300, deadline=None)
@given(posts, bands, days, st.integers(1, 10))
def test_received_and_to_come_make_the_whole(
    fte: float, band: aid.Band, signed: date, count: int
) -> None:
    """What began, and what has not, by the day of the contract."""
    situation = Situation(Case(fte=fte, band=band, contract_date=signed))
    begun = line(Query("total", (situation,), Years.begun()))
    rank = TODAY.year - signed.year + ((TODAY.month, TODAY.day) >= (signed.month, signed.day))
    assert [year.year for year in begun.years] == list(range(1, rank + 1))
    (path,) = begun.paths
    assert path.total == sum(expected(situation, band, year) for year in range(1, rank + 1))
    (now,) = line(Query("amount", (situation,), Years.now())).years
    assert now.year == rank
    if count <= rank:
        with pytest.raises(aid.InvalidInput):
            line(Query("total", (situation,), Years.to_come(count)))
        return
    ahead = line(Query("total", (situation,), Years.to_come(count)))
    whole = line(Query("total", (situation,), Years.first(count)))
    assert ahead.paths[0].total + path.total == whole.paths[0].total


@settings(max_examples=300, deadline=None)
@given(days, st.integers(2020, 2034))
def test_a_calendar_year_touches_the_contract_years_in_progress(signed: date, year: int) -> None:
    situation = Situation(Case(fte=1.0, band="p30_p89", contract_date=signed))
    query = Query("amount", (situation,), Years.during(date(year, 1, 1), date(year, 12, 31)))
    if year < signed.year:
        with pytest.raises(aid.InvalidInput):
            line(query)
        return
    found = [each.year for each in line(query).years]
    last = year - signed.year + 1
    opens_the_year = (signed.month, signed.day) == (1, 1)
    assert found == ([last] if last == 1 or opens_the_year else [last - 1, last])


@settings(max_examples=300, deadline=None)
@given(posts, bands, st.integers(1, 9), st.integers(10_000, 90_000))
def test_what_remains_is_the_cost_minus_the_aid(
    fte: float, band: aid.Band, year: int, cost: int
) -> None:
    situation = Situation(Case(fte=fte, band=band))
    found = line(Query("left_to_pay", (situation,), Years.of(year), cost_eur=cost))
    assert found.cost_eur == cost
    assert found.paths[0].amounts == (on_day(fte, band, year, "nouveau"),)


def test_the_cost_of_the_issue() -> None:
    """36 000 € in all, 4th year, P50: 14 000 € remain."""
    situation = Situation(Case(fte=1.0, band="p30_p89"))
    found = line(Query("left_to_pay", (situation,), Years.of(4), cost_eur=36000))
    assert found.cost_eur is not None
    assert found.cost_eur - found.paths[0].amounts[0] == 14000


@settings(max_examples=300, deadline=None)
@given(posts, st.sampled_from((*BANDS, None)), ranks)
def test_the_extremes_are_the_largest_and_the_smallest_cell(
    fte: float, band: aid.Band | None, years: list[int]
) -> None:
    situation = Situation(Case(fte=fte, band=band))
    answer = aid.answer(Query("highest", (situation,), Years.of(*years)), PARAMS, TODAY)
    cells = [on_day(fte, b, y, "nouveau") for b in ((band,) if band else BANDS) for y in years]
    assert answer.extremes == (min(cells), max(cells))


def every_cell() -> set[int]:
    single = {cell for lines in TABLE.values() for line in lines.values() for cell in line}
    return single | {cell for line in SECOND.values() for cell in line.values()}


@pytest.mark.parametrize("amount", sorted(every_cell()))
def test_every_amount_is_found_where_it_stands(amount: int) -> None:
    """Both scales: each place found has the amount, and each cell with it is found."""
    query = Query("reverse", (Situation(Case()),), Years("table"), cited=(amount,))
    (cited,) = aid.answer(query, PARAMS, TODAY).cited
    found = {(p.scale, p.fte, p.band, p.year) for p in cited.places if p.count is None}
    wanted = {
        (scale, fte, band, year)
        for scale in ("ancien", "nouveau")
        for fte in (0.5, 1.0, 1.5, 2.0)
        for band in BANDS
        for year in (1, 2, 3)
        if (fte <= 1 or (year == 3 and scale == "nouveau"))
        and on_day(fte, band, year, scale) == amount
    }
    # The fixed amount of P95 is one line for all years.
    kept = {each for each in wanted if each[2] != TOP or each[3] == (1 if each[1] <= 1 else 3)}
    assert found == kept


@pytest.mark.parametrize(
    ("fields", "years", "amount", "verdict"),
    [
        ({"fte": 1.0}, (1,), 38000, "right"),
        ({"fte": 1.0}, (1,), 36000, "former_scale"),
        ({"fte": 1.0}, (1,), 28000, "other_case"),
        ({"fte": 1.0}, (1,), 12345, "nowhere"),
        ({"fte": 1.0, "contract_date": date(2023, 5, 2)}, (2,), 27000, "right"),
        ({"fte": 1.0, "contract_date": date(2023, 5, 2)}, (2,), 28000, "other_case"),
        ({"fte": 2.0}, (3,), 76000, "right"),
        ({"fte": 2.0, "band": "p30_p89"}, (3,), 76000, "other_case"),
        ({"fte": 1.0}, (1, 2, 3, 4, 5), 132000, "other_case"),
    ],
)
def test_an_amount_read_elsewhere_is_judged(
    fields: dict[str, object], years: tuple[int, ...], amount: int, verdict: str
) -> None:
    situation = Situation(replace(Case(), **fields))  # type: ignore[arg-type]
    query = Query("reverse", (situation,), Years.of(*years), cited=(amount,))
    (cited,) = aid.answer(query, PARAMS, TODAY).cited
    assert cited.verdict == verdict
    assert bool(cited.places) == (verdict != "nowhere")


@settings(max_examples=200, deadline=None)
@given(st.lists(one_assistant, min_size=2, max_size=5), st.integers(1, 5))
def test_the_sum_of_the_doctors_is_that_of_their_sums(
    situations: list[Situation], count: int
) -> None:
    named = tuple(replace(each, name=f"Dr {place}") for place, each in enumerate(situations))
    answer = aid.answer(Query("total", named, Years.first(count)), PARAMS, TODAY)
    low, high = 0, 0
    for each in named:
        sums = [
            sum(expected(each, band, year) for year in range(1, count + 1))
            for band in ((each.case.band,) if each.case.band else BANDS)
        ]
        low, high = low + min(sums), high + max(sums)
    assert answer.total_range == (low, high)


@pytest.mark.parametrize("years", [Years.begun(), Years.now(), Years.to_come(5)])
def test_years_counted_from_today_need_the_day_of_the_contract(years: Years) -> None:
    with pytest.raises(aid.InvalidInput) as caught:
        line(Query("total", (Situation(Case(fte=1.0)),), years))
    assert caught.value.field == "date_contrat"


def test_the_year_told_stands_for_the_day_of_the_contract() -> None:
    """« je suis en 3e année, combien depuis le début ? »"""
    situation = Situation(Case(fte=1.0, band="p30_p89", contract_years=(3,)))
    assert line(Query("total", (situation,), Years.begun())).paths[0].total == 88000
