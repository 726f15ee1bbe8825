"""Plain forms of French text, to compare what people type with what we wait for."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‑": "-"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE"})
_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)?")


def straighten(text: str) -> str:
    """Straight apostrophes and plain spaces; the length is kept, so that offsets stay true."""
    text = text.translate(_APOSTROPHES)
    return re.sub(r"[\u00a0\u202f\u2007\u2009\t]", " ", text)


def strip_accents(text: str) -> str:
    """Letters without accents; the length may change (ligatures)."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes."""
    return strip_accents(straighten(text)).lower()


def fold_keeping_offsets(text: str) -> str:
    """As `fold`, one character for each of the text (a ligature keeps its first letter)."""
    return "".join(fold(char)[:1] or " " for char in text)


def words(text: str) -> list[str]:
    """Folded words of a text, decimals kept whole: « 0,5 ETP » → ["0,5", "etp"]."""
    return _WORD.findall(fold(text))
