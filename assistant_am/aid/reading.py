"""From French keys and values, typed or as text, to the fields of a `Case`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any, get_args

from assistant_am.french import format as fr

from .errors import InvalidInput, OutsideRules
from .parameter_model import AmountTable, Parameters
from .vocabulary import FRENCH_NAMES, Band, Scale, Sector, Specialty

_YES = frozenset({"oui", "true", "vrai", "1"})
_NO = frozenset({"non", "false", "faux", "0"})
_UNKNOWN = frozenset({"", "inconnu", "inconnue"})
_ALL_YEARS = "toutes"
PERCENT = 100
"""The whole."""
_PERCENTILE = re.compile(r"p?\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)


def read_fields(values: Mapping[str, object], params: Parameters) -> dict[str, Any]:
    """Fields of `Case` out of French keys; unknown values are left out.

    Raises:
        InvalidInput: unknown key, unreadable or impossible value.
        OutsideRules: a quotité that no source prices.
    """
    known = {french: field for field, french in FRENCH_NAMES.items()}
    fields: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise InvalidInput(key, f"« {key} » n'est pas une donnée du calcul de l'aide.")
        if not _is_unknown(value):
            field = known[key]
            fields[field] = _READERS[field](key, value, params)
    return fields


def table_of(fte: float, params: Parameters) -> AmountTable:
    """Table of a number of full-time equivalents.

    Raises:
        OutsideRules: the sources price other numbers only.
    """
    if fte in params.tables:
        return params.tables[fte]
    options = fr.listing((fr.number(option) for option in params.tables), "ou")
    known = f"Nos sources ne donnent des montants que pour {options}{fr.NBSP}ETP."
    closed = params.closed_fte.latest
    if round(fte, 1) == round(closed, 1):
        day = fr.long_date(params.third_time_closed_on.latest)
        known = f"Aucun nouveau contrat de ce type n'est signé depuis le {day}. {known}"
    raise OutsideRules(
        FRENCH_NAMES["fte"],
        f"Aucun montant n'est publié dans nos sources pour {fr.fte(fte)}.",
        known,
        "Pour votre situation, seule votre CPAM peut répondre.",
    )


def _is_unknown(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().lower() in _UNKNOWN
    return value is None or value in ((), [])


def _number(key: str, value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
        return value
    text = re.sub(r"[\s\u00a0\u202f]", "", str(value)).replace(",", ".")
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        raise InvalidInput(key, f"« {value} » n'est pas un nombre : écrivez-le en chiffres.")
    return float(text)


def _whole(key: str, value: object, low: int, high: int, refusal: str) -> int:
    """`refusal` says what is expected; {value} in it is what was given."""
    read = _number(key, value)
    if not low <= read <= high or read != int(read):
        raise InvalidInput(key, refusal.format(value=_spoken(value)))
    return int(read)


def _spoken(value: object) -> str:
    return fr.number(value) if isinstance(value, (int, float)) else str(value)


def _fte(key: str, value: object, params: Parameters) -> float:
    read = _number(key, value)
    if read <= 0:
        message = f"Un temps de travail est plus grand que zéro, pas {_spoken(value)}{fr.NBSP}ETP."
        raise InvalidInput(key, message)
    return table_of(read, params).fte


def _years(key: str, value: object, params: Parameters) -> tuple[int, ...]:
    text = str(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        text = " ".join(str(rank) for rank in value)
    if text.strip().lower() == _ALL_YEARS:
        return ()
    ranks = text.replace(",", " ").split()
    high = params.max_year.latest
    refusal = (
        "Il n'y a pas d'année de contrat « {value} » : les années se comptent à partir de la 1re, "
        f"et je les montre jusqu'à la {fr.ordinal(high)}."
    )
    return tuple(sorted({_whole(key, r, 1, high, refusal) for r in ranks}))


def _horizon(key: str, value: object, params: Parameters) -> int:
    high = params.max_horizon.latest
    refusal = (
        "« {value} ans », c'est plus que ce que je peux montrer : "
        f"jusqu'à {high} ans. À partir de la "
        f"{fr.year_rank(params.modulation_year.latest)}, le montant maximal ne change plus."
    )
    if isinstance(value, (int, float)) and value < 1:
        refusal = f"Donnez une durée d'un an au moins, jusqu'à {high} ans."
    return _whole(key, value, 1, high, refusal)


def _patients(key: str, value: object, params: Parameters) -> int:
    high = fr.number(params.max_patients.latest)
    refusal = f"« {{value}} » n'est pas un nombre de patients : de 0 à {high}, sans virgule."
    return _whole(key, value, 0, params.max_patients.latest, refusal)


def _band(key: str, value: object, params: Parameters) -> Band:
    text = str(value).strip().lower()
    for band in get_args(Band):
        if text == band:
            return band  # type: ignore[no-any-return]
    match = _PERCENTILE.fullmatch(text)
    if not match:
        message = (
            f"« {value} » n'est pas une tranche de patientèle : donnez un percentile, par exemple "
            f"P{params.p50.latest}."
        )
        raise InvalidInput(key, message)
    return band_of_percentile(_number(key, match.group(1)), params)


def band_of_percentile(percentile: float, params: Parameters) -> Band:
    """Band of a percentile of the national distribution; P90-P94 is [P90, P95).

    Raises:
        InvalidInput: not between 0 and 100.
    """
    if not 0 <= percentile <= PERCENT:
        raise InvalidInput(
            FRENCH_NAMES["band"],
            f"Un percentile va de 0 à {PERCENT}, {fr.number(percentile)} n'en est pas un.",
        )
    if percentile >= params.p95.latest:
        return "p95_plus"
    if percentile >= params.p90.latest:
        return "p90_p94"
    return "p30_p89" if percentile >= params.p30.latest else "sous_p30"


def _day(key: str, value: object, params: Parameters) -> date:
    day = value
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        message = f"« {value} » n'est pas une date : écrivez AAAA-MM-JJ."
        raise InvalidInput(key, message)
    first = params.first_day
    if day < first:
        message = f"L'aide n'existe que depuis le {fr.long_date(first)} : vérifiez la date."
        raise InvalidInput(key, message)
    return day


def _yes_no(key: str, value: object, params: Parameters) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text not in _YES | _NO:
        raise InvalidInput(key, f"Répondez par oui ou par non, pas « {value} ».")
    return text in _YES


def _salary(key: str, value: object, params: Parameters) -> float:
    read = _number(key, value)
    if read <= 0:
        message = f"Un salaire brut est plus grand que zéro, pas {_spoken(value)}."
        raise InvalidInput(key, message)
    return read


def _one_of(words: tuple[str, ...]) -> Callable[[str, object, Parameters], str]:
    def read(key: str, value: object, params: Parameters) -> str:
        text = str(value).strip().lower()
        if text not in words:
            known = ", ".join(word.replace("_", " ") for word in words)
            message = f"« {value} » n'est pas une valeur connue : {known}."
            raise InvalidInput(key, message)
        return text

    return read


_READERS: dict[str, Callable[[str, object, Parameters], object]] = {
    "fte": _fte,
    "contract_years": _years,
    "horizon": _horizon,
    "band": _band,
    "patient_count": _patients,
    "scale": _one_of(get_args(Scale)),
    "contract_date": _day,
    "specialty": _one_of(get_args(Specialty)),
    "sector": _one_of(get_args(Sector)),
    "is_65_or_more": _yes_no,
    "newly_installed": _yes_no,
    "in_zip": _yes_no,
    "is_mep": _yes_no,
    "first_contract_full_time": _yes_no,
    "first_objectives_met": _yes_no,
    "attainment": _yes_no,
    "is_structure": _yes_no,
    "gross_salary": _salary,
}
