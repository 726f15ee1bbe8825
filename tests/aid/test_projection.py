"""Years ahead, comparisons, the second assistant, the tolerance and the rises of 2024."""

from __future__ import annotations

from datetime import date

import pytest

from assistant_am import aid


def test_a_projection_begins_with_the_year_asked(params: aid.Parameters, today: date) -> None:
    case = aid.Case(fte=1, band="p30_p89", contract_years=(2,))
    years = aid.project(case, params, today, 3).estimate.years
    assert [year.year for year in years] == [2, 3, 4]


@pytest.mark.parametrize("horizon", [0, 11, -1])
def test_a_horizon_beyond_the_limits_is_refused(
    horizon: int, params: aid.Parameters, today: date
) -> None:
    with pytest.raises(aid.InvalidInput):
        aid.project(aid.Case(), params, today, horizon)


def test_half_time_full_time_and_second_assistant_side_by_side(
    params: aid.Parameters, today: date
) -> None:
    cases = [aid.Case(fte=fte, band="p30_p89") for fte in (0.5, 1, 2)]
    comparison = aid.compare(cases, params, today, 5)
    totals = [projection.estimate.total_eur for projection in comparison.projections]
    assert totals == [66000, 132000, 198000]
    assert [d.total_eur for d in comparison.differences] == [66000, 132000]


def test_the_difference_between_two_years(params: aid.Parameters, today: date) -> None:
    first, third = (
        aid.estimate(aid.Case(fte=1, band="p30_p89", contract_years=(y,)), params, today)
        for y in (1, 3)
    )
    assert aid.difference(first, third).total_eur == -16000
    assert aid.difference(first, third).years[0].difference_eur == -16000


def test_the_difference_between_the_two_scales(params: aid.Parameters, today: date) -> None:
    old, new = (
        aid.estimate(aid.Case(fte=0.5, band="p90_p94", scale=scale, horizon=3), params, today)
        for scale in ("ancien", "nouveau")
    )
    assert [y.difference_eur for y in aid.difference(old, new).years] == [1000, 500, 500]


def test_a_difference_with_an_open_amount_is_unknown(params: aid.Parameters, today: date) -> None:
    known = aid.estimate(aid.Case(fte=1, band="p30_p89", contract_years=(3,)), params, today)
    open_one = aid.estimate(aid.Case(fte=1, contract_years=(3,)), params, today)
    assert aid.difference(known, open_one).total_eur is None


def test_a_second_assistant_waits_for_the_third_year(params: aid.Parameters, today: date) -> None:
    case = aid.Case(fte=1, band="p90_p94", contract_date=date(2025, 1, 10), in_zip=True)
    second = aid.second_assistant(case, params, today)
    assert (second.from_year, second.from_date) == (3, date(2027, 1, 10))
    assert [option.total_eur for option in second.options] == [39000, 52000]
    assert second.fallback.total_eur == 26000
    assert "SECOND_ZIP" not in {reason.code for reason in second.missing}
    assert "SECOND_MEP" in {reason.code for reason in second.missing}


def test_an_old_contract_waits_for_its_first_year_on_the_new_scale(
    params: aid.Parameters, today: date
) -> None:
    case = aid.Case(contract_date=date(2020, 1, 10), scale="ancien", band="p30_p89")
    second = aid.second_assistant(case, params, today)
    assert (second.from_year, second.from_date) == (6, date(2025, 1, 10))


def test_a_refused_second_assistant_leaves_the_first(params: aid.Parameters, today: date) -> None:
    second = aid.second_assistant(aid.Case(is_mep=True, band="p30_p89"), params, today)
    assert second.status == "not_eligible"
    assert all(not option.years for option in second.options)
    assert second.fallback.total_eur == 22000


@pytest.mark.parametrize(("initial", "kept"), [(1000, 900), (775, 698), (1001, 901), (0, 0)])
def test_ten_percent_fewer_patients_are_tolerated(
    initial: int, kept: int, params: aid.Parameters, today: date
) -> None:
    """1 000 → 900 is kept, 899 is not (domain.md C.6)."""
    assert aid.tolerance(initial, params, today).min_patients == kept


def test_a_negative_panel_has_no_tolerance(params: aid.Parameters, today: date) -> None:
    with pytest.raises(aid.InvalidInput):
        aid.tolerance(-1, params, today)


def test_the_rises_of_2024_are_those_of_the_table(params: aid.Parameters) -> None:
    """B-14: 5,56 % (year 1, P95), 3,70 % (year 2), 4,76 % (year 3), 4,00 % (P90 to P94)."""
    rises = {(r.fte, r.band, r.year): (r.rise_eur, r.percent) for r in aid.uprating(params)}
    assert len(rises) == 14
    assert rises[0.5, "p30_p89", 1] == (1000, 5.56)
    assert rises[1, "p30_p89", 2] == (1000, 3.7)
    assert rises[1, "p30_p89", 3] == (1000, 4.76)
    assert rises[1, "p90_p94", 3] == (1000, 4.0)
    assert rises[1, "p95_plus", 1] == (2000, 5.56)


def test_a_practice_adds_up_only_what_is_known(params: aid.Parameters, today: date) -> None:
    text = (
        "medecin;quotite;annee;tranche;secteur\n"
        "A;1;1;p30_p89;\n"
        "B;0,5;1 2 3;p92;\n"
        "C;1;3;;\n"
        "D;1;1;;non_conventionne\n"
    )
    practice = aid.estimate_practice(text, params, today)
    assert [line.name for line in practice.lines] == ["A", "B", "C", "D"]
    assert practice.total_range == (38000 + 46000 + 22000, 38000 + 46000 + 38000)
    assert practice.without_amount == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("quotite,annee\n1,0\n3,1\n", "ligne 2.*\n.*ligne 3"),
        ("quotite,annee\n1\n", "ligne 2"),
        ("quotite,annee\n1,2,3\n", "ligne 2"),
        ("quotite,couleur\n1,bleu\n", "couleur"),
        ("quotite,annee\n", "aucune ligne"),
        ("", "aucune ligne"),
    ],
)
def test_a_faulty_file_names_its_lines(
    text: str, message: str, params: aid.Parameters, today: date
) -> None:
    with pytest.raises(aid.InvalidInput, match=f"(?s){message}"):
        aid.estimate_practice(text, params, today)
