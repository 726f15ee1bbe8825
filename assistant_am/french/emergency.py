"""Does a message show a medical emergency? Words alone: see knowledge/lexique/urgences.yml.

Two degrees. Plain: the numbers, alone, at once; the channel uses it before limits and locks, the
NLU before its classifier, and both say the same. Doubtful: one line before the ordinary answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from assistant_am.french.fold import fold
from assistant_am.french.likeness import fits

Kind = Literal["vital", "suicide"]

_TOKEN = re.compile(r"[a-z0-9]+|\+|(?<!\.)[.!?](?=\s)")
_STOP = "."
_END = frozenset({_STOP})
_MAX_GAP = 3
_MIN_LENGTH_FOR_TYPOS = 5
_MIN_LENGTH_FOR_GLUED_J = 7
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
class Emergency:
    """What was seen, and whether it is plain or only doubtful."""

    kind: Kind
    plain: bool


@dataclass(frozen=True)
class _Pattern:
    cells: tuple[Cell, ...]
    unless: frozenset[str] = frozenset()
    """Words that undo it when one of them comes next (« ! » in the lexicon)."""


@dataclass(frozen=True)
class _Alert:
    kind: Kind
    pattern: _Pattern
    plain: bool


@dataclass(frozen=True)
class _Exception:
    kind: Kind
    pattern: _Pattern
    whole_message: bool
    lifted: bool
    """Does not count when somebody tells what happens now."""
    lowers: bool
    """One degree less (plain, then doubtful, then nothing) instead of nothing at once."""


@dataclass(frozen=True)
class _Hit:
    kind: Kind
    words: frozenset[int]
    plain: bool


class EmergencyDetector:
    """Built once from the lexicon; raises ValueError on a pattern that cannot be read.

    `real_words` (folded) are never taken for a typo of another: « pendant » is not « pendre ».
    """

    def __init__(
        self, lexicon: Mapping[str, Any], real_words: Container[str] = frozenset()
    ) -> None:
        self._alerts = [
            _Alert(entry["genre"], _pattern(pattern), entry.get("degre") != "douteux")
            for entry in lexicon["expressions"]
            for pattern in entry["motifs"]
        ]
        exceptions = [
            _Exception(
                entry["genre"],
                _pattern(pattern),
                entry["portee"] != "voisin",
                entry["portee"] == "message",
                entry.get("effet") == "baisse",
            )
            for entry in lexicon["exceptions"]
            for pattern in entry["motifs"]
        ]
        self._begun_by = _by_first_word(self._alerts)
        self._exceptions = sorted(exceptions, key=lambda rule: rule.lowers)
        self._immediate = [_pattern(pattern) for pattern in lexicon["immediat"]]
        self._alone = frozenset(" ".join(_tokens(text)) for text in lexicon["urgence_seule"])
        self._lookalikes = frozenset(lexicon["sosies"])
        self._real_words = real_words
        patterns = [*self._immediate, *(rule.pattern for rule in self._alerts)]
        patterns += [rule.pattern for rule in self._exceptions]
        self._vocabulary = _by_letter(sorted(_vocabulary(patterns)))
        self._known = lru_cache(maxsize=20_000)(self._patterns_of)

    def __call__(self, text: str) -> Emergency | None:
        """The plainest that was seen; of two as plain, suicide, because its number is another."""
        tokens = _tokens(text)
        said = (token for token in tokens if token != _STOP and token not in _COURTESY)
        if " ".join(said) in self._alone:
            return Emergency("vital", plain=True)
        hits = self._raised(_read([self._meanings(token) for token in tokens]))
        if not hits:
            return None
        plainest = max(hits, key=lambda hit: (hit.plain, hit.kind == "suicide"))
        return Emergency(plainest.kind, plainest.plain)

    def plain(self, text: str) -> Kind | None:
        """The kind of a plain emergency; None when it is doubtful or there is none."""
        seen = self(text)
        return seen.kind if seen is not None and seen.plain else None

    def _raised(self, read: _Read) -> list[_Hit]:
        hits = [
            _Hit(alert.kind, span, alert.plain)
            for alert in self._alerts_of(read)
            for span in _spans(alert.pattern, read)
        ]
        if not hits:
            return []
        now = any(next(_spans(pattern, read), None) is not None for pattern in self._immediate)
        for rule in self._exceptions:
            if (rule.lifted and now) or all(hit.kind != rule.kind for hit in hits):
                continue
            excused: set[int] = set()
            for span in _spans(rule.pattern, read):
                excused |= set(range(len(read.meanings))) if rule.whole_message else span
            hits = [
                hit if hit.kind != rule.kind or excused.isdisjoint(hit.words) else _lowered(hit)
                for hit in hits
                if hit.kind != rule.kind
                or excused.isdisjoint(hit.words)
                or (rule.lowers and hit.plain)
            ]
        return hits

    def _alerts_of(self, read: _Read) -> Iterator[_Alert]:
        """Those that a word of the message may begin, in the lexicon's order."""
        places = {place for word in read.places for place in self._begun_by.get(word, ())}
        return (self._alerts[place] for place in sorted(places))

    def _meanings(self, token: str) -> frozenset[str]:
        return _END if token == _STOP else self._known(token)

    def _patterns_of(self, token: str) -> frozenset[str]:
        """Pattern words that this typed word satisfies, one edit allowed in the longer ones."""
        tolerant = token not in self._lookalikes and token not in self._real_words
        typo_from = _MIN_LENGTH_FOR_TYPOS if tolerant else math.inf
        candidates = self._vocabulary.get(token[0], ())
        found = frozenset(word for word in candidates if fits(token, word, typo_from, 2))
        if token[0] == "j" and tolerant and len(token) >= _MIN_LENGTH_FOR_GLUED_J:
            return found | self._patterns_of(token[1:])  # « jsuffoque »
        return found


