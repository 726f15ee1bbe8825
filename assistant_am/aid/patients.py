"""The panel of patients: P30, the only threshold the sources put a number on."""

from __future__ import annotations

from datetime import date

from assistant_am.french import format as fr

from .case import Case
from .conditions import reason
from .errors import Contradiction
from .parameter_model import Parameters
from .results import Reason
from .vocabulary import BELOW_P30, FRENCH_NAMES, GENERAL_PRACTICE


def refuse_contradiction(case: Case, params: Parameters, today: date) -> None:
    """Only the general practitioners' threshold is known, hence the only one to contradict."""
    below = _below_threshold(case, params, today)
    if below is None or case.band is None or below is (case.band == BELOW_P30):
        return
    threshold = fr.number(params.gp_threshold.at(today))
    p30 = params.p30.at(today)
    place = "au moins" if not below else "moins de"
    band = f"sous P{p30}" if not below else f"à P{p30} ou plus"
    raise Contradiction(
        (FRENCH_NAMES["patient_count"], FRENCH_NAMES["band"]),
        f"En médecine générale, P{p30} correspond à {threshold} patients : vous indiquez "
        f"{place} {threshold} patients et une tranche {band}. Laquelle de ces deux "
        "informations faut-il garder ?",
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
    below = is_below_p30(case, params, today)
    p30 = f"P{params.p30.at(today)}"
    threshold = f"{fr.number(params.gp_threshold.at(today))} patients"
    if below is None:
        return _unknown_patients(case, p30, params.gp_threshold.at(today))
    brief = "de votre patientèle"
    told = _told(case)
    if not below:
        sentence = f"Votre patientèle atteint {p30}."
        if told and case.specialty == GENERAL_PRACTICE:
            exactly = case.patient_count == params.gp_threshold.at(today)
            place = "juste au" if exactly else "au-dessus du"
            sentence = f"{told} : {place} seuil de {threshold} ({p30})."
        return reason("PATIENTS", "patients", "met", sentence, brief=brief)
    if case.newly_installed:
        percentile = params.p50.dated(today)
        delay = params.new_doctor_percentile_delay.dated(today)
        return Reason(
            code="NEW_DOCTOR",
            condition="patients",
            state="unknown",
            source=delay.reference.source,
            sentence_fr=(
                f"Votre patientèle est sous {p30}, mais un médecin nouvellement installé a jusqu'à "
                f"{delay.value} ans pour atteindre P{percentile.value} : votre CPAM dira si vous "
                "pouvez signer dès maintenant."
            ),
            brief_fr="de l'accord de votre CPAM pour une installation récente",
        )
    needed = f"{p30} de votre spécialité"
    if case.specialty == GENERAL_PRACTICE:
        needed = f"{threshold} ({p30} en médecine générale)"
    opening = f"{told} : il" if told else "Il"
    sentence = (
        f"{opening} faut au moins {needed}. En l'atteignant, vous rempliriez cette condition."
    )
    return reason("BELOW_P30", "patients", "not_met", sentence, brief=brief)


def _told(case: Case) -> str:
    """« 700 patients », when a number was told."""
    return "" if case.patient_count is None else f"{fr.number(case.patient_count)} patients"


def _unknown_patients(case: Case, p30: str, needed: int) -> Reason:
    threshold = f"{fr.number(needed)} patients"
    fields: tuple[str, ...] = ("band",)
    if case.specialty == GENERAL_PRACTICE:
        sentence = f"Patientèle à préciser : il faut au moins {threshold} ({p30})."
        fields = ("patient_count", "band")
        brief = f"de votre patientèle ({p30} au moins)"
        return reason(
            "PATIENTS_UNKNOWN", "patients", "unknown", sentence, brief=brief, decided_by=fields
        )
    code = "THRESHOLD_UNKNOWN"
    if case.specialty is None:
        sentence = (
            f"Patientèle à préciser : il faut atteindre {p30}, soit au moins {threshold} en "
            "médecine générale ; le nombre n'est pas publié dans nos sources ailleurs."
        )
        if case.patient_count is not None:
            reaches = "atteint" if case.patient_count >= needed else "n'atteint pas"
            sentence = (
                f"{_told(case)}, c'est un nombre qui {reaches} le seuil d'un généraliste "
                f"({fr.number(needed)}, {p30}) ; celui des autres spécialités n'est pas publié "
                "dans nos sources."
            )
            code = "THRESHOLD_UNKNOWN" if case.patient_count >= needed else "UNDER_GP_THRESHOLD"
        brief = f"de votre patientèle ({p30} au moins)"
    else:
        sentence = (
            f"Il faut une file active d'au moins {p30} ; le nombre de patients correspondant n'est "
            "pas publié dans nos sources : votre CPAM connaît votre percentile."
        )
        brief = f"de votre file active ({p30} au moins)"
    return reason(code, "patients", "unknown", sentence, brief=brief, decided_by=fields)
