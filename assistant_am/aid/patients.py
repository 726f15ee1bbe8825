"""The panel of patients: P30, the only threshold the sources put a number on."""

from __future__ import annotations

from datetime import date

from assistant_am.french import format as fr

from .case import Case
from .conditions import reason
from .errors import Contradiction
from .parameter_model import Parameters
from .phrases import Sayings
from .results import Reason
from .vocabulary import BELOW_P30, FRENCH_NAMES, GENERAL_PRACTICE


def refuse_contradiction(case: Case, params: Parameters, today: date) -> None:
    """Only the general practitioners' threshold is known, hence the only one to contradict."""
    below = _below_threshold(case, params, today)
    if below is None or case.band is None or below is (case.band == BELOW_P30):
        return
    said, p30 = Sayings.on(params, today), params.p30.at(today)
    place = "au moins" if not below else "moins de"
    band = f"sous P{p30}" if not below else f"à P{p30} ou plus"
    raise Contradiction(
        (FRENCH_NAMES["patient_count"], FRENCH_NAMES["band"]),
        said.say("contradiction", place=place, tranche=band),
    )


def _below_threshold(case: Case, params: Parameters, today: date) -> bool | None:
    if case.specialty != GENERAL_PRACTICE or case.patient_count is None:
        return None
    return case.patient_count < params.gp_threshold.at(today)


def is_below_p30(case: Case, params: Parameters, today: date) -> bool | None:
    """The panel is below P30: stated, or derived for a general practitioner; `None` unknown."""
    if case.band is not None:
        return case.band == BELOW_P30
    return _below_threshold(case, params, today)


def patients_condition(case: Case, params: Parameters, today: date) -> Reason:
    said = Sayings.on(params, today)
    below = is_below_p30(case, params, today)
    if below is None:
        return _unknown_patients(case, params.gp_threshold.at(today), said)
    counted = case.patient_count is not None
    is_gp = case.specialty == GENERAL_PRACTICE
    own = {"patients": _told(case)} if counted else {}
    if not below:
        key = "patientele_atteinte"
        if counted and is_gp:
            key = "patientele_comptee"
            exactly = case.patient_count == params.gp_threshold.at(today)
            own["place"] = "juste au" if exactly else "au-dessus du"
        return reason(said, "PATIENTS", "patients", "met", key, brief="patientele_bref", own=own)
    if case.newly_installed:
        return reason(
            said, "NEW_DOCTOR", "patients", "unknown", "installation_recente",
            brief="installation_recente_bref",
            source=params.new_doctor_percentile_delay.source(today),
        )  # fmt: skip
    own["minimum"] = said.say("minimum_generaliste" if is_gp else "minimum_specialiste")
    key = "patientele_insuffisante_comptee" if counted else "patientele_insuffisante"
    return reason(said, "BELOW_P30", "patients", "not_met", key, brief="patientele_bref", own=own)


def _told(case: Case) -> str:
    """« 700 patients », when a number was told."""
    return "" if case.patient_count is None else f"{fr.number(case.patient_count)} patients"


def _unknown_patients(case: Case, needed: int, said: Sayings) -> Reason:
    code, key, brief = "THRESHOLD_UNKNOWN", "file_active", "file_active_bref"
    fields: tuple[str, ...] = ("band",)
    own: dict[str, str] = {}
    if case.specialty == GENERAL_PRACTICE:
        code, key, brief = "PATIENTS_UNKNOWN", "patientele_a_preciser", "patientele_minimale_bref"
        fields = ("patient_count", "band")
    elif case.specialty is None:
        key, brief = "patientele_sans_specialite", "patientele_minimale_bref"
        if case.patient_count is not None:
            key = "patientele_comptee_sans_specialite"
            reached = case.patient_count >= needed
            code = code if reached else "UNDER_GP_THRESHOLD"
            own = {"patients": _told(case), "atteint": "atteint" if reached else "n'atteint pas"}
    return reason(said, code, "patients", "unknown", key, brief=brief, decided_by=fields, own=own)
