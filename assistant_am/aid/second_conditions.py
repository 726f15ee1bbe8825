"""Conditions of a second assistant (options of 1.5 and 2 ETP): all are required."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant_am.french import format as fr

from .case import Case
from .conditions import reason
from .contract_years import current_rank, start_of_year, year_scale
from .parameter_model import AmountTable, Parameters
from .phrases import Sayings
from .results import Reason
from .vocabulary import GENERAL_PRACTICE, GENERAL_ROW, State


def second_conditions(case: Case, params: Parameters, today: date) -> tuple[Reason, ...]:
    """State of each condition; () when a single assistant is asked for."""
    table = params.tables.get(case.fte) if case.fte is not None else None
    if table is None or not table.has_second_assistant:
        return ()
    said = Sayings.on(params, today)
    first = case.first_contract_full_time
    return (
        _flag(said, "SECOND_ZIP", "in_zip", case.in_zip, "deuxieme_zip"),
        *_specialty(case, said),
        _flag(
            said, "SECOND_FIRST_CONTRACT", "first_contract_full_time", first,
            "deuxieme_premier_contrat",
        ),
        _flag(
            said, "SECOND_OBJECTIVES", "first_objectives_met", case.first_objectives_met,
            "deuxieme_objectifs",
        ),
        _year(case, params, table, today, said),
    )  # fmt: skip


def _specialty(case: Case, said: Sayings) -> tuple[Reason, ...]:
    is_gp = None if case.specialty is None else case.specialty == GENERAL_PRACTICE
    specialty = _flag(said, "SECOND_SPECIALTY", "specialty", is_gp, "deuxieme_specialite")
    if is_gp is False:
        return (specialty,)
    not_mep = None if case.is_mep is None else not case.is_mep
    return specialty, _flag(said, "SECOND_MEP", "is_mep", not_mep, "deuxieme_mep")


def _flag(said: Sayings, code: str, field: str, holds: bool | None, key: str) -> Reason:
    state: State = "unknown" if holds is None else "met" if holds else "not_met"
    sentence = {
        "unknown": "deuxieme_inconnu", "met": "deuxieme_rempli", "not_met": "deuxieme_refuse",
    }[state]  # fmt: skip
    rule = said.say(key)
    found = reason(
        said, code, code.lower(), state, sentence,
        brief=f"{key}_bref", decided_by=(field,), source=said.source(key), own={"regle": rule},
    )  # fmt: skip
    return replace(found, rule_fr=rule)


def _year(case: Case, params: Parameters, table: AmountTable, today: date, said: Sayings) -> Reason:
    first = table.ranks[0]
    years = case.contract_years or tuple(range(1, (case.horizon or 0) + 1))
    if not years and case.contract_date:
        years = (current_rank(case.contract_date, today),)
    state: State = "not_met"
    code, key = "SECOND_YEAR", "deuxieme_ancien_bareme"
    own = {"regle": said.say("deuxieme_annee")}
    if case.scale != "ancien" and not years:
        state, key = "unknown", "deuxieme_annee_inconnue"
    elif years and max(years) < first:
        key = "deuxieme_annee_trop_tot"
        own["debut"] = _start(case, first)
    elif any(_is_open(case, params, table, today, year) for year in years or (first,)):
        state, key = "met", "deuxieme_annee_remplie"
    else:
        code = "SECOND_SCALE"
    return reason(
        said, code, "second_year", state, key,
        brief="deuxieme_annee_bref", decided_by=("contract_years",),
        source=said.source("deuxieme_annee"), own=own,
    )  # fmt: skip


def _start(case: Case, rank: int) -> str:
    if case.contract_date is None:
        return ""
    return f", qui commence le {fr.long_date(start_of_year(case.contract_date, rank))}"


def _is_open(case: Case, params: Parameters, table: AmountTable, today: date, year: int) -> bool:
    day = year_scale(case, params, today, year).lookup_day
    return table.at(GENERAL_ROW, year, day) is not None
