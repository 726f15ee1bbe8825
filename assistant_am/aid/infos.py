"""What a doctor should know beside the conditions; none of it refuses anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant_am.french import format as fr

from .case import Case
from .parameter_model import Parameters
from .patients import is_below_p30
from .results import Notice


def eligibility_infos(case: Case, params: Parameters, today: date) -> tuple[Notice, ...]:
    return tuple(_infos(case, params, today))


def _infos(case: Case, params: Parameters, today: date) -> Iterator[Notice]:
    yield Notice(
        "ADJUSTMENTS",
        "Des aménagements sont possibles en cas de handicap, de maladie chronique ou d'activité "
        "mixte : voyez votre CPAM.",
        "ameli_bdr",
    )
    yield Notice(
        "GROUP_PRACTICE",
        "L'Assurance Maladie n'exige pas d'exercice regroupé ; Akeia (2025) le cite encore.",
        "ameli_bdr",
    )
    training = params.training_delay.dated(today)
    yield Notice(
        "TRAINING",
        "L'AM doit être formé, ou s'engager à obtenir le CQP ou la FAE dans les "
        f"{training.value} ans qui suivent l'embauche.",
        training.reference.source,
    )
    if case.is_mep and (case.fte is None or not params.tables[case.fte].has_second_assistant):
        yield Notice(
            "FIRST_ASSISTANT_MEP",
            "Être médecin à exercice particulier (MEP) n'exclut pas de l'aide à un premier AM, "
            "seulement à un deuxième.",
            "ameli_bdr",
        )
    if case.specialty in params.fee_tested_specialties.at(today):
        yield _fee_test(params, today)
    if case.is_65_or_more:
        yield _upkeep_at_65(params, today)
    if case.specialty in params.upkeep_specialties.at(today):
        yield Notice(
            "UPKEEP_LARGEST",
            "Généralistes et pédiatres aux patientèles les plus importantes : l'objectif est le "
            "maintien de la patientèle ; le percentile où cela commence n'est pas indiqué.",
            params.upkeep_specialties.dated(today).reference.source,
        )
    if case.newly_installed:
        yield _new_doctor(params, today)
    elif case.newly_installed is None and is_below_p30(case, params, today):
        yield Notice(
            "NEW_DOCTOR_NOTE",
            "Si vous êtes nouvellement installé, ce seuil n'est pas un refus.",
            "akeia",
        )


def _fee_test(params: Parameters, today: date) -> Notice:
    share = params.clinical_share.dated(today)
    return Notice(
        "FEE_TEST",
        "La page nationale d'ameli.fr demande pour cette spécialité au moins "
        f"{fr.percent(share.value)} d'honoraires cliniques sur les douze mois précédant la "
        "signature : vérifiez-le auprès de votre CPAM.",
        share.reference.source,
    )


def _upkeep_at_65(params: Parameters, today: date) -> Notice:
    age, tolerance = params.upkeep_age.at(today), params.upkeep_tolerance.dated(today)
    return Notice(
        "UPKEEP_65",
        f"À {age} ans et plus, l'objectif est le maintien de la patientèle ; une baisse de "
        f"{fr.percent(tolerance.value)} au plus est tolérée.",
        tolerance.reference.source,
    )


def _new_doctor(params: Parameters, today: date) -> Notice:
    delay, percentile = params.new_doctor_delay.dated(today), params.p50.at(today)
    years = params.new_doctor_percentile_delay.at(today)
    return Notice(
        "NEW_DOCTOR_OBJECTIVE",
        f"Nouvellement installé : un nouvel objectif est fixé au terme des {years} premières "
        f"années du contrat, ou dès P{percentile} ; vous avez alors {delay.value} ans pour "
        "l'atteindre.",
        delay.reference.source,
    )
