"""Decide which questions a message asks, from the classifier's view of its clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant_am.french.fold import words
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
_BEYOND_DOUBT = 0.9
_MUCH_BETTER = 0.2
_FEW_WORDS = 4
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
class Plan:
    """What to classify in one batch: the whole message, then its clauses, then these joined where
    the cut between them is weak."""

    text: str
    clauses: tuple[Clause, ...]
    joined: tuple[Clause, ...]

    @property
    def texts(self) -> list[str]:
        if len(self.clauses) <= 1:
            return [self.text]
        return [self.text, *(c.text for c in self.clauses), *(c.text for c in self.joined)]


def plan(text: str) -> Plan:
    """Propose the questions of a message."""
    found = clauses(text)
    return Plan(text, tuple(found), tuple(_joined(text, found)))


def _joined(text: str, found: Sequence[Clause]) -> list[Clause]:
    """Runs of clauses with only weak cuts inside, as single clauses."""
    runs: list[list[Clause]] = []
    for clause in found:
        if clause.weak and runs:
            runs[-1].append(clause)
        else:
            runs.append([clause])
    return [
        Clause(
            text[run[0].start : run[-1].end].strip(),
            run[0].start,
            run[-1].end,
            any(clause.asks for clause in run),
        )
        for run in runs
    ]


def readings(
    proposed: Plan, probabilities: np.ndarray, labels: Sequence[str], bands: Bands
) -> list[Reading]:
    """The questions asked, in order, each subject once.

    A clause counts when its form asks something and its subject is clear; the story around it does
    not. A weak cut holds only when both its sides are clear beyond doubt and of two subjects. With
    fewer than two questions the whole message is read, unless one clause says it much better.
    """
    text, whole = proposed.text, probabilities[0]
    if len(proposed.clauses) <= 1:
        return [_reading(text, 0, len(text), whole, labels, bands)]
    split = len(proposed.clauses)
    rows = list(zip(proposed.clauses, probabilities[1 : split + 1], strict=True))
    runs = list(zip(proposed.joined, probabilities[split + 1 :], strict=True))
    asked = _distinct(
        [pair for run in runs for pair in _questions(run, rows, labels, bands)], labels
    )
    if len(asked) > 1:
        return [
            _reading(clause.text, clause.start, clause.end, row, labels, bands)
            for clause, row in asked
        ]
    best = max(runs, key=lambda pair: float(pair[1].max()))[1]
    row = best if best.max() > whole.max() + _MUCH_BETTER and _ours(best, labels) else whole
    return [_reading(text, 0, len(text), row, labels, bands)]


_Scored = tuple[Clause, np.ndarray]


def _questions(
    run: _Scored, rows: Sequence[_Scored], labels: Sequence[str], bands: Bands
) -> list[_Scored]:
    """The questions of a run: its clauses if each is beyond doubt, else the run as a whole."""
    clause, row = run
    parts = [
        (part, scored)
        for part, scored in rows
        if clause.start <= part.start and part.end <= clause.end
    ]
    certain = [
        (part, scored)
        for part, scored in parts
        if _certain(scored, labels) and len(words(part.text)) >= _FEW_WORDS - 1
    ]
    if len(parts) > 1 and len(_distinct(certain, labels)) > 1 and any(p.asks for p, _ in certain):
        return certain
    if not clause.asks or not _ours(row, labels):
        return []
    short = len(words(clause.text)) < _FEW_WORDS
    needed = _BEYOND_DOUBT if short else bands.clause
    return [run] if row.max() >= needed else []


def _distinct(scored: Sequence[_Scored], labels: Sequence[str]) -> list[_Scored]:
    kept: dict[str, _Scored] = {}
    for pair in scored:
        kept.setdefault(labels[int(pair[1].argmax())], pair)
    return list(kept.values())


def _ours(row: np.ndarray, labels: Sequence[str]) -> bool:
    return (
        labels[int(row.argmax())].startswith("demander_") and labels[int(row.argmax())] not in _ACTS
    )


def _certain(row: np.ndarray, labels: Sequence[str]) -> bool:
    return bool(row.max() >= _BEYOND_DOUBT) and _ours(row, labels)


def _reading(
    text: str, start: int, end: int, row: np.ndarray, labels: Sequence[str], bands: Bands
) -> Reading:
    order = np.argsort(-row, kind="stable")[:_RANKED]
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
