"""Can this doctor have the aid? Rules R1 to R7, every reason collected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant_am.french import format as fr

from .case import Case
from .conditions import reason
from .contract_years import check_date
from .gaps import eligibility_gaps
from .infos import eligibility_infos
from .parameter_model import Parameters
from .patients import patients_condition, refuse_contradiction
from .phrases import Sayings
from .reading import PERCENT
from .results import Assessment, Reason
from .second_conditions import second_conditions
from .vocabulary import State, Status


def assess(case: Case, params: Parameters, today: date) -> Assessment:
    """Collect the state of every condition; nothing is refused for want of information.

    Raises:
        Contradiction: the number of patients and the band exclude each other.
        InvalidInput: a contract date too far ahead.
    """
    refuse_contradiction(case, params, today)
    check_date(case, params, today)
    said = Sayings.on(params, today)
    conditions = (
        *_applicant(case, said),
        _sector(case, params, today, said),
        _specialty(case, params, today, said),
        patients_condition(case, params, today),
        *second_conditions(case, params, today),
    )
    return Assessment(
        status=status_of(conditions),
        conditions=conditions,
        infos=eligibility_infos(case, params, today),
        not_specified=eligibility_gaps(case, params, today),
    )


def status_of(conditions: Iterable[Reason]) -> Status:
    states = {condition.state for condition in conditions}
    if "not_met" in states:
        return "not_eligible"
    return "to_confirm" if "unknown" in states else "eligible"


def _applicant(case: Case, said: Sayings) -> tuple[Reason, ...]:
    if not case.is_structure:
        return ()
    return (reason(said, "STRUCTURE", "applicant", "not_met", "structure", brief="structure_bref"),)


def _sector(case: Case, params: Parameters, today: date, said: Sayings) -> Reason:
    admitted, rule = params.sectors.at(today), said.say("secteur_regle")
    source = params.sectors.source(today)
    state: State = "not_met"
    code, key, own = "SECTOR", "secteur_refuse", {"regle": rule}
    if case.sector is None:
        state, code, key = "unknown", "SECTOR_UNKNOWN", "secteur_a_preciser"
    elif case.sector in admitted:
        state, key, own = "met", "secteur_admis", {}
    else:
        joins = case.sector == "secteur_2_hors_optam" and "secteur_2_optam" in admitted
        own["remede"] = said.say("secteur_remede_optam" if joins else "secteur_remede")
    fields = ("sector",)
    return reason(
        said, code, "sector", state, key,
        brief="secteur_bref", decided_by=fields, source=source, own=own,
    )  # fmt: skip


def _specialty(case: Case, params: Parameters, today: date, said: Sayings) -> Reason:
    state: State = "met"
    code, key = "SPECIALTY", "specialite_admise"
    if case.specialty is None:
        state, code, key = "unknown", "SPECIALTY_UNKNOWN", "specialite_a_preciser"
    elif case.specialty in params.exception_specialties.at(today):
        return _exception(case, params, today, said)
    elif case.specialty in params.excluded_specialties.at(today):
        state, code, key = "not_met", "SPECIALTY_EXCLUDED", "specialite_exclue"
    fields = ("specialty",)
    return reason(said, code, "specialty", state, key, brief="specialite_bref", decided_by=fields)


def _exception(case: Case, params: Parameters, today: date, said: Sayings) -> Reason:
    """Surgeons: excluded by the reference page, but for those whose fees are mostly clinical."""
    technical = case.technical_percent
    state: State = "unknown"
    code, key, own = "SURGEON_EXCEPTION", "honoraires_exception", {}
    if technical is not None and technical > PERCENT - params.clinical_share.at(today):
        state, code, key = "not_met", "SURGEON_TECHNICAL", "honoraires_insuffisants"
        own = {"actes_techniques": fr.percent(technical)}
    source = params.exception_specialties.source(today)
    return reason(
        said, code, "specialty", state, key, brief="honoraires_bref", source=source, own=own
    )
