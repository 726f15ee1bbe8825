"""Relation to the Assurance Maladie: « secteur 2 sans OPTAM » → `secteur`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant_am.meaning.entity import Entity
from assistant_am.reading.negation import denied_before

_NUMBER = {"1": 1, "un": 1, "i": 1, "2": 2, "deux": 2, "ii": 2, "3": 3, "trois": 3, "iii": 3}
_SECTORS = {1: "secteur_1", 2: "secteur_2", 3: "non_conventionne"}
_SECTOR = re.compile(
    r"\b(?:sec?teurs?|sect|sct)\.?\s*(?:conventionne\w*\s*)?(?P<n>1|2|3|un|deux|trois|i{1,3})\b"
    r"|\bs(?P<s>[123])\b"
)
_OPTAM = re.compile(r"\bopt[ai]m+(?:[\s-]*(?P<co>co|aco|a co)\b|(?![a-z]))")
_OUTSIDE = re.compile(
    r"\b(?:non|pas|hors|de)[\s-]*con?ventionn?\w*|\bdeconventionn\w*|\bn'est pas conventionn\w*"
)
_EXCEPT = re.compile(r"\b(?:sauf|hormis|excepte|a part)\b")
_COMPARED = re.compile(r"\b(?:ou|entre|differen\w*|compar\w*|pareil\w*|vs|versus)\b|/")
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
    named = [(_NUMBER[match["n"] or match["s"]], match) for match in _SECTOR.finditer(text)]
    denied = [each for each in named if denied_before(text, each[1].start()) is not None]
    sectors = [each for each in named if each not in denied]
    # `negation` marks these denied.
    yield from (Entity("secteur", _SECTORS[number], *match.span()) for number, match in denied)
    numbers = {number for number, _ in sectors}
    if len(sectors) > 1 and not _COMPARED.search(text):
        yield from _each(text, [match.start() for _, match in sectors])
        return
    optam = next(_OPTAM.finditer(text), None)
    if optam and (numbers != {1} or _EXCEPT.search(text[: optam.start()])):
        # « Tous en secteur 1 sauf un hors OPTAM »: two doctors.
        apart = [] if numbers == {1} else sectors
        yield from (Entity("secteur", _SECTORS[n], *m.span()) for n, m in sectors if not apart)
        yield from _with_optam(text, optam, apart)
    elif len(numbers) == 1:
        number, match = sectors[0]
        yield Entity("secteur", _SECTORS[number], *match.span())


def _each(text: str, starts: list[int]) -> Iterator[Entity]:
    """« L'une en secteur 1, l'autre en secteur 2 OPTAM »: each in its own stretch of the text."""
    for start, end in pairwise([*starts, len(text)]):
        yield from (each.shifted(start) for each in read(text[start:end]))


def _with_optam(
    text: str, optam: re.Match[str], sectors: list[tuple[int, re.Match[str]]]
) -> Iterator[Entity]:
    """Sector 2, inside or outside OPTAM; the refusal is part of the words read."""
    before = denied_before(text, optam.start())
    refused = before is not None or _REFUSES_AFTER.search(text[optam.end() :])
    start, end = optam.start() if before is None else before, optam.end()
    if len(sectors) == 1:
        start, end = min(start, sectors[0][1].start()), max(end, sectors[0][1].end())
    if refused:
        yield Entity("secteur", "secteur_2_hors_optam", start, end)
    elif 1 not in {number for number, _ in sectors}:
        yield Entity("secteur", f"secteur_2_optam{'_co' if optam['co'] else ''}", start, end)
