"""Phrases of `knowledge/lexique/entites.yml` found in a text: closed lists, typos tolerated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant_am.french.likeness import fits

_MIN_LENGTH_FOR_TYPOS = 7
_WORD = re.compile(r"[a-z0-9+/]+")


@dataclass(frozen=True)
class Phrase:
    """One expression: its folded words, and what it means."""

    words: tuple[str, ...]
    slot: str
    value: str


@dataclass(frozen=True)
class Occurrence:
    """A phrase found in a folded text, offsets in that text."""

    slot: str
    value: str
    start: int
    end: int


class Vocabulary:
    """Finds the longest phrases first; a word of seven letters or more may hold one typo."""

    def __init__(self, lexicon: Mapping[str, Mapping[str, list[Any]]]) -> None:
        phrases = [
            Phrase(tuple(_split(str(text))), slot, value)
            for slot, values in lexicon.items()
            for value, texts in values.items()
            for text in texts
        ]
        self._phrases = sorted(phrases, key=lambda phrase: -len(phrase.words))
        self._started_by = lru_cache(maxsize=8192)(self._phrases_started_by)

    def find(self, folded: str) -> list[Occurrence]:
        """Occurrences in reading order; within a slot they do not overlap."""
        tokens = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded)]
        starts = [
            (rank, i) for i, (word, _, _) in enumerate(tokens) for rank in self._started_by(word)
        ]
        found: list[Occurrence] = []
        for rank, i in sorted(starts):
            phrase = self._phrases[rank]
            window = tokens[i : i + len(phrase.words)]
            if len(window) == len(phrase.words) and all(
                fits(word, part, _MIN_LENGTH_FOR_TYPOS)
                for part, (word, _, _) in zip(phrase.words, window, strict=True)
            ):
                start, end = window[0][1], window[-1][2]
                if not _overlaps(found, phrase.slot, start, end):
                    found.append(Occurrence(phrase.slot, phrase.value, start, end))
        return sorted(found, key=lambda occurrence: occurrence.start)

    def _phrases_started_by(self, word: str) -> tuple[int, ...]:
        """Ranks of the phrases whose first word this is: few, so that long messages stay quick."""
        return tuple(
            rank
            for rank, phrase in enumerate(self._phrases)
            if fits(word, phrase.words[0], _MIN_LENGTH_FOR_TYPOS)
        )


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[\s'-]+", text) if part]


def _overlaps(found: list[Occurrence], slot: str, start: int, end: int) -> bool:
    return any(o.slot == slot and o.start < end and start < o.end for o in found)
