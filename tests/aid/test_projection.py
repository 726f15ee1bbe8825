"""Years ahead, the second assistant, the tolerance, a whole practice."""

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


def test_a_second_assistant_waits_for_the_third_year(params: aid.Parameters, today: date) -> None:
    case = aid.Case(fte=1, band="p90_p94", contract_date=date(2025, 1, 10), in_zip=True)
    second = aid.second_assistant(case, params, today)
    assert second.from_year == 3
    assert "SECOND_ZIP" not in {reason.code for reason in second.missing}
    assert "SECOND_MEP" in {reason.code for reason in second.missing}


def test_an_old_contract_waits_for_its_first_year_on_the_new_scale(
    params: aid.Parameters, today: date
) -> None:
    case = aid.Case(contract_date=date(2020, 1, 10), scale="ancien", band="p30_p89")
    second = aid.second_assistant(case, params, today)
    assert second.from_year == 6


def test_a_second_assistant_is_refused_to_a_mep(params: aid.Parameters, today: date) -> None:
    second = aid.second_assistant(aid.Case(is_mep=True, band="p30_p89"), params, today)
    assert "SECOND_MEP" in {each.code for each in second.missing if each.state == "not_met"}


@pytest.mark.parametrize(("initial", "kept"), [(1000, 900), (775, 698), (1001, 901), (0, 0)])
def test_ten_percent_fewer_patients_are_tolerated(
    initial: int, kept: int, params: aid.Parameters, today: date
) -> None:
    """1 000 → 900 is kept, 899 is not (domain.md C.6)."""
    assert aid.tolerance(initial, params, today).min_patients == kept


def test_a_negative_panel_has_no_tolerance(params: aid.Parameters, today: date) -> None:
    with pytest.raises(aid.InvalidInput):
        aid.tolerance(-1, params, today)


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
