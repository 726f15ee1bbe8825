"""Is a profile named in a message somebody's own? « Je suis infirmière », « ma fille est AS » are;
« comme une infirmière », « elle veut pas faire infirmière », « le DEAS, c'est long ? » are not.

A linear reading of the words around the name, learnt from the labelled conversations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant_am.french.fold import fold_keeping_offsets
from assistant_am.meaning import Entity
from assistant_am.reading.situation import Reader
from assistant_am.understanding.conversations import LabelledConversation

SLOT = "profil"
_BEFORE, _AFTER = 5, 4
_FEW_WORDS = 3
_STRENGTH, _ITERATIONS = 0.5, 500
_TOKEN = re.compile(r"\w+|[?!.,;:]")
_SELF = re.compile(r"\b(?:je|j|jsuis|chui|chuis|moi|suis|mon|ma)\b")


@dataclass(frozen=True)
class Named:
    """`weights` of the words around a name; without them, each name is somebody's own."""

    bias: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, conversations: Sequence[LabelledConversation], values: Reader) -> Named:
        """Learnt from the profiles that the labels say are told."""
        rows, own = [], []
        for conversation in conversations:
            for turn in conversation.turns:
                told = turn.values.get(SLOT) or ()
                for entity in values.read(turn.text):
                    if entity.slot == SLOT and not entity.denied:
                        rows.append(dict.fromkeys(_around(turn.text, entity), 1.0))
                        own.append(entity.value in ((told,) if isinstance(told, str) else told))
        if all(own) or not any(own):
            return cls()
        vectorizer = DictVectorizer()
        machine = LogisticRegression(C=_STRENGTH, max_iter=_ITERATIONS)
        machine.fit(vectorizer.fit_transform(rows), own)
        learnt = zip(vectorizer.get_feature_names_out(), machine.coef_[0], strict=True)
        weights = {str(name): round(float(value), 3) for name, value in learnt}
        return cls(float(machine.intercept_[0]), {k: v for k, v in weights.items() if v})

    def odds(self, text: str, entity: Entity) -> float:
        """The logarithm of the odds that the profile is somebody's own."""
        return self.bias + sum(self.weights.get(each, 0.0) for each in _around(text, entity))


def _around(text: str, entity: Entity) -> Iterator[str]:
    """What is looked at: the name, the words on both sides by place and without, who speaks."""
    folded = fold_keeping_offsets(text)
    left = _TOKEN.findall(folded[: entity.start])[-_BEFORE:]
    right = _TOKEN.findall(folded[entity.end :])[:_AFTER]
    speaks = bool(_SELF.search(folded))
    seen = [
        f"valeur={entity.value}",
        f"nom={folded[entity.start : entity.end]}",
        f"valeur={entity.value}|je={speaks}",
        f"je={speaks}",
        f"question={'?' in folded}",
        f"court={len(folded.split()) <= _FEW_WORDS}",
        f"avant2={' '.join(left[-2:])}",
        f"avant3={' '.join(left[-3:])}",
        *(f"avant={word}" for word in left or ("",)),
        *(f"apres={word}" for word in right or ("",)),
        *(f"avant-{place}={word}" for place, word in enumerate(reversed(left))),
        *(f"apres+{place}={word}" for place, word in enumerate(right)),
    ]
    yield from dict.fromkeys(seen)
