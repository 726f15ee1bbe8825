"""What a doctor should know beside the conditions; none of it refuses anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .case import Case
from .parameter_model import Parameters
from .patients import is_below_p30
from .phrases import Sayings
from .results import Notice
from .vocabulary import TOP_BAND


def eligibility_infos(case: Case, params: Parameters, today: date) -> tuple[Notice, ...]:
    said = Sayings.on(params, today)
    return tuple(
        Notice(code, said.say(key), source or said.source(key))
        for code, key, source in _infos(case, params, today)
    )


def _infos(case: Case, params: Parameters, today: date) -> Iterator[tuple[str, str, str | None]]:
    """Code, sentence, and the source of the parameter that it says."""
    yield "ADJUSTMENTS", "amenagements", None
    yield "GROUP_PRACTICE", "exercice_groupe", None
    yield "TRAINING", "formation", params.training_delay.source(today)
    if case.is_mep and (case.fte is None or not params.tables[case.fte].has_second_assistant):
        yield "FIRST_ASSISTANT_MEP", "mep_premier_am", None
    if case.specialty in params.fee_tested_specialties.at(today):
        yield "FEE_TEST", "honoraires_verifies", params.clinical_share.source(today)
    if case.is_65_or_more:
        yield "UPKEEP_65", "maintien_age", params.upkeep_tolerance.source(today)
    if case.specialty in params.upkeep_specialties.at(today):
        source = params.upkeep_specialties.source(today)
        # Worth saying in a talk to those of the largest panels only.
        code = "UPKEEP_TOP" if case.band == TOP_BAND else "UPKEEP_LARGEST"
        yield code, "maintien_patientele", source
    if case.newly_installed:
        yield "NEW_DOCTOR_OBJECTIVE", "nouvel_installe", params.new_doctor_delay.source(today)
    elif case.newly_installed is None and is_below_p30(case, params, today):
        yield "NEW_DOCTOR_NOTE", "nouvel_installe_seuil", None
