"""The subjects as they are learnt: facts change without training, these do not follow."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant_am.french.fold import fold
from assistant_am.knowledge.model import Fiche

_WORD = re.compile(r"\w+")
_STEM = 5
_LETTERS = 3


@dataclass(frozen=True)
class Subject:
    """`question`, `intent`, `theme` and `label` of a fiche; `weights`: how much each stem of its
    whole text says that this subject is meant, and no other; `points`: the key of each point that
    it decides, with the wordings of it.
    """

    question: str
    intent: str
    theme: str
    label: str
    weights: tuple[tuple[str, float], ...] = ()
    points: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Subject:
        """The inverse of `dataclasses.asdict`, through JSON."""
        weights = tuple((stem, value) for stem, value in data["weights"])
        points = tuple((key, tuple(said)) for key, said in data["points"])
        return cls(**{**data, "weights": weights, "points": points})

    @cached_property
    def weight_of(self) -> Mapping[str, float]:
        return dict(self.weights)


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text."""
    return frozenset(w[:_STEM] for w in _WORD.findall(fold(text)) if len(w) >= _LETTERS)


def learnt_subjects(fiches: Mapping[str, Fiche]) -> dict[str, Subject]:
    """The subjects of the knowledge, by id."""
    each = {key: stems(" ".join(_texts(fiche))) for key, fiche in fiches.items()}
    met = Counter(stem for some in each.values() for stem in some)
    rarity = {stem: round(math.log(len(each) / count), 3) for stem, count in met.items()}
    return {
        key: Subject(
            fiche.question,
            fiche.intent,
            fiche.theme,
            fiche.label,
            tuple((stem, rarity[stem]) for stem in sorted(each[key])),
            tuple(_points(fiche).items()),
        )
        for key, fiche in fiches.items()
    }


def _points(fiche: Fiche) -> dict[str, tuple[str, ...]]:
    """A statement may stand several times, for different people."""
    found: dict[str, tuple[str, ...]] = {}
    for each in fiche.propositions:
        if each.key:
            said = (*found.get(each.key, ()), each.statement, *each.wordings)
            found[each.key] = tuple(dict.fromkeys(said))
    return found


def _texts(fiche: Fiche) -> Iterator[str]:
    yield from (fiche.question, fiche.label, fiche.text, fiche.details or "")
    yield from (variant.text for variant in fiche.variants)
    for proposition in fiche.propositions:
        yield from (proposition.statement, proposition.text)
    yield from (word.rstrip("*") for words in fiche.aspects.values() for word in words)
