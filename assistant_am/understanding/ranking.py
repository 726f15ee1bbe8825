"""A second look at the first candidates: each is compared with this turn and with what came before.

The weights are fitted on conversations that neither the encoder nor the heads have learnt
(`benchmarks/encodeur/`), since those that they have learnt look surer than they are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant_am.french.fold import fold
from assistant_am.understanding.conversations import NOT_COVERED, TELLS, LabelledConversation

FEATURES = (
    "encodeur", "mots", "meme_sujet", "meme_theme", "suite_proposee", "deja_traite", "frequence",
    "enchainement", "mots_communs", "acte", "non_couvert", "aucune", "meme_sujet_long",
)  # fmt: skip
"""What is known of a candidate, in the order of the weights: log-probabilities of the encoder and
of the words; is it the last subject, of its theme, among what it suggests, answered already; how
often it is asked, and after that subject; words shared with its question; what kind it is."""
_WORD = re.compile(r"\w+")
_STEM = 5
_SMOOTHING = 8.0
_LONG = 60
"""Characters from which a message stands by itself."""


@dataclass(frozen=True)
class Subject:
    """A subject as it was learnt: facts change without training, these do not follow."""

    question: str
    intent: str
    theme: str
    label: str
    next: tuple[str, ...] = ()

    @property
    def stems(self) -> frozenset[str]:
        return stems(f"{self.question} {self.label}")


@dataclass(frozen=True)
class Context:
    """What came before a message: the last `subject`, the `message`, the subjects `answered`."""

    subject: str = ""
    message: str = ""
    answered: tuple[str, ...] = ()


NO_CONTEXT = Context()


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
    logs: tuple[float, float],
    labels: int,
) -> list[float]:
    """One row of FEATURES for a candidate; `logs` are those of the encoder and of the words."""
    subject, last = subjects.get(label), subjects.get(context.subject)
    same = float(label == context.subject)
    theme = subject is not None and last is not None and subject.theme == last.theme
    shared = len(stems(text) & subject.stems) if subject else 0
    earlier = label in context.answered and not same
    return [
        *logs,
        same,
        float(theme and not same),
        float(last is not None and label in last.next),
        float(earlier),
        *habits.logs(label, context.subject, labels),
        float(shared),
        float(subject is None),
        float(label == NOT_COVERED),
        float(label == TELLS),
        same * min(1.0, len(text) / _LONG),
    ]


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text."""
    return frozenset(w[:_STEM] for w in _WORD.findall(fold(text)) if len(w) > 2)  # noqa: PLR2004


def softmax(scores: NDArray[Any]) -> NDArray[Any]:
    """Probabilities from scores, the last axis summing to 1."""
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))
