"""The questions that a message holds: cuts are proposed, then judged by the classifier.

« c'est quoi la durée et combien on gagne ? » is one sentence for a grammar and two questions for
the person who typed it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from assistant_am.french.fold import fold_keeping_offsets

_SENTENCE_END = re.compile(r"(?<=[?!;\n])\s*|(?<=[.…])\s+(?=\S)(?<!dr\. )(?<!etc\. )")
_INTERROGATIVE = (
    r"(?:combien|cb\b|comment|cmt\b|ou (?:est|sont|puis|peut|se|on|je|faut|m'|trouver)|quand|kan\b|"
    r"quel\w*|kel\w*|qui (?:est|peut|paie|paye|decide|fait)|est[- ]ce|es ce|c'est quoi|c koi|"
    r"c quoi|ces quoi|qu'est|kesk\w*|keske|pourquoi|pk\b|faut[- ]il|peut[- ]on|peut[- ]elle|"
    r"peut[- ]il|puis[- ]je|y a[- ]t|ya t|existe[- ]t|a[- ]t[- ]|dois[- ]je|doit[- ]on|suis[- ]je|"
    r"ai[- ]je|que (?:fait|dois|se passe)|ca (?:dure|coute|paye|gagne|rapporte)|ca fait combien|"
    r"sa (?:dure|gagne|paye)|si (?:je peux|on peut|c'est|il faut|elle|il))"
)
_LINK = r"(?:et|puis|ensuite|sinon|aussi|ou|mais|autre question|deuxieme question|par ailleurs|,)"
_CUT = re.compile(
    rf"(?:(?<=\s)|(?<=,))(?:{_LINK}\s*)+(?:(?:aussi|sinon|surtout|du coup|je voudrais savoir|"
    rf"je veux savoir|j'aimerais savoir|savoir)\s+)*(?={_INTERROGATIVE})"
)
_WEAK_CUT = re.compile(
    r"(?<=\s)(?:et|puis|sinon|mais|ensuite|ni)\s+(?=\S+\s+\S+)|(?<=,)\s+(?=\S+\s+\S+\s+\S+)"
)
_OPENER = (
    r"(?:combien|cb\b|comment|cmt\b|c'est quoi|c koi|c quoi|ces quoi|est[- ]ce|qu'est|kesk\w*|"
    r"keske|pourquoi|quel\w* est|quelles? sont|ou est[- ]ce|quand est[- ]ce|y a[- ]t|faut[- ]il)"
)
_BARE_CUT = re.compile(rf"(?<=\s)(?={_OPENER})")
_ASKS = re.compile(
    rf"\b{_INTERROGATIVE}|\?|\b(?:je (?:voudrais|veux|souhaite\w*|cherche)|j'aimerais|dites|dis|"
    r"expliqu\w*|donne\w*|savoir|renseign\w*|quoi|koi|quel\w*|kel\w*|ya|possible|obligatoire|"
    r"pouvez|peux tu|peut tu|pourriez|calcul\w*|estim\w*)"
)
_MIN_WORDS = 2
_MIN_WORDS_BEFORE_BARE_CUT = 4


@dataclass(frozen=True)
class Clause:
    """A stretch of the message; `asks` when its form is a question or a request, `weak` when only
    a comma or an « et » sets it apart from the one before: the classifier has to be surer."""

    text: str
    start: int
    end: int
    asks: bool
    weak: bool = False


def clauses(text: str) -> list[Clause]:
    """Stretches that may each hold a question, in order; one when nothing suggests a cut."""
    folded = fold_keeping_offsets(text)
    linked = [match.span() for match in _CUT.finditer(folded)]
    strong = {0, len(text), *(start for start, _ in linked)}
    strong |= {match.start() for match in _SENTENCE_END.finditer(folded)}
    for match in _BARE_CUT.finditer(folded):
        cut = match.start()
        since = max(bound for bound in strong if bound <= cut)
        said_before = len(folded[since:cut].split())
        if said_before >= _MIN_WORDS_BEFORE_BARE_CUT and not any(s <= cut <= e for s, e in linked):
            strong.add(cut)
    weak = {match.start() for match in _WEAK_CUT.finditer(folded)} - strong
    ordered = sorted(strong | weak)
    found: list[Clause] = []
    for start, end in itertools.pairwise(ordered):
        piece = text[start:end]
        if not piece.strip():
            continue
        if found and (len(piece.split()) < _MIN_WORDS or _dangling(found[-1].text)):
            found[-1] = _clause(folded, text, found[-1].start, end, found[-1].weak)
        else:
            found.append(_clause(folded, text, start, end, start in weak))
    return found


def _dangling(piece: str) -> bool:
    """« je voudrais savoir », « et »: what precedes a question is not one."""
    return (
        bool(
            re.search(
                r"(?:savoir|connaitre|connaître|et|ou|mais|puis|demande|dire|si|bonjour|alors)[\s,:]*$",
                piece.lower(),
            )
        )
        or len(piece.split()) < _MIN_WORDS
    )


def _clause(folded: str, text: str, start: int, end: int, weak: bool) -> Clause:
    asks = bool(_ASKS.search(folded[start:end]))
    return Clause(text[start:end].strip(), start, end, asks, weak)
