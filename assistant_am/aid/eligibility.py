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
from .results import Assessment, Reason
from .second_conditions import second_conditions
from .vocabulary import State, Status

_ALL = 100
"""Per cent."""


def assess(case: Case, params: Parameters, today: date) -> Assessment:
    """Collect the state of every condition; nothing is refused for want of information.

    Raises:
        Contradiction: the number of patients and the band exclude each other.
        InvalidInput: a contract date too far ahead.
    """
    refuse_contradiction(case, params, today)
    check_date(case, params, today)
    conditions = (
        *_applicant(case),
        _sector(case, params, today),
        _specialty(case, params, today),
        patients_condition(case, params, today),
        *second_conditions(case, params, today),
    )
    return Assessment(
        status=status_of(conditions),
        conditions=conditions,
        infos=eligibility_infos(case, params, today),
        not_specified=eligibility_gaps(case, params),
    )


def status_of(conditions: Iterable[Reason]) -> Status:
    states = {condition.state for condition in conditions}
    if "not_met" in states:
        return "not_eligible"
    return "to_confirm" if "unknown" in states else "eligible"


def _applicant(case: Case) -> tuple[Reason, ...]:
    if not case.is_structure:
        return ()
    return (
        Reason(
            code="STRUCTURE",
            condition="applicant",
            state="not_met",
            source="akeia",
            sentence_fr=(
                "L'aide individuelle est versée au médecin, pas à une structure (SISA, SCM, SCP). "
                "Une aide collective est signalée pour certains groupes de généralistes : "
                "demandez ses conditions à votre CPAM."
            ),
            brief_fr="du demandeur",
        ),
    )


def _sector(case: Case, params: Parameters, today: date) -> Reason:
    brief = "de votre secteur (1, ou 2 avec OPTAM)"
    rule = "l'aide est réservée au secteur 1 et au secteur 2 avec l'OPTAM ou l'OPTAM-CO"
    state: State
    if case.sector is None:
        state, code, sentence = "unknown", "SECTOR_UNKNOWN", f"Secteur à préciser : {rule}."
    elif case.sector in params.sectors.at(today):
        state, code, sentence = "met", "SECTOR", "Votre secteur ouvre droit à l'aide."
    else:
        change = "En rejoignant l'un d'eux, vous rempliriez cette condition."
        if case.sector == "secteur_2_hors_optam":
            change = "En adhérant à l'OPTAM, vous rempliriez cette condition."
        state, code, sentence = "not_met", "SECTOR", f"Secteur : {rule}. {change}"
    return reason(code, "sector", state, sentence, brief=brief, decided_by=("sector",))


def _specialty(case: Case, params: Parameters, today: date) -> Reason:
    brief = "de votre spécialité"
    if case.specialty is None:
        sentence = "Spécialité à préciser : presque toutes ouvrent droit à l'aide."
        fields = ("specialty",)
        return reason(
            "SPECIALTY_UNKNOWN", "specialty", "unknown", sentence, brief=brief, decided_by=fields
        )
    if case.specialty in params.exception_specialties.at(today):
        return _exception(case, params, today)
    if case.specialty in params.excluded_specialties.at(today):
        sentence = (
            "Cette spécialité fait partie de celles qui n'ouvrent pas droit à l'aide ; "
            "seul un changement de la convention y changerait quelque chose."
        )
        return reason("SPECIALTY_EXCLUDED", "specialty", "not_met", sentence, brief=brief)
    return reason(
        "SPECIALTY", "specialty", "met", "Votre spécialité ouvre droit à l'aide.", brief=brief
    )


def _exception(case: Case, params: Parameters, today: date) -> Reason:
    """Surgeons: excluded by the reference page, but for those whose fees are mostly clinical."""
    clinical = params.clinical_share.at(today)
    share = fr.percent(clinical)
    technical = case.technical_percent
    source = params.exception_specialties.dated(today).reference.source
    brief = "de votre part d'honoraires cliniques"
    if technical is not None and technical > _ALL - clinical:
        sentence = (
            f"Avec {fr.percent(technical)} d'actes techniques, vous n'avez pas les {share} "
            "d'honoraires cliniques qu'admet la page nationale pour la chirurgie, exclue sinon. "
            f"Avec au moins {share}, l'exception serait à confirmer par votre CPAM."
        )
        return Reason("SURGEON_TECHNICAL", "specialty", "not_met", source, sentence, brief)
    return Reason(
        code="SURGEON_EXCEPTION",
        condition="specialty",
        state="unknown",
        source=source,
        sentence_fr=(
            "La chirurgie est exclue selon la page de référence de l'Assurance Maladie ; la "
            f"page nationale admet une exception à partir de {share} d'honoraires cliniques : "
            "à vérifier auprès de votre CPAM."
        ),
        brief_fr=brief,
    )
