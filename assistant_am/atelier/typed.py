"""What people type in a field, read as the French write it: numbers, days, texts."""

from __future__ import annotations

import datetime
import re
from typing import Any

_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_DECIMAL_POINT = re.compile(r"\d+\.\d{1,2}")
_TWO_READINGS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SPACES = re.compile(r"[ \u00a0\u202f]")
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_NUMBERED_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BEFORE_SIGN = re.compile(r" (?=[:;?!€%»])")
_AFTER_QUOTE = re.compile(r"« ")
LONGEST_TEXT = 5000
LONGEST_LINE = 400


class Misread(ValueError):
    """What was typed cannot be read; the text says why and what to write."""


def number(text: str) -> int | float:
    """« 1 801,50 » → 1801.5. Raises Misread."""
    text = text.strip()
    if _TWO_READINGS.fullmatch(text):
        raise Misread(
            f"« {text} » se lit de deux façons : écrivez « {re.sub('[.,]', '', text)} », "
            "ou une virgule et deux chiffres au plus."
        )
    if not (_GROUPED.fullmatch(text) or _DECIMAL_POINT.fullmatch(text)):
        raise Misread(f"« {text} » n'est pas un nombre : écrivez-le en chiffres seuls.")
    value = float(_SPACES.sub("", text).replace(",", "."))
    return int(value) if value.is_integer() else value


def day(text: str) -> str:
    """« 1/1/2027 » → « 2027-01-01 ». Raises Misread."""
    text = text.strip()
    french, numbered = _FRENCH_DAY.fullmatch(text), _NUMBERED_DAY.fullmatch(text)
    if not french and not numbered:
        raise Misread(f"« {text} » n'est pas une date : écrivez par exemple 31/12/2026.")
    parts = (french[3], french[2], french[1]) if french else numbered.groups()  # type: ignore[union-attr]
    try:
        return datetime.date(*(int(part) for part in parts)).isoformat()
    except ValueError:
        raise Misread(f"« {text} » est une date impossible : corrigez-la.") from None


def line(text: str) -> str:
    """One line. Raises Misread when it is too long."""
    return _bounded(" ".join(text.split("\n")).replace("\r", "").strip(), LONGEST_LINE)


def paragraph(text: str) -> str:
    """A text of several lines, with the spaces of French typography. Raises Misread."""
    kept = _bounded(text.replace("\r\n", "\n").strip(), LONGEST_TEXT)
    return _AFTER_QUOTE.sub("«\u00a0", _BEFORE_SIGN.sub("\u00a0", kept))


def _bounded(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Misread(f"ce texte est trop long : {longest} caractères au plus (ici {len(text)}).")
    return text


def shown(value: Any) -> str:
    """A kept value as one types it: 1801.5 → « 1801,5 »."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
