"""The best way to cut a message into questions, from the classifier's view of its runs.

The limits were chosen on 450 messages written for that (`benchmarks/decoupage/`), and measured on
130 others kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant_am.french.fold import fold_keeping_offsets, words
from assistant_am.nlu.plan import Plan, Span
from assistant_am.nlu.question_forms import asks, leans, tells
from assistant_am.nlu.thresholds import outside_mass

_WHOLE_FAVOURED = 0.3
_COST_OF_A_QUESTION = 0.4
_WEAK_CUT = 0.9
_FEW_WORDS, _FEW_WORDS_CLEAR = 2, 0.97
_NOT_ASKING_CLEAR = 0.99
_KEYWORDS_CLEAR = 0.9
_ADDED_CLEAR, _ADDED_WORDS = 0.9, 14
_LEANING_WORDS = 4
NOT_OURS = 0.3
"""Probability of « none of our subjects » from which a run is not cut out."""
_NEVER = 2.0
_WEIGHT_WHEN_LEANING = 0.5
_ACTS = frozenset(
    {
        "demander_plus",
        "demander_pourquoi",
        "demander_source",
        "demander_fraicheur",
        "demander_calcul",
    }
)
"""Intents about the last answer: no question of a message's own."""


@dataclass(frozen=True)
class Bands:
    """Limits of confidence; config.yml says how each was chosen.

    `outside`: probability of « none of our subjects » from which a message is out of scope.
    `sure`: from here the first subject is answered; `unsure`: from here two or three are offered;
    below, the message is not understood. `clause`: a clause asks something of its own from here.
    """

    outside: float
    sure: float
    unsure: float
    clause: float


class Search:
    """The best way to cut, by dynamic programming over the clauses of each sentence."""

    def __init__(
        self, proposed: Plan, probabilities: np.ndarray, labels: Sequence[str], bands: Bands
    ) -> None:
        self.plan = proposed
        self.labels = labels
        self.bands = bands
        self.rows: Mapping[Span, np.ndarray] = dict(
            zip(proposed.spans, probabilities[1:], strict=True)
        )
        self.asks = {span: asks(self.typed(span)) for span in proposed.spans}
        self.any_asks = any(clause.asks for clause in proposed.clauses)

    def typed(self, span: Span) -> str:
        """A run folded, with the « et » or the « 2) » before it."""
        first, last = self.plan.clauses[span[0]], self.plan.clauses[span[1]]
        return fold_keeping_offsets(self.plan.text[first.start : last.end])

    def label(self, span: Span) -> str:
        return self.labels[int(self.rows[span].argmax())]

    def sure(self, span: Span) -> float:
        return float(self.rows[span].max())

    def outside(self, span: Span) -> float:
        return float(outside_mass(self.rows[span][None, :], self.labels)[0])

    def weight(self, sentence: Span) -> float:
        """How much the one question counts against all that is told: less when it leans on it."""
        return _WEIGHT_WHEN_LEANING if leans(self.typed(sentence)) else 1.0

    def asking_sentences(self) -> list[Span]:
        """Sentences whose form asks; of those after the first, also short ones that are clear:
        « la VAE c possible ? et sans le bac »."""
        sentences = self.plan.sentences()
        asking = [span for span in sentences if self.asks[span]]
        if not asking:
            return []
        return [
            span
            for span in sentences
            if span in asking
            or (
                span > asking[0]
                and not self.plan.clauses[span[0]].tells
                and self.sure(span) >= _ADDED_CLEAR
                and _is_subject(self.label(span))
                and len(words(self.plan.words_of(span))) <= _ADDED_WORDS
            )
        ]

    def questions(self) -> list[Span]:
        """Runs that each ask something of their own, each subject once."""
        sentences = self.asking_sentences()
        kept: dict[str, Span] = {}
        for sentence in sentences or self._not_told():
            found = self._cut(sentence, alone=len(sentences) == 1)
            for span in found:
                kept.setdefault(self.label(span), span)
            if kept and not found and self._leans(sentence):
                kept[f"{sentence}"] = sentence
        return list(kept.values())

    def _leans(self, sentence: Span) -> bool:
        """« … ? c'est quand ? »: what it asks, the conversation knows from the one before it."""
        said = self.plan.words_of(sentence)
        return said.endswith("?") and len(words(said)) <= _LEANING_WORDS

    def _not_told(self) -> list[Span]:
        """Where no sentence asks in its form: those in which nobody tells of oneself, or all."""
        sentences = self.plan.sentences()
        return [span for span in sentences if not self.plan.clauses[span[0]].tells] or sentences

    def _cut(self, sentence: Span, *, alone: bool) -> tuple[Span, ...]:
        first, last = sentence
        if self._is_about_others(sentence):
            return ()
        best: dict[int, tuple[float, tuple[Span, ...]]] = {first: (0.0, ())}
        for end in range(first, last + 1):
            # A clause may be left out: what is told before the question.
            options = [best[end]]
            for start in range(first, end + 1):
                span = (start, end)
                value, path = best[start]
                if self._may_ask(span, sentence) and self.label(span) not in map(self.label, path):
                    favour = _WHOLE_FAVOURED if span == sentence else 0.0
                    gain = self.sure(span) - _COST_OF_A_QUESTION + favour
                    options.append((value + gain, (*path, span)))
            best[end + 1] = max(options, key=lambda option: option[0])
        path = best[last + 1][1]
        unclear = path == (sentence,) and not alone and self.sure(sentence) < self._apart(sentence)
        return () if unclear else path

    def _is_about_others(self, sentence: Span) -> bool:
        """« bourse du Crous, combien par mois et qui paye »: what is named first is not ours."""
        named = (sentence[0], sentence[0])
        return not self.asks[named] and min(self.outside(named), self.outside(sentence)) > NOT_OURS

    def _apart(self, sentence: Span) -> float:
        """How clear a sentence among others must be. The writer's own « ? » leaves no doubt on the
        cut, only on the subject: halfway to what a message of its own needs."""
        marked = self.plan.words_of(sentence).endswith("?")
        return (self.bands.sure + self.bands.clause) / 2 if marked else self.bands.clause

    def _may_ask(self, span: Span, sentence: Span) -> bool:
        if not _is_subject(self.label(span)) or self.outside(span) > NOT_OURS:
            return False
        return span == sentence or self.sure(span) >= self._needed(span, sentence)

    def _needed(self, span: Span, sentence: Span) -> float:
        """How clear a run must be to stand apart, by the cuts around it and its form."""
        clauses_ = self.plan.clauses
        weak_before = span[0] > sentence[0] and clauses_[span[0]].weak
        weak_after = span[1] < sentence[1] and clauses_[span[1] + 1].weak
        needed = _WEAK_CUT if weak_before or weak_after else self.bands.clause
        if not self.asks[span]:
            if tells(self.typed(span)):
                return _NEVER
            needed = max(needed, _NOT_ASKING_CLEAR if self.any_asks else _KEYWORDS_CLEAR)
        if len(words(self.plan.words_of(span))) <= _FEW_WORDS:
            needed = max(needed, _FEW_WORDS_CLEAR)
        return needed


def _is_subject(label: str) -> bool:
    return label.startswith("demander_") and label not in _ACTS
