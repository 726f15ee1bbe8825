"""The words of a query on amounts: no figure but those computed, no claim that a cell denies."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant_am import aid
from assistant_am.aid import Case, Change, Query, Situation, Years
from assistant_am.rendering.answers import answer_blocks
from assistant_am.rendering.blocks import as_text

PARAMS = aid.load(Path(__file__).resolve().parents[2] / "knowledge")
TODAY = date(2026, 11, 22)
BANDS = ("p30_p89", "p90_p94", "p95_plus", None)
_EUROS = re.compile(r"(\d{1,3}(?:\u00a0\d{3})*(?:,\d{2})?)\u00a0€")

situations = st.builds(
    Situation,
    case=st.builds(
        Case,
        fte=st.sampled_from((0.5, 1.0, 1.5, 2.0, None)),
        band=st.sampled_from(BANDS),
        contract_date=st.sampled_from((None, date(2022, 3, 1), date(2023, 9, 1), date(2025, 3, 1))),
        scale=st.sampled_from((None, None, "ancien", "nouveau")),
        gross_salary=st.just(2000.0),
    ),
    changes=st.sampled_from(((), (), (Change(2, fte=1.0),), (Change(3, band="p90_p94"),))),
)
spans = st.one_of(
    st.builds(Years.first, st.integers(1, 10)),
    st.builds(
        lambda ranks: Years.of(*ranks),
        st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True),
    ),
    st.just(Years()),
    st.just(Years.begun()),
    st.just(Years.to_come(6)),
    st.just(Years.now()),
    st.just(Years.during(date(2027, 1, 1), date(2027, 12, 31))),
)
queries = st.builds(
    Query,
    quantity=st.sampled_from(("amount", "total", "difference", "left_to_pay", "highest", "lowest")),
    situations=st.lists(situations, min_size=1, max_size=3).map(tuple),
    years=spans,
    unit=st.sampled_from(("year", "month", "percent")),
)


def allowed(answer: aid.Answer) -> set[float]:
    """Amounts, sums, differences and costs of an answer, by year and by month."""
    found: set[float] = set()
    for line in answer.lines:
        counts = {1, len(line.years) or 1}
        for path in line.paths:
            for amount in (*path.amounts, path.total):
                found.add(amount)
                found |= {round(amount / (12 * count), 2) for count in counts}
                if line.cost_eur is not None:
                    left = max(0, line.cost_eur - amount)
                    found |= {left, round(left / 12, 2)}
        if line.cost_eur is not None:
            found.add(line.cost_eur)
        refused = line.refused
        if refused and refused.fallback:
            found |= {a for year in refused.fallback.years for a in year.amounts}
    gaps = [*answer.year_gaps]
    if len(answer.lines) > 1:
        gaps += [*answer.gaps(), *answer.total_gaps()]
    found |= {abs(gap.euros) for gap in gaps} | {round(abs(gap.euros) / 12, 2) for gap in gaps}
    return found | set(answer.total_range or ())


def numbers(text: str) -> list[float]:
    return [float(n.replace("\u00a0", "").replace(",", ".")) for n in _EUROS.findall(text)]


@settings(max_examples=400, deadline=None)
@given(queries)
def test_every_figure_is_one_of_the_computation(query: Query) -> None:
    try:
        answer = aid.answer(query, PARAMS, TODAY)
    except aid.InvalidInput:
        return
    text = as_text(answer_blocks(answer))
    assert text
    assert "None" not in text
    known = allowed(answer)
    assert [n for n in numbers(text) if n not in known] == []


@settings(max_examples=200, deadline=None)
@given(situations, spans)
def test_an_amount_is_called_fixed_only_where_it_is(situation: Situation, years: Years) -> None:
    try:
        answer = aid.answer(Query("amount", (situation,), years), PARAMS, TODAY)
    except aid.InvalidInput:
        return
    text = as_text(answer_blocks(answer))
    for sentence in re.split(r"(?<=\.)\s", text):
        if "chaque année" in sentence:
            assert "P90 à P94" not in sentence.split("partir du P95")[-1]
            top = [p for p in answer.lines[0].paths if p.band == "p95_plus"]
            assert all(len(set(path.amounts)) == 1 for path in top)


def words(query: Query) -> str:
    return as_text(answer_blocks(aid.answer(query, PARAMS, TODAY))).replace("\u00a0", " ")


FULL = Situation(Case(fte=1.0))
HALF = Situation(Case(fte=0.5))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("amount", (FULL,)), "De P90 à P94 : 26 000 € à partir de la 3e année."),
        (Query("amount", (FULL,)), "À partir du P95 : 38 000 € chaque année, montant fixe."),
        (Query("total", (FULL,), Years.first(5)), "**132 000 € au maximum** sur 5 ans"),
        (Query("total", (FULL,), Years.of(1, 2)), "(P30 à P94) ; 76 000 € à partir du P95"),
        (
            Query("total", (Situation(Case(fte=2.0)),), Years.first(5)),
            "38 000 € la 1re année, 28 000 € la 2e année puis 44 000 € par an de la 3e à la 5e",
        ),
        (
            Query("total", (Situation(Case(fte=2.0)),), Years.of(3)),
            "**44 000 € par an au maximum** pour deux AM, 2 ETP au total",
        ),
        (Query("amount", (FULL,), Years.of(3), unit="month"), "**1 833,33 € par mois au maximum**"),
        (Query("difference", (HALF, FULL), Years.of(1)), "**19 000 € de plus par an**"),
        (Query("difference", (HALF,), Years.of(1, 2)), "**5 000 € de moins par an**"),
        (
            Query("difference", (HALF,), Years.of(1, 2), unit="percent"),
            "**−26,32 %**, soit 5 000 € de moins par an",
        ),
        (
            Query("amount", (Situation(Case(fte=0.5), changes=(Change(2, fte=1.0),)),)),
            "aucune source ne dit comment il est appliqué",
        ),
        (
            Query("left_to_pay", (FULL,), Years.of(4), cost_eur=36000),
            "**Il reste 14 000 € par an**",
        ),
        (
            Query("reverse", (Situation(Case()),), cited=(36000,)),
            "dans le barème d'avant juin 2024",
        ),
        (
            Query(
                "reverse",
                (Situation(Case(fte=1.0, contract_years=(1,))),),
                cited=(36000,),
            ),
            "était exact avant juin 2024, pour un temps plein (1 ETP), 1re année ; "
            "c'est aujourd'hui 38 000 €",
        ),
        (Query("reverse", (Situation(Case()),), cited=(12345,)), "n'est ni dans le barème actuel"),
        (Query("highest", (HALF, FULL)), "**Au plus 38 000 € par an**"),
    ],
)
def test_the_point_asked_is_said(query: Query, expected: str) -> None:
    assert expected in words(query)


@pytest.mark.parametrize("years", [Years.of(year) for year in (1, 2, 3, 4)])
@pytest.mark.parametrize("fte", [0.5, 1.0])
@pytest.mark.parametrize("band", BANDS)
def test_one_amount_is_short(years: Years, fte: float, band: aid.Band | None) -> None:
    """With the line of its source, 90 characters more, an amount is read at a glance."""
    assert len(words(Query("amount", (Situation(Case(fte=fte, band=band)),), years))) <= 330
