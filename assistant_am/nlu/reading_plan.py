"""Decide which questions a message asks: one reading for each, with its band of confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant_am.nlu.plan import Plan
from assistant_am.nlu.question_search import NOT_OURS, Bands, Search
from assistant_am.nlu.thresholds import OUTSIDE_INTENTS, outside_mass

_RANKED = 5
_FLOOR = 0.003
_CLEAR_ALONE = 0.9


@dataclass(frozen=True)
class Reading:
    """One question of the message, as `dialogue.turn.Segment` wants it."""

    text: str
    start: int
    end: int
    intent: str
    confidence: float
    band: str
    ranking: tuple[tuple[str, float], ...]


def readings(
    proposed: Plan, probabilities: np.ndarray, labels: Sequence[str], bands: Bands
) -> list[Reading]:
    """The questions asked, in order, each subject once.

    Sentences that tell a story around a question are left out. A cut holds when each side is clear
    and of another subject; a comma or an « et » has to be clearer. With one question left, the
    whole message counts as well: what is told around it often names its subject.
    """
    text, whole = proposed.text, probabilities[0]
    if not proposed.spans:
        return [_reading(text, 0, len(text), whole, labels, bands)]
    search = Search(proposed, probabilities, labels, bands)
    asked = search.questions()
    if len(asked) > 1:
        return [
            _reading(
                proposed.words_of(span),
                proposed.clauses[span[0]].start,
                proposed.clauses[span[1]].end,
                search.rows[span],
                labels,
                bands,
            )
            for span in asked
        ]
    sentences = search.asking_sentences()
    if len(sentences) == 1 and search.outside(sentences[0]) < NOT_OURS:
        alone = search.rows[asked[0] if asked else sentences[0]]
        row = np.maximum(whole, _FLOOR) * np.maximum(alone, _FLOOR) ** search.weight(sentences[0])
        best = int(row.argmax())
        # The order is that of both together; the confidence that of the one that is surer of it.
        surer = max(whole, alone, key=lambda each: each[best])
        return [_reading(text, 0, len(text), surer, labels, bands, first=best)]
    ours = float(outside_mass(whole[None, :], labels)[0]) <= bands.outside
    if ours and len(asked) == 1 and whole.max() < search.sure(asked[0]) >= _CLEAR_ALONE:
        return [_reading(text, 0, len(text), search.rows[asked[0]], labels, bands)]
    return [_reading(text, 0, len(text), whole, labels, bands)]


def _reading(
    text: str,
    start: int,
    end: int,
    row: np.ndarray,
    labels: Sequence[str],
    bands: Bands,
    first: int | None = None,
) -> Reading:
    order = [int(i) for i in np.argsort(-row, kind="stable")[:_RANKED]]
    if first is not None:
        order = [first, *(i for i in order if i != first)][:_RANKED]
    ranking = tuple((labels[i], round(float(row[i]), 4)) for i in order)
    intent, confidence = ranking[0]
    outside = float(outside_mass(row[None, :], labels)[0])
    if outside > bands.outside:
        band = "hors_sujet"
        intent = max(
            OUTSIDE_INTENTS, key=lambda name: row[labels.index(name)] if name in labels else 0.0
        )
        confidence = round(outside, 4)
    elif confidence >= bands.sure:
        band = "sur"
    else:
        band = "hesitant" if confidence >= bands.unsure else "incompris"
    return Reading(text, start, end, intent, confidence, band, ranking)
