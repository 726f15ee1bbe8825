"""Contract years: « 2e année », « la quatrième ? » → `annee`; « sur 5 ans » → `horizon`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.reading.entity import Entity

_MARK = r"(?:ieme|iem|eme|em|ere|re|er|nde|nd|e|r)"
_YEAR_WORD = r"(?:an\b|ans\b|ann[a-z]*|anee\w*)"
_RANKED = re.compile(
    rf"(?<![\d,.p])(?P<n>\d{{1,2}})\s?{_MARK}(?=(?:\s*(?:,|et|ou|a|puis|/|-)\s*(?:la\s+|de la\s+)?"
    rf"\d{{1,2}}\s?{_MARK})*\s*(?:ou\s+)?{_YEAR_WORD})"
)
_NUMBERED = re.compile(
    r"\b(?:an|ann?ee?s?|anne|yr)\s*(?:n[o°]\s*)?(?P<n>\d{1,2})\b"
    r"(?!\s*(?:%|€|etp|ans\b|h\b|/|juin))"
)
_SECOND_YEAR = re.compile(rf"\bseconde?\s+{_YEAR_WORD}")
_RANGE = re.compile(
    rf"\b(?:annees?|ans)\s*(?P<a>\d{{1,2}})\s*(?:a|-|jusqu'a)\s*(?P<b>\d{{1,2}})\b"
    rf"|(?<!\d)(?P<c>\d{{1,2}})\s?{_MARK}\s+a\s+(?:la\s+)?(?P<d>\d{{1,2}})\s?{_MARK}\s+{_YEAR_WORD}"
)
_ELLIPSIS = re.compile(
    rf"\b(?:la|pour la|a la|en)\s+(?P<n>\d{{1,2}})\s?{_MARK}\b"
    r"(?!\s*(?:percentile|pourcent|bloc|assistant|am\b|medecin|fois|centile"
    r"|semaine|vague|partie|question))"
)
_ALONE = re.compile(rf"\W*(?:et\s+)?(?:la\s+)?(?P<n>[1-9])\s?{_MARK}\W*$")
_HORIZON = re.compile(
    r"(?:\b(?:sur|cumul\w*|total\w*|somme|en tout|pendant|durant|pour|les|mes|nos"
    r"|au bout de|projection\w*)"
    r"\s+(?:de\s+|sur\s+|a\s+|les\s+|des\s+|d')*)(?P<n>\d{1,2})\s*(?:1e\s+|1eres?\s+|prochaines?\s+)?"
    r"(?:annees?|ans|an)\b(?!\s*(?:d'anciennete|d'experience|d'exp\b|de metier))"
)
_FIRST_N = re.compile(r"\b(?P<n>\d{1,2})\s+(?:1e|1eres?|prochaines?)\s+(?:annees?|ans)\b")
_SINCE = re.compile(r"\b(?:depuis|il y a|dans|encore|avec|ai|a|age de|de)\s+(?:les\s+)?$")


def read(text: str) -> Iterator[Entity]:
    """`annee` (int, one entity a year; 0 is left to the rules to refuse) and `horizon` (years)."""
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        ok = not any(s < match.end() and match.start() < e for s, e in taken)
        if ok:
            taken.append(match.span())
        return ok

    for pattern in (_FIRST_N, _HORIZON):
        for match in pattern.finditer(text):
            start = match.start("n")
            if not _SINCE.search(text[:start]) and free(match):
                yield Entity("horizon", int(match["n"]), *match.span())
    for match in _RANGE.finditer(text):
        first, last = int(match["a"] or match["c"]), int(match["b"] or match["d"])
        if first < last <= first + 10 and free(match):
            for year in range(first, last + 1):
                yield Entity("annee", year, *match.span())
    alone = _ALONE.match(text)
    if alone and free(alone):
        # « et la 2e ? », « 3e » as a whole message.
        yield Entity("annee", int(alone["n"]), *alone.span())
    for pattern in (_RANKED, _NUMBERED, _ELLIPSIS):
        for match in pattern.finditer(text):
            if free(match):
                yield Entity("annee", int(match["n"]), *match.span())
    for match in _SECOND_YEAR.finditer(text):
        if free(match):
            yield Entity("annee", 2, *match.span())
