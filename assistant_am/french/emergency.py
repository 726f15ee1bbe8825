"""Does a message show a medical emergency? Words alone: see knowledge/lexique/urgences.yml.

The channel uses it before limits and locks, the NLU before its classifier: both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz.distance import OSA

from assistant_am.french.fold import fold

Kind = Literal["vital", "suicide"]

_TOKEN = re.compile(r"[a-z0-9]+|\+")
_MAX_GAP = 3
_MIN_LENGTH_FOR_TYPOS = 5
_COURTESY = frozenset(
    (
        "bonjour",
        "bonsoir",
        "bjr",
        "slt",
        "salut",
        "svp",
        "stp",
        "merci",
        "s",
        "il",
        "vous",
        "te",
        "plait",
    )
)

Cell = tuple[tuple[str, ...], ...]
"""Alternatives of one place in a pattern, each a run of words."""


@dataclass(frozen=True)
class _Rule:
    kind: Kind
    cells: tuple[Cell, ...]
    whole_message: bool = False


class EmergencyDetector:
    """Built once from the lexicon; raises ValueError on a pattern that cannot be read.

    `real_words` (folded) are never taken for a typo of another: « pendant » is not « pendre ».
    """

    def __init__(
        self, lexicon: Mapping[str, Any], real_words: Container[str] = frozenset()
    ) -> None:
        self._alerts = [
            _Rule(entry["genre"], _cells(pattern))
            for entry in lexicon["expressions"]
            for pattern in entry["motifs"]
        ]
        self._exceptions = [
            _Rule(entry["genre"], _cells(pattern), entry["portee"] == "message")
            for entry in lexicon["exceptions"]
            for pattern in entry["motifs"]
        ]
        self._immediate = [_cells(pattern) for pattern in lexicon["immediat"]]
        self._alone = frozenset(" ".join(_tokens(text)) for text in lexicon["urgence_seule"])
        self._lookalikes = frozenset(lexicon["sosies"])
        self._real_words = real_words
        self._vocabulary = _by_letter(
            sorted(_vocabulary(self._alerts, self._exceptions, self._immediate))
        )
        self._known = lru_cache(maxsize=20_000)(self._patterns_of)

    def __call__(self, text: str) -> Kind | None:
        """ "vital", "suicide", or None. Suicide is told apart because its number is another."""
        tokens = _tokens(text)
        if " ".join(token for token in tokens if token not in _COURTESY) in self._alone:
            return "vital"
        read = _read([self._known(token) for token in tokens])
        found = {kind for kind, _ in self._raised(read)}
        if "suicide" in found:
            return "suicide"
        return "vital" if found else None

    def _raised(self, read: _Read) -> list[tuple[Kind, frozenset[int]]]:
        hits = [(rule.kind, span) for rule in self._alerts for span in _spans(rule.cells, read)]
        if not hits:
            return []
        now = any(next(_spans(cells, read), None) is not None for cells in self._immediate)
        for rule in self._exceptions:
            if not any(kind == rule.kind for kind, _ in hits):
                continue
            for span in _spans(rule.cells, read):
                if rule.whole_message and not now:
                    hits = [hit for hit in hits if hit[0] != rule.kind]
                elif not rule.whole_message:
                    hits = [h for h in hits if h[0] != rule.kind or h[1].isdisjoint(span)]
        return hits

    def _patterns_of(self, token: str) -> frozenset[str]:
        """Pattern words that this typed word satisfies, one edit allowed in the longer ones."""
        tolerant = token not in self._lookalikes and token not in self._real_words
        candidates = self._vocabulary.get(token[0], ())
        return frozenset(word for word in candidates if _same(token, word, tolerant))


def _tokens(text: str) -> list[str]:
    return ["plus" if token == "+" else token for token in _TOKEN.findall(fold(text))]


def _cells(pattern: str) -> tuple[Cell, ...]:
    if not pattern.strip():
        raise ValueError("motif vide")
    return tuple(
        tuple(tuple(alternative.split("_")) for alternative in cell.split("|"))
        for cell in pattern.split()
    )


def _vocabulary(*groups: Iterable[Any]) -> set[str]:
    words: set[str] = set()
    for group in groups:
        for rule in group:
            cells = rule.cells if isinstance(rule, _Rule) else rule
            words |= {word for cell in cells for run in cell for word in run}
    return words


def _by_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by each of their first two letters: what is typed begins with one of them, even with
    these two swapped. A long text of words never seen would cost two milliseconds each else."""
    found: dict[str, list[str]] = {}
    for word in words:
        for letter in dict.fromkeys(word.removesuffix("*")[:2]):
            found.setdefault(letter, []).append(word)
    return found


@dataclass(frozen=True)
class _Read:
    """A message: what each word may mean, and where each meaning stands."""

    meanings: Sequence[frozenset[str]]
    places: Mapping[str, Sequence[int]]


def _read(meanings: Sequence[frozenset[str]]) -> _Read:
    places: dict[str, list[int]] = {}
    for place, meaning in enumerate(meanings):
        for word in meaning:
            places.setdefault(word, []).append(place)
    return _Read(meanings, places)


def _spans(cells: tuple[Cell, ...], read: _Read) -> Iterator[frozenset[int]]:
    """Places (token indices) where the cells stand in order, at most three words apart."""
    if not all(any(run[0] in read.places for run in cell) for cell in cells):
        return
    for start in sorted({place for run in cells[0] for place in read.places.get(run[0], ())}):
        for end in _ends(cells[0], read.meanings, start):
            rest = _rest(cells[1:], read.meanings, end)
            if rest is not None:
                yield frozenset(range(start, end)) | rest
                break


def _rest(
    cells: tuple[Cell, ...], meanings: Sequence[frozenset[str]], position: int
) -> frozenset[int] | None:
    if not cells:
        return frozenset()
    for start in range(position, min(len(meanings), position + _MAX_GAP + 1)):
        for end in _ends(cells[0], meanings, start):
            rest = _rest(cells[1:], meanings, end)
            if rest is not None:
                return frozenset(range(start, end)) | rest
    return None


def _ends(cell: Cell, meanings: Sequence[frozenset[str]], start: int) -> Iterator[int]:
    for run in cell:
        end = start + len(run)
        if end <= len(meanings) and all(
            word in meaning for word, meaning in zip(run, meanings[start:end], strict=True)
        ):
            yield end


def _same(token: str, word: str, tolerant: bool) -> bool:
    stem = word.removesuffix("*")
    any_ending = stem != word
    if token == stem or (any_ending and token.startswith(stem)):
        return True
    if not tolerant or len(stem) < _MIN_LENGTH_FOR_TYPOS or token[0] not in stem[:2]:
        return False
    if not any_ending:
        return abs(len(token) - len(stem)) <= 1 and _one_edit(token, stem)
    return any(
        _one_edit(token[:length], stem)
        for length in (len(stem), len(stem) - 1, len(stem) + 1)
        if len(token) >= length
    )


def _one_edit(typed: str, stem: str) -> bool:
    return OSA.distance(typed, stem, score_cutoff=1) <= 1