def _lowered(hit: _Hit) -> _Hit:
    return _Hit(hit.kind, hit.words, plain=False)


def _tokens(text: str) -> list[str]:
    found = _TOKEN.findall(fold(text))
    return ["plus" if each == "+" else _STOP if each in ".!?" else each for each in found]


def _pattern(text: str) -> _Pattern:
    cells, _, unless = text.partition("!")
    if not cells.strip():
        raise ValueError("motif vide")
    read = tuple(
        tuple(tuple(alternative.split("_")) for alternative in cell.split("|"))
        for cell in cells.split()
    )
    return _Pattern(read, frozenset(unless.strip().split("|")) - {""})


def _vocabulary(patterns: Iterable[_Pattern]) -> set[str]:
    words: set[str] = set()
    for pattern in patterns:
        words |= {word for cell in pattern.cells for run in cell for word in run}
        words |= pattern.unless
    return words


def _by_first_word(alerts: Sequence[_Alert]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, alert in enumerate(alerts):
        for word in {run[0] for run in alert.pattern.cells[0]}:
            found.setdefault(word, []).append(place)
    return found


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


def _spans(pattern: _Pattern, read: _Read) -> Iterator[frozenset[int]]:
    """Places (token indices) where the cells stand in order, at most three words apart, in one
    sentence."""
    cells = pattern.cells
    if not all(any(run[0] in read.places for run in cell) for cell in cells):
        return
    for start in sorted({place for run in cells[0] for place in read.places.get(run[0], ())}):
        for end in _ends(cells[0], read.meanings, start):
            rest = _rest(cells[1:], read.meanings, end)
            if rest is not None:
                span = frozenset(range(start, end)) | rest
                if pattern.unless.isdisjoint(_next_word(read, max(span) + 1)):
                    yield span
                break


def _next_word(read: _Read, place: int) -> frozenset[str]:
    return read.meanings[place] if place < len(read.meanings) else frozenset()


def _rest(
    cells: tuple[Cell, ...], meanings: Sequence[frozenset[str]], position: int
) -> frozenset[int] | None:
    if not cells:
        return frozenset()
    for start in range(position, min(len(meanings), position + _MAX_GAP + 1)):
        if _STOP in meanings[start]:
            return None
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
