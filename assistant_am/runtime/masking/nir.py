"""The number of the social security, cut at its fields or in one piece, with or without its key."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from assistant_am.runtime.masking.plain import GAP, Span, with_its_brackets

# Sex, year, month (20 and more: unknown), department, commune, order, and the key at times.
_NIR = re.compile(
    rf"(?<![0-9A-Za-z])(?P<number>[1-478]{GAP}\d\d{GAP}(?:0[1-9]|1[0-2]|[2-9]\d){GAP}"
    rf"(?:\d\d|2[AB]){GAP}\d{{3}}{GAP}\d{{3}})(?P<key>{GAP}\d\d)?(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_FIELDS = 6
"""Cut at each of them, the first digit alone: no amounts are written that way."""
_THOUSANDS = 3


def spans(text: str) -> Iterator[Span]:
    return (
        with_its_brackets(text, *match.span())
        for match in _NIR.finditer(text)
        if _has_its_key(match) or _is_cut_as_no_amounts_are(match)
    )


def _has_its_key(match: re.Match[str]) -> bool:
    if not match["key"]:
        return False
    number = re.sub(r"\W|_", "", match["number"]).upper()
    value = int(number.replace("2A", "19").replace("2B", "18"))
    return 97 - value % 97 == int(match["key"][-2:])


def _is_cut_as_no_amounts_are(match: re.Match[str]) -> bool:
    """« 185 05 78 006 084 36 »; « 100 10 10 100 100 » may be amounts."""
    parts = re.findall(r"[0-9A-Z]+", match[0], re.IGNORECASE)
    if len(parts) == _FIELDS + bool(match["key"]):
        return True
    return len(parts) > 1 and any(
        after.startswith("0") and not (len(after) == _THOUSANDS >= len(before))
        for before, after in itertools.pairwise(parts)
    )
