"""Decide which questions a message asks, from the classifier's view of its clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant_am.nlu.segmentation import Clause, clauses
from assistant_am.nlu.thresholds import OUTSIDE_INTENTS, outside_mass


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


_RANKED = 5


def candidates(text: str) -> tuple[list[Clause], list[str]]:
    """Clauses of a message, and all the texts to classify in one batch: the whole comes first."""
    found = clauses(text)
    return found, [text, *(clause.text for clause in found if len(found) > 1)]


def readings(
    text: str, found: Sequence[Clause], probabilities: np.ndarray, labels: Sequence[str], bands: Bands
) -> list[Reading]:
    """The questions asked, in order, each subject once.

    A clause counts when its form asks something and its subject is clear; the story around it does
    not. With no such clause, or only one subject, the whole message is read, the asking clause
    weighing as much as the whole.
    """
    whole = probabilities[0]
    if len(found) <= 1:
        return [_reading(text, 0, len(text), whole, labels, bands)]
    rows = probabilities[1:]
    asking = [
        (clause, row)
        for clause, row in zip(found, rows, strict=True)
        if clause.asks and _clear(row, labels, bands)
    ]
    if not asking:
        return [_reading(text, 0, len(text), whole, labels, bands)]
    merged: list[tuple[Clause, np.ndarray]] = []
    for clause, row in asking:
        if not any(labels[int(row.argmax())] == labels[int(kept.argmax())] for _, kept in merged):
            merged.append((clause, row))
    if len(merged) == 1:
        clause, row = merged[0]
        return [_reading(text, 0, len(text), (whole + row) / 2, labels, bands)]
    return [_reading(clause.text, clause.start, clause.end, row, labels, bands) for clause, row in merged]


def _clear(row: np.ndarray, labels: Sequence[str], bands: Bands) -> bool:
    best = int(row.argmax())
    outside = outside_mass(row[None, :], labels)[0]
    return bool(row[best] >= bands.clause and outside < 0.5 and labels[best] not in OUTSIDE_INTENTS)


def _reading(
    text: str, start: int, end: int, row: np.ndarray, labels: Sequence[str], bands: Bands
) -> Reading:
    order = np.argsort(-row, kind="stable")[:_RANKED]
    ranking = tuple((labels[i], round(float(row[i]), 4)) for i in order)
    intent, confidence = ranking[0]
    outside = float(outside_mass(row[None, :], labels)[0])
    if outside > bands.outside:
        band = "hors_sujet"
        intent = max(OUTSIDE_INTENTS, key=lambda name: row[labels.index(name)] if name in labels else 0.0)
        confidence = round(outside, 4)
    elif confidence >= bands.sure:
        band = "sur"
    else:
        band = "hesitant" if confidence >= bands.unsure else "incompris"
    return Reading(text, start, end, intent, confidence, band, ranking)
