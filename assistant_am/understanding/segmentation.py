"""Where a message may be cut: cuts are only proposed here, the classifier judges them.

« c'est quoi la durée et combien on gagne ? » is one sentence for a grammar and two questions for
the person who typed it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from assistant_am.french.fold import fold_keeping_offsets, words
from assistant_am.understanding.question_forms import (
    BEFORE_IT,
    INTERROGATIVE,
    OPENER,
    asks,
    asks_in_words,
    leans,
    left_open,
    tells,
)

_SENTENCE_END = re.compile(r"(?<=[?!;\n])\s*|(?<=[.…])\s+(?=\S)(?<!dr\. )(?<!etc\. )")
_NUMBERED = re.compile(r"(?<!\S)\(?([1-9])\s?(?:[).]|[-:](?=\s))\s*(?=\D)")
_LINK = r"(?:et|puis|ensuite|sinon|aussi|ou|mais|autre question|deuxieme question|par ailleurs|,)"
_CUT = re.compile(
    rf"(?:(?<=\s)|(?<=,))(?:{_LINK}\s*)+(?:(?:aussi|sinon|surtout|du coup|je voudrais savoir|"
    rf"je veux savoir|j'aimerais savoir|savoir)\s+)*(?={BEFORE_IT}{INTERROGATIVE})"
)
_BARE_CUT = re.compile(rf"(?<=\s)(?={OPENER})")
_WEAK_CUT = re.compile(
    r"(?<=\s)(?:(?:et|puis|sinon|mais|ensuite|ni)\s+)+(?=\S)|(?<=,)(?!(?<=\d,)\d)\s*(?=\S)"
    r"|\s*(?:\+|/|;|\s-\s)\s*(?=\S)"
)
_DANGLING = re.compile(
    r"\b(?:savoir|connaitre|et|mais|puis|demande|dire|si|bonjour|alors|(?<!est )(?<!\bc )ou)"
    r"[\s,:]*$"
)
_CONNECTOR = re.compile(
    r"\A(?:\(?[1-9]\s?[).:-](?!\d))?"
    r"\W*(?:(?:et|puis(?!-je| je)|ensuite|sinon|mais|aussi|alors|du coup)\b\W*)*",
    re.IGNORECASE,
)
_WORDS_BEFORE_BARE_CUT = 3
_MOST_CLAUSES = 8
"""A story has more; each stretch of clauses is classified, so their number is bounded."""


@dataclass(frozen=True)
class Clause:
    """A stretch of the message between two cuts. `asks` when its form is a question or a request,
    `tells` when somebody speaks of oneself, `weak` when only a comma or an « et » sets it apart
    from the one before, `sentence` its rank."""

    start: int
    end: int
    asks: bool
    tells: bool
    weak: bool
    sentence: int


def clauses(text: str) -> list[Clause]:
    """Stretches that may each hold a question, in order; one when nothing suggests a cut."""
    folded = fold_keeping_offsets(text)
    ends = {match.start() for match in _SENTENCE_END.finditer(folded)} | _numbered(folded)
    weak = {match.start() for match in _WEAK_CUT.finditer(folded)}
    strong = _strong_cuts(folded, ends, weak)
    stretches = _stretches(folded, sorted(strong | weak), strong)
    found: list[Clause] = []
    for start, end, is_strong in stretches:
        said = folded[start:end]
        # Two halves that both ask in words are two questions, comma or not.
        both_ask = bool(found) and asks_in_words(said) and asks_in_words(_said(folded, found[-1]))
        weak_cut = not (is_strong or both_ask)
        found.append(Clause(start, end, asks(said), tells(said), weak_cut, _rank(start, ends)))
    return found


def without_connector(text: str) -> str:
    """« et combien on gagne » → « combien on gagne »; a text of connectors alone is kept."""
    return _CONNECTOR.sub("", text, count=1).strip() or text.strip()


def _said(folded: str, clause: Clause) -> str:
    return folded[clause.start : clause.end]


def _numbered(folded: str) -> set[int]:
    """Where the items of a list begin: « 1) les conditions 2) les démarches »."""
    items = list(_NUMBERED.finditer(folded))
    in_order = [int(item[1]) for item in items] == list(range(1, len(items) + 1))
    return {item.start() for item in items} if in_order and len(items) > 1 else set()


def _strong_cuts(folded: str, ends: set[int], weak: set[int]) -> set[int]:
    linked = [match.span() for match in _CUT.finditer(folded)]
    strong = {0, len(folded), *(start for start, _ in linked), *ends}
    for match in _BARE_CUT.finditer(folded):
        cut = match.start()
        since = max(bound for bound in strong | weak if bound <= cut)
        before = without_connector(folded[since:cut])
        if (
            len(words(before)) >= _WORDS_BEFORE_BARE_CUT
            and not left_open(before)
            and not any(start <= cut <= end for start, end in linked)
        ):
            strong.add(cut)
    return strong


def _stretches(folded: str, cuts: list[int], strong: set[int]) -> list[tuple[int, int, bool]]:
    """Between the cuts, as (start, end, cut before it is strong); openers go with what follows."""
    found: list[tuple[int, int, bool]] = []
    for start, end in itertools.pairwise(cuts):
        if not words(folded[start:end]):
            if found:
                found[-1] = (found[-1][0], end, found[-1][2])
        elif found and _goes_with(folded[found[-1][0] : found[-1][1]], folded[start:end]):
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, start in strong))
    while len(found) > _MOST_CLAUSES:
        place = min(range(1, len(found)), key=lambda i: (found[i][2], found[i][1] - found[i][0]))
        found[place - 1 : place + 1] = [(found[place - 1][0], found[place][1], found[place - 1][2])]
    return found


def _goes_with(before: str, after: str) -> bool:
    """« je voudrais savoir », « bonjour »: what precedes a question is none. « Dans une
    téléconsultation, quel est son rôle ? »: what is named first, then asked about."""
    if len(before.split()) != 1 and _DANGLING.search(before):
        return True
    named = before.rstrip().endswith(",") and not asks(before) and not tells(before)
    return named and asks(after) and leans(after)


def _rank(start: int, ends: set[int]) -> int:
    return sum(end <= start for end in ends if end > 0)
