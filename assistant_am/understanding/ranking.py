"""A second look at the first candidates: each is compared with this turn and with what came before.

The weights are fitted on conversations that neither the encoder nor the heads have learnt
(`benchmarks/encodeur/`), since those that they have learnt look surer than they are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant_am.meaning import Context
from assistant_am.understanding.conversations import NOT_COVERED, TELLS, LabelledConversation
from assistant_am.understanding.subjects import Subject, stems

READINGS = ("encodeur", "voisins", "mots")
"""Log-probabilities of the encoder, of the learnt examples nearest to the message, of the words."""
FEATURES = (
    *READINGS, "meme_sujet", "deja_traite", "frequence", "enchainement", "mots_fiche", "acte",
    "non_couvert", "aucune", "meme_sujet_long",
)  # fmt: skip
"""What is known of a candidate, in the order of the weights: its readings; is it the last
subject, or answered already; how often it is asked, and after that subject; rare words of the
message found in its fiche; what kind it is."""
_SMOOTHING = 8.0
_USUAL_LENGTH = 3
"""Words added to those of a message, so that a single one does not decide."""
_LONG = 60
"""Characters from which a message stands by itself."""


class Habits:
    """How often each label is asked, and after which subject."""

    def __init__(self, asked: Mapping[str, int], after: Mapping[str, Mapping[str, int]]) -> None:
        self._asked = dict(asked)
        self._after = {subject: dict(counts) for subject, counts in after.items()}
        self._total = sum(asked.values())

    @classmethod
    def of(cls, conversations: Sequence[LabelledConversation], subjects: Collection[str]) -> Habits:
        """Counted over conversations."""
        asked: Counter[str] = Counter()
        after: dict[str, Counter[str]] = {}
        for conversation in conversations:
            last = ""
            for turn in conversation.turns:
                label = turn.requests[0].labels[0] if turn.requests else TELLS
                asked[label] += 1
                after.setdefault(last, Counter())[label] += 1
                known = [r.labels[0] for r in turn.requests if r.labels[0] in subjects]
                last = known[-1] if known else last
        return cls(asked, after)

    def logs(self, label: str, subject: str, labels: int) -> tuple[float, float]:
        """Log-frequency of a label, by itself and after a subject."""
        prior = (self._asked.get(label, 0) + 0.5) / (self._total + 0.5 * labels)
        counts = self._after.get(subject, {})
        total = sum(counts.values())
        follows = (counts.get(label, 0) + _SMOOTHING * prior) / (total + _SMOOTHING)
        return math.log(prior), math.log(follows)

    def to_json(self) -> dict[str, Any]:
        return {"asked": self._asked, "after": self._after}


def features(
    label: str,
    subjects: Mapping[str, Subject],
    habits: Habits,
    context: Context,
    text: str,
    readings: Sequence[float],
    labels: int,
) -> list[float]:
    """One row of FEATURES for a candidate; `readings` are those of READINGS."""
    subject = subjects.get(label)
    same = float(label == context.subject)
    said = stems(text)
    told = sum(subject.weight_of.get(stem, 0.0) for stem in said) if subject else 0.0
    earlier = label in context.answered and not same
    return [
        *readings,
        same,
        float(earlier),
        *habits.logs(label, context.subject, labels),
        told / (len(said) + _USUAL_LENGTH),
        float(subject is None),
        float(label == NOT_COVERED),
        float(label == TELLS),
        same * min(1.0, len(text) / _LONG),
    ]


def softmax(scores: NDArray[Any]) -> NDArray[Any]:
    """Probabilities from scores, the last axis summing to 1."""
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))
