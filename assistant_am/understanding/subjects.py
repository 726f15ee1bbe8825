"""The subjects as they are learnt: facts change without training, these do not follow."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant_am.french.fold import fold
from assistant_am.knowledge.model import Fiche

_WORD = re.compile(r"\w+")
_STEM = 5
_LETTERS = 3


@dataclass(frozen=True)
class Subject:
    """`question`, `intent`, `theme` and `label` of a fiche; `weights`: how much each stem of its
    whole text says that this subject is meant, and no other.
    """

    question: str
    intent: str
    theme: str
    label: str
    weights: tuple[tuple[str, float], ...] = ()

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
        )
        for key, fiche in fiches.items()
    }


def _texts(fiche: Fiche) -> Iterator[str]:
    yield from (fiche.question, fiche.label, fiche.text, fiche.details or "")
    yield from (variant.text for variant in fiche.variants)
    for proposition in fiche.propositions:
        yield from (proposition.statement, proposition.text)
    yield from (word.rstrip("*") for words in fiche.aspects.values() for word in words)
