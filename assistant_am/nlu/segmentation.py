"""Where a message may be cut: cuts are only proposed here, the classifier judges them.

« c'est quoi la durée et combien on gagne ? » is one sentence for a grammar and two questions for
the person who typed it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from assistant_am.french.fold import fold_keeping_offsets, words

_SENTENCE_END = re.compile(r"(?<=[?!;\n])\s*|(?<=[.…])\s+(?=\S)(?<!dr\. )(?<!etc\. )")
# As people type them: « c koi », « cest quoi », « ya koi comme salaire », « c ki ki paye ».
_IT_IS = r"(?:c'est|c est|cest|ces|c)"
_THERE_IS = r"(?:y'?\s?a|il y a)"
_WHAT = r"(?:quoi|koi|kwa|koa|qoi)"
_WHO = r"(?:qui|ki)"
_HOW_MANY = r"(?:combien|cb\b|cbien\b|cmb\b|kombien)"
_HOW = r"(?:comment|cmt\b|coment\b|koment\b)"
_INTERROGATIVE = (
    rf"(?:{_HOW_MANY}|{_HOW}|ou (?:est|sont|puis|peut|se|on|je|faut|m'|trouver)|quand|kan\b|"
    rf"quel(?!qu)\w*|kel(?!k)\w*|{_WHO} (?:est|peut|paie|paye|decide|fait)|est[- ]ce|es ce|"
    rf"{_IT_IS} (?:{_WHAT}|{_WHO})\b|{_THERE_IS} {_WHAT}\b|qu'est|kesk\w*|keske|pourquoi|pk\b|"
    r"faut[- ]il|peut[- ]on|peut[- ]elle|"
    r"peut[- ]il|puis[- ]je|y a[- ]t|ya t|existe[- ]t|a[- ]t[- ]|dois[- ]je|doit[- ]on|suis[- ]je|"
    r"ai[- ]je|que (?:fait|dois|se passe)|ca (?:dure|coute|paye|gagne|rapporte)|ca fait combien|"
    r"sa (?:dure|gagne|paye)|si (?:je peux|on peut|c'est|il faut|elle|il))"
)
_LINK = r"(?:et|puis|ensuite|sinon|aussi|ou|mais|autre question|deuxieme question|par ailleurs|,)"
_CUT = re.compile(
    rf"(?:(?<=\s)|(?<=,))(?:{_LINK}\s*)+(?:(?:aussi|sinon|surtout|du coup|je voudrais savoir|"
    rf"je veux savoir|j'aimerais savoir|savoir)\s+)*(?={_INTERROGATIVE})"
)
_OPENER = (
    rf"(?:{_HOW_MANY}|{_HOW}|{_IT_IS} {_WHAT}\b|est[- ]ce|qu'est|kesk\w*|"
    r"keske|pourquoi|quel\w* est|quelles? sont|ou est[- ]ce|quand est[- ]ce|y a[- ]t|faut[- ]il)"
)
_BARE_CUT = re.compile(rf"(?<=\s)(?={_OPENER})")
_WEAK_CUT = re.compile(
    r"(?<=\s)(?:et|puis|sinon|mais|ensuite|ni)\s+(?=\S)|(?<=,)\s*(?=\S)"
    r"|\s*(?:\+|/|;|\s-\s)\s*(?=\S)"
)
_ASKS = re.compile(
    rf"\b{_INTERROGATIVE}|\?|\bou pas\b|\bou non\b|\bon peut\b"
    r"|\bfaut (?:le|la|un|une|avoir|etre)\b|\bj'aimerais (?:savoir|connaitre)\b"
    r"|\bje (?:voudrais|veux|souhaite\w*|cherche) (?:a )?(?:savoir|connaitre|comprendre)\b"
    r"|\b(?:dites[- ]moi|dis moi|expliqu\w*|renseign\w*)\b"
    r"|\bsavoir (?:si|combien|comment|ou|quand|ce qu)"
)
_DANGLING = re.compile(
    r"(?:savoir|connaitre|et|ou|mais|puis|demande|dire|si|bonjour|alors)[\s,:]*$"
)
_CONNECTOR = re.compile(
    r"\W*(?:(?:et|puis|ensuite|sinon|mais|ou|aussi|alors|du coup)\b\W*)+", re.IGNORECASE
)
_WORDS_BEFORE_BARE_CUT = 3
_MOST_CLAUSES = 8
"""A story has more; each stretch of clauses is classified, so their number is bounded."""


@dataclass(frozen=True)
class Clause:
    """A stretch of the message between two cuts. `asks` when its form is a question or a request,
    `weak` when only a comma or an « et » sets it apart from the one before, `sentence` its rank."""

    start: int
    end: int
    asks: bool
    weak: bool
    sentence: int


def clauses(text: str) -> list[Clause]:
    """Stretches that may each hold a question, in order; one when nothing suggests a cut."""
    folded = fold_keeping_offsets(text)
    ends = {match.start() for match in _SENTENCE_END.finditer(folded)}
    strong = _strong_cuts(folded, ends)
    weak = {match.start() for match in _WEAK_CUT.finditer(folded)} - strong
    stretches = _stretches(folded, sorted(strong | weak), strong)
    return [
        Clause(start, end, asks(folded[start:end]), not is_strong, _rank(start, ends))
        for start, end, is_strong in stretches
    ]


def asks(folded: str) -> bool:
    """Is the form of these words a question or a request?"""
    return bool(_ASKS.search(folded))


def without_connector(text: str) -> str:
    """« et combien on gagne » → « combien on gagne »; a text of connectors alone is kept."""
    return _CONNECTOR.sub("", text, count=1).strip() or text.strip()


def _strong_cuts(folded: str, ends: set[int]) -> set[int]:
    linked = [match.span() for match in _CUT.finditer(folded)]
    strong = {0, len(folded), *(start for start, _ in linked), *ends}
    for match in _BARE_CUT.finditer(folded):
        cut = match.start()
        since = max(bound for bound in strong if bound <= cut)
        said_before = len(folded[since:cut].split())
        if said_before >= _WORDS_BEFORE_BARE_CUT and not any(s <= cut <= e for s, e in linked):
            strong.add(cut)
    return strong


def _stretches(folded: str, cuts: list[int], strong: set[int]) -> list[tuple[int, int, bool]]:
    """Between the cuts, as (start, end, cut before it is strong); openers go with what follows."""
    found: list[tuple[int, int, bool]] = []
    for start, end in itertools.pairwise(cuts):
        if not words(folded[start:end]):
            if found:
                found[-1] = (found[-1][0], end, found[-1][2])
        elif found and _dangles(folded[found[-1][0] : found[-1][1]]):
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, start in strong))
    while len(found) > _MOST_CLAUSES:
        place = min(range(1, len(found)), key=lambda i: (found[i][2], found[i][1] - found[i][0]))
        found[place - 1 : place + 1] = [(found[place - 1][0], found[place][1], found[place - 1][2])]
    return found


def _dangles(piece: str) -> bool:
    """« je voudrais savoir », « bonjour »: what precedes a question is none."""
    return len(piece.split()) != 1 and bool(_DANGLING.search(piece))


def _rank(start: int, ends: set[int]) -> int:
    return sum(end <= start for end in ends if end > 0)
