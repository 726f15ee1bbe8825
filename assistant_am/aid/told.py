"""What a message measures, decided by the limits: a percentile, an age, a number of patients.

Messages are read without the limits. A percentile comes as « p92 », a part of the distribution as
« <p30 », « >=p95 » or « p85-p92 », « !p30 » when it is said not to be reached; a number of patients
as a number, or « >=800 », « <775 », « <=600 » when only one side of it is told.
"""

from __future__ import annotations

import re

from .parameter_model import Parameters
from .reading import PERCENT, band_of_percentile
from .vocabulary import BELOW_P30, PAID_BANDS, Band

_FIGURE = r"\d+(?:\.\d+)?"
_PART = re.compile(rf"(?:(?P<side><|>=|!)|p(?P<low>{_FIGURE})-)?p(?P<high>{_FIGURE})")
_COUNT = re.compile(r"(?P<side><=?|>=)(?P<n>\d+)")


def band_told(told: str, params: Parameters) -> str | None:
    """The band that holds all of it; None when several do. What is no part of the distribution
    (« p150 », the name of a band) comes back as it was told: reading the case decides on it."""
    part = _PART.fullmatch(told)
    if not part:
        return told
    low, high = float(part["low"] or 0), float(part["high"])
    if max(low, high) > PERCENT:
        return f"p{max(low, high):g}"
    match part["side"]:
        case "<" | "!":
            return _one_band(0, high, params)
        case ">=":
            return _one_band(high, PERCENT, params, whole=True)
    return _one_band(low, high, params) if part["low"] else band_of_percentile(high, params)


def not_reached(told: str, params: Parameters) -> str | None:
    """« !p95 »: the band that is denied; None for what is no such thing."""
    part = _PART.fullmatch(told)
    if not part or part["side"] != "!" or float(part["high"]) > PERCENT:
        return None
    return band_of_percentile(float(part["high"]), params)


def is_of_upkeep_age(years: int, params: Parameters) -> bool:
    """Is a doctor of this age one whose objective is to keep the panel?"""
    return years >= params.upkeep_age.latest


def count_told(told: str | int, params: Parameters) -> int | None:
    """A number on the same side of the general practitioners' threshold as what was told; None
    when it may be on either side."""
    if isinstance(told, int):
        return told
    part = _COUNT.fullmatch(told)
    assert part, told
    count, threshold = int(part["n"]), params.gp_threshold.latest
    match part["side"]:
        case ">=":
            return count if count >= threshold else None
        case "<":
            return count - 1 if count <= threshold else None
    return count if count < threshold else None


def _one_band(low: float, high: float, params: Parameters, *, whole: bool = False) -> Band | None:
    """The band in which [low, high) lies, or [low, high] when `whole`."""
    limits = (params.p30.latest, params.p90.latest, params.p95.latest, PERCENT)
    bands: tuple[Band, ...] = (BELOW_P30, *PAID_BANDS)
    for band, limit in zip(bands, limits, strict=True):
        if low < limit or (whole and low == limit == PERCENT):
            return band if high <= limit else None
    return None
