"""Relation to the Assurance Maladie: « secteur 2 sans OPTAM » → `secteur`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.reading.entity import Entity
from assistant_am.reading.negation import denied_before

_NUMBER = {"1": 1, "un": 1, "i": 1, "2": 2, "deux": 2, "ii": 2, "3": 3, "trois": 3, "iii": 3}
_SECTOR = re.compile(
    r"\b(?:sec?teurs?|sect|sct)\.?\s*(?:conventionne\w*\s*)?(?P<n>1|2|3|un|deux|trois|i{1,3})\b"
    r"|\bs(?P<s>[123])\b"
)
_OPTAM = re.compile(r"\bopt[ai]m+(?:[\s-]*(?P<co>co|aco|a co)\b)?")
_OUTSIDE = re.compile(
    r"\b(?:non|pas|hors|de)[\s-]*con?ventionn?\w*|\bdeconventionn\w*|\bn'est pas conventionn\w*"
)
_REFUSES_AFTER = re.compile(
    r"^[^.,;?!]{0,25}\b(?:ne (?:compte|veu[xt]|souhaite|desire) pas|n'y adhere pas"
    r"|non signe|pas signe|pas adhere)"
)


def read(text: str) -> Iterator[Entity]:
    """`secteur`, with `secteur_2` alone when OPTAM is not spoken of: the glossary has no value for
    it, the conversation asks."""
    for match in _OUTSIDE.finditer(text):
        yield Entity("secteur", "non_conventionne", *match.span())
        return
    sectors = [
        (_NUMBER[match["n"] or match["s"]], match)
        for match in _SECTOR.finditer(text)
        if not denied_before(text, match.start())
    ]
    optam = next(_OPTAM.finditer(text), None)
    if optam:
        refused = denied_before(text, optam.start()) or _REFUSES_AFTER.search(text[optam.end() :])
        start = min(optam.start(), sectors[0][1].start()) if len(sectors) == 1 else optam.start()
        end = max(optam.end(), sectors[0][1].end()) if len(sectors) == 1 else optam.end()
        numbers = {number for number, _ in sectors}
        if refused and numbers != {1}:
            yield Entity("secteur", "secteur_2_hors_optam", start, end)
        elif 1 not in numbers and not refused:
            value = "secteur_2_optam_co" if optam["co"] else "secteur_2_optam"
            yield Entity("secteur", value, start, end)
        elif numbers == {1}:
            yield Entity("secteur", "secteur_1", *sectors[0][1].span())
        return
    if len({number for number, _ in sectors}) == 1:
        number, match = sectors[0]
        value = {1: "secteur_1", 2: "secteur_2", 3: "non_conventionne"}[number]
        yield Entity("secteur", value, *match.span())
