"""Conditions of a second assistant (options of 1.5 and 2 ETP): all are required."""

from __future__ import annotations

from datetime import date

from assistant_am.french import format as fr

from .case import Case
from .conditions import reason
from .contract_years import current_rank, start_of_year, year_scale
from .parameter_model import AmountTable, Parameters
from .results import Reason
from .vocabulary import GENERAL_PRACTICE, GENERAL_ROW, State


def second_conditions(case: Case, params: Parameters, today: date) -> tuple[Reason, ...]:
    """State of each condition; () when a single assistant is asked for."""
    table = params.tables.get(case.fte) if case.fte is not None else None
    if table is None or not table.has_second_assistant:
        return ()
    return (
        _flag(
            "SECOND_ZIP",
            "in_zip",
            case.in_zip,
            rule="exercer en zone d'intervention prioritaire (ZIP)",
            brief="de votre zone (ZIP)",
        ),
        *_specialty(case),
        _flag(
            "SECOND_FIRST_CONTRACT",
            "first_contract_full_time",
            case.first_contract_full_time,
            rule="avoir déjà signé un contrat pour un AM à temps plein",
            brief="d'un premier contrat à temps plein",
        ),
        _flag(
            "SECOND_OBJECTIVES",
            "first_objectives_met",
            case.first_objectives_met,
            rule="avoir atteint les objectifs de ce premier contrat",
            brief="des objectifs du premier contrat",
        ),
        _year(case, params, table, today),
    )


def _specialty(case: Case) -> tuple[Reason, ...]:
    is_gp = None if case.specialty is None else case.specialty == GENERAL_PRACTICE
    specialty = _flag(
        "SECOND_SPECIALTY",
        "specialty",
        is_gp,
        rule="être qualifié ou spécialiste en médecine générale",
        brief="de votre spécialité",
    )
    if is_gp is False:
        return (specialty,)
    not_mep = None if case.is_mep is None else not case.is_mep
    mep = _flag(
        "SECOND_MEP",
        "is_mep",
        not_mep,
        rule="ne pas être médecin à exercice particulier (MEP)",
        brief="de votre type d'exercice (MEP ou non)",
    )
    return specialty, mep


def _flag(code: str, field: str, holds: bool | None, *, rule: str, brief: str) -> Reason:
    state: State = "unknown" if holds is None else "met" if holds else "not_met"
    sentence = {
        "unknown": f"Deuxième AM, à préciser : il faut {rule}.",
        "met": f"Deuxième AM : {rule}, oui.",
        "not_met": f"Deuxième AM, condition non remplie : {rule}.",
    }[state]
    return reason(code, code.lower(), state, sentence, brief=brief, decided_by=(field,), rule=rule)


def _year(case: Case, params: Parameters, table: AmountTable, today: date) -> Reason:
    first = table.ranks[0]
    rule = f"un deuxième AM n'est aidé qu'à partir de la {fr.year_rank(first)} de contrat"
    brief = "de votre année de contrat"
    years = case.contract_years or tuple(range(1, (case.horizon or 0) + 1))
    if not years and case.contract_date:
        years = (current_rank(case.contract_date, today),)
    if case.scale != "ancien" and not years:
        sentence = f"Année de contrat à préciser : {rule}."
        fields = ("contract_years",)
        return reason(
            "SECOND_YEAR", "second_year", "unknown", sentence, brief=brief, decided_by=fields
        )
    if years and max(years) < first:
        sentence = f"Trop tôt : {rule}{_start(case, first)}."
        return reason("SECOND_YEAR", "second_year", "not_met", sentence, brief=brief)
    if any(_is_open(case, params, table, today, year) for year in years or (first,)):
        sentence = f"Année de contrat : {rule}, oui."
        return reason("SECOND_YEAR", "second_year", "met", sentence, brief=brief)
    sentence = (
        "L'aide à un deuxième AM n'existe que depuis la convention 2024 "
        f"({fr.long_date(params.agreement_start.latest)}) : l'ancien barème n'en a pas."
    )
    return reason("SECOND_SCALE", "second_year", "not_met", sentence, brief=brief)


def _start(case: Case, rank: int) -> str:
    if case.contract_date is None:
        return ""
    return f", qui commence le {fr.long_date(start_of_year(case.contract_date, rank))}"


def _is_open(case: Case, params: Parameters, table: AmountTable, today: date, year: int) -> bool:
    day = year_scale(case, params, today, year).lookup_day
    return table.at(GENERAL_ROW, year, day) is not None
