"""Words and sentences for results of the aid, shared by text, picture, page and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from assistant_am.aid import (
    FRENCH_NAMES,
    Band,
    BandAmount,
    Case,
    Estimate,
    Names,
    Reason,
    Scale,
    YearAmount,
)
from assistant_am.french import format as fr

STATUS_KEYS = {
    "eligible": "eligible",
    "to_confirm": "a_confirmer",
    "not_eligible": "non_eligible",
}

_FIELD_LABELS = {
    "fte": "Quotité",
    "contract_years": "Années de contrat",
    "horizon": "Nombre d'années",
    "band": "Tranche de patientèle",
    "patient_count": "Patients",
    "scale": "Barème",
    "contract_date": "Date du contrat",
    "specialty": "Spécialité",
    "sector": "Secteur",
    "newly_installed": "Nouvellement installé",
    "in_zip": "Exercice en ZIP",
    "is_mep": "Exercice particulier (MEP)",
    "first_contract_full_time": "Premier contrat à temps plein",
    "first_objectives_met": "Objectifs du premier contrat atteints",
    "attainment": "Objectifs atteints",
    "is_structure": "Demande d'une structure",
    "gross_salary": "Salaire brut mensuel à temps plein",
}

_VALUE_LABELS = {
    "secteur_1": "secteur 1",
    "secteur_2_optam": "secteur 2, OPTAM",
    "secteur_2_optam_co": "secteur 2, OPTAM-CO (Optam-ACO)",
    "secteur_2_hors_optam": "secteur 2, hors OPTAM",
    "non_conventionne": "non conventionné",
    "medecine_generale": "médecine générale",
    "pediatrie": "pédiatrie",
    "orl": "ORL",
    "gynecologie": "gynécologie",
    "autre_eligible": "autre spécialité admise",
    "radiotherapie": "radiothérapie",
    "anesthesie": "anesthésie",
    "anatomo_cytopathologie": "anatomo-cytopathologie",
    "medecine_nucleaire": "médecine nucléaire",
}


def field_name(french: str, names: Names) -> str:
    """« Tranche de patientèle » for the key `tranche`."""
    fields = {key: field for field, key in FRENCH_NAMES.items()}
    return _label(fields[french], names) if french in fields else "Date du calcul"


def inputs(case: Case, names: Names) -> list[tuple[str, str]]:
    """What the person said, as (label, value); what is unknown is left out."""
    given = ((name, getattr(case, name)) for name in FRENCH_NAMES)
    return [
        (_label(name, names), _value(name, value, names))
        for name, value in given
        if value is not None and value != ()
    ]


def _label(name: str, names: Names) -> str:
    return f"{names.senior} ou plus" if name == "is_65_or_more" else _FIELD_LABELS[name]


def _value(name: str, value: object, names: Names) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return fr.long_date(value)
    if isinstance(value, tuple):
        return ", ".join(fr.ordinal(rank) for rank in value)
    formats = {"fte": fr.fte, "gross_salary": fr.euros}
    if isinstance(value, (int, float)):
        return formats.get(name, fr.number)(value)
    if name == "band":
        return names.band(cast(Band, value))
    if name == "scale":
        return names.scale(cast(Scale, value))
    return _VALUE_LABELS.get(str(value), str(value))


def subject_to(reasons: Iterable[Reason]) -> str:
    """ "Sous réserve de votre secteur et de votre spécialité.", each condition once."""
    briefs = dict.fromkeys(reason.brief_fr for reason in reasons)
    return f"Sous réserve {fr.listing(briefs)}."


def amounts(possible: Iterable[BandAmount], names: Names) -> str:
    """ "22 000 € (P30 à P89) ou 38 000 € (P95 et plus)", by number of FTE when several."""
    by_fte: dict[float, list[BandAmount]] = {}
    for amount in possible:
        by_fte.setdefault(amount.fte, []).append(amount)
    texts = {fte: _by_band(group, names) for fte, group in by_fte.items()}
    if len(texts) == 1:
        return next(iter(texts.values()))
    return " ; ".join(f"{text} pour {fr.fte(fte)}" for fte, text in texts.items())


def _by_band(group: Iterable[BandAmount], names: Names) -> str:
    bands: dict[int, list[str]] = {}
    for amount in group:
        bands.setdefault(amount.max_eur, []).append(names.band(amount.band))
    if len(bands) == 1:
        return fr.euros(next(iter(bands)))
    parts = (f"{fr.euros(euros)} ({fr.listing(told)})" for euros, told in bands.items())
    return fr.listing(parts, "ou")


def year_name(year: YearAmount) -> str:
    return fr.year_rank(year.year, and_following=year.and_following)


def headline(estimate: Estimate) -> str:
    """The answer in one or two sentences: refusal first, or amounts with their condition."""
    if estimate.status == "not_eligible":
        text = " ".join(reason.sentence_fr for reason in estimate.assessment.reasons)
        if estimate.fallback and estimate.fallback.years:
            text += (
                f" Pour un seul AM à temps plein, par an au maximum : {_years(estimate.fallback)}."
            )
        return text
    text = f"Par an, au maximum : {_years(estimate)}{_for_whom(estimate)}."
    total = estimate.total_range
    if total and len(estimate.years) > 1:
        low, high = (fr.euros(euros) for euros in total)
        span = low if low == high else f"de {low} à {high}, selon ce que vous préciserez"
        text += f" Total sur {len(estimate.years)} ans : {span}."
    if estimate.status == "to_confirm":
        text += f" {subject_to(estimate.assessment.reasons)}"
    return text


def summary(estimate: Estimate) -> str:
    """The headline above a table that holds each year: the sum, its condition, or the refusal."""
    total = estimate.total_range
    if not total:
        return headline(estimate)
    low, high = (fr.euros(euros) for euros in total)
    span = low if low == high else f"de {low} à {high}, selon ce que vous préciserez"
    count = len(estimate.years)
    when = f"Sur {count} ans" if count > 1 else f"En {year_name(estimate.years[0])}"
    text = f"{when}, au maximum : {span}{_for_whom(estimate)}."
    if estimate.status == "to_confirm":
        text += f" {subject_to(estimate.assessment.reasons)}"
    return text


def _years(estimate: Estimate) -> str:
    return " ; ".join(
        f"{amounts(y.possible, estimate.names)} en {year_name(y)}" for y in estimate.years
    )


def _for_whom(estimate: Estimate) -> str:
    case = estimate.case
    known = [] if case.fte is None else [fr.fte(case.fte)]
    known += [] if case.band is None else [estimate.names.band(case.band)]
    return f" ({', '.join(known)})" if known else ""
