"""Which point of its subject a message puts: « faut bac +4 ? » among those that the fiche decides.

A subject has a general answer and a few points (`propositions`). A message is compared with the
wordings of each point and with the learnt messages that ask it; how much each comparison counts is
fitted on those messages, each read as if its own conversation had not been learnt.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant_am.understanding.conversations import GENERAL
from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.ranking import softmax
from assistant_am.understanding.subjects import Subject, stems

FILE = "points.npz"
FEATURES = ("voisins", "enonce", "mots_enonce", "mots_exemples", "frequence", "general")
_AXES = 96
_SHARPNESS = 12.0
"""Of the fall with distance."""
_FLOOR = 0.02
_PENALTY = 1.0
_CAUTION = 0.6
"""Of the scores: the writers of the wordings had the learnt messages before them, so those are
found more surely than new ones. On 144 new messages weights of about this size fit best."""
_STEPS = 127


@dataclass(frozen=True)
class PointExample:
    """A message of a `conversation` that asks a point of a subject, by its key."""

    conversation: str
    subject: str
    point: str
    text: str


@dataclass(frozen=True)
class Space:
    """Where vectors are compared: their mean, and the directions kept of them."""

    mean: NDArray[Any]
    axes: NDArray[Any]

    @classmethod
    def of(cls, vectors: NDArray[Any]) -> Space:
        if not len(vectors):
            return cls(np.zeros(vectors.shape[1]), np.zeros((vectors.shape[1], 0)))
        mean = vectors.mean(0)
        _, axes = np.linalg.eigh((vectors - mean).T @ (vectors - mean))
        return cls(mean, axes[:, ::-1][:, :_AXES])

    def rows(self, vectors: NDArray[Any]) -> NDArray[Any]:
        """Short unit rows, kept in 8 bits."""
        flat = (vectors - self.mean) @ self.axes
        unit = flat / np.maximum(np.linalg.norm(flat, axis=-1, keepdims=True), 1e-9)
        return np.asarray(np.round(unit * _STEPS) / _STEPS, dtype=np.float32)


class Points:
    """Reads the point of a message.

    `rows` are those of the examples, `worded` those of every wording of `wordings`, in order;
    `weights` are in the order of FEATURES.
    """

    def __init__(
        self,
        space: Space,
        examples: Sequence[PointExample],
        rows: NDArray[Any],
        subjects: Mapping[str, Subject],
        worded: NDArray[Any],
        weights: Sequence[float],
    ) -> None:
        self._space, self._examples, self._rows, self._worded = space, examples, rows, worded
        self.weights = np.array(weights)
        met = Counter(stem for each in examples for stem in stems(each.text))
        self._rarity = {stem: math.log(1 + len(examples) / (1 + n)) for stem, n in met.items()}
        ours: dict[str, list[int]] = {key: [] for key in subjects}
        for i, each in enumerate(examples):
            ours.setdefault(each.subject, []).append(i)
        self._known: dict[str, _Known] = {}
        start = 0
        for key, subject in subjects.items():
            count = sum(len(said) for _, said in subject.points)
            if count:
                some = [examples[i] for i in ours[key]]
                vectors = worded[start : start + count]
                self._known[key] = _Known.of(subject, some, rows[ours[key]], vectors)
            start += count

    @classmethod
    def fit(
        cls,
        examples: Sequence[PointExample],
        vectors: NDArray[Any],
        subjects: Mapping[str, Subject],
        worded: NDArray[Any],
    ) -> Points:
        """`vectors`: the encoder's of each example after what came before it; `worded`: those of
        `wordings(subjects)`."""
        space = Space.of(vectors if len(examples) else worded)
        rows = space.rows(vectors)
        points = cls(space, examples, rows, subjects, space.rows(worded), [0.0] * len(FEATURES))
        points.weights = fitted(*points.compared())
        return points

    def read(self, subject: str, text: str, vector: NDArray[Any]) -> list[tuple[str, float]]:
        """The points of a subject with their probabilities, best first; none when it has none."""
        known = self._known.get(subject)
        if known is None:
            return []
        table = self._features(known, self._space.rows(vector), stems(text))
        probabilities = softmax(_CAUTION * table @ self.weights)
        order = np.argsort(-probabilities, kind="stable")
        return [(known.names[i], round(float(probabilities[i]), 4)) for i in order]

    def compared(self) -> tuple[list[NDArray[Any]], list[int]]:
        """Each example's FEATURES, without the examples of its own conversation, and the place of
        the right point."""
        tables: list[NDArray[Any]] = []
        right: list[int] = []
        for example, row in zip(self._examples, self._rows, strict=True):
            known = self._known.get(example.subject)
            if known:
                others = np.array([name != example.conversation for name in known.conversations])
                tables.append(self._features(known, row, stems(example.text), others))
                right.append(known.place(example.point))
        return tables, right

    def _features(
        self,
        known: _Known,
        row: NDArray[Any],
        said: frozenset[str],
        only: NDArray[Any] | None = None,
    ) -> NDArray[Any]:
        """Names × FEATURES; `only` says which learnt messages to look at."""
        used = np.ones(len(known.asked), dtype=bool) if only is None else only
        asked, count = known.asked[used], len(known.names)
        near = np.exp((known.rows[used] @ row - 1) * _SHARPNESS)
        held = np.bincount(asked, weights=near, minlength=count)
        often = np.bincount(asked, minlength=count)
        table = np.zeros((count, len(FEATURES)))
        table[:, 0] = np.log(held / (held.sum() + 1e-3) + _FLOOR)
        for i, (vectors, worded) in enumerate(zip(known.worded, known.wordings, strict=True)):
            table[i, 1] = float((vectors @ row).max())
            table[i, 2] = max(_share(each, said, known.weights) for each in worded)
        for place, i in zip(np.flatnonzero(used), asked, strict=True):
            table[i, 3] = max(table[i, 3], self._likeness(said, known.said[place]))
        table[:, 4] = np.log((often + 0.5) / (len(asked) + 0.5 * count))
        table[-1, 5] = 1.0
        return table

    def _likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        shared = self._total(one & other)
        return shared / math.sqrt(self._total(one) * self._total(other)) if shared else 0.0

    def _total(self, some: frozenset[str]) -> float:
        return sum(self._rarity.get(stem, 0.0) for stem in some)

    def save(self, folder: Path) -> None:
        """Write what `load` reads into an existing folder."""
        examples = json.dumps([astuple(each) for each in self._examples], ensure_ascii=False)
        np.savez_compressed(
            folder / FILE,
            mean=self._space.mean.astype(np.float32),
            axes=self._space.axes.astype(np.float32),
            rows=np.round(self._rows * _STEPS).astype(np.int8),
            worded=np.round(self._worded * _STEPS).astype(np.int8),
            examples=np.frombuffer(examples.encode(), dtype=np.uint8),
            weights=self.weights,
        )

    @classmethod
    def load(cls, folder: Path, subjects: Mapping[str, Subject]) -> Points:
        """`subjects` are those it was fitted with. Raises BrokenModel."""
        try:
            with np.load(folder / FILE, allow_pickle=False) as kept:
                return cls(
                    Space(kept["mean"], kept["axes"]),
                    [PointExample(*each) for each in json.loads(kept["examples"].tobytes())],
                    kept["rows"].astype(np.float32) / _STEPS,
                    subjects,
                    kept["worded"].astype(np.float32) / _STEPS,
                    kept["weights"].tolist(),
                )
        except Exception as error:
            raise BrokenModel(f"modèle illisible ({error}) : lancez `make train`") from error


@dataclass(frozen=True)
class _Known:
    """The points of one subject by `names`, GENERAL last. Of the learnt messages: rows, place of
    what each asks, stems, conversation. Of each point's wordings: rows and stems. `weights`: what
    a stem says of which point is meant."""

    names: tuple[str, ...]
    rows: NDArray[Any]
    asked: NDArray[Any]
    said: tuple[frozenset[str], ...]
    conversations: tuple[str, ...]
    worded: tuple[NDArray[Any], ...]
    wordings: tuple[tuple[frozenset[str], ...], ...]
    weights: Mapping[str, float]

    @classmethod
    def of(
        cls,
        subject: Subject,
        examples: Sequence[PointExample],
        rows: NDArray[Any],
        worded: NDArray[Any],
    ) -> _Known:
        names = (*(key for key, _ in subject.points), GENERAL)
        lengths = [len(said) for _, said in subject.points]
        each = tuple(tuple(stems(text) for text in said) for _, said in subject.points)
        met = Counter(stem for some in each for stem in frozenset().union(*some))
        return cls(
            names,
            rows,
            np.array([_place(names, one.point) for one in examples], dtype=np.int64),
            tuple(stems(one.text) for one in examples),
            tuple(one.conversation for one in examples),
            tuple(np.split(worded, np.cumsum(lengths)[:-1])),
            each,
            {stem: math.log(1 + len(each) / n) for stem, n in met.items()},
        )

    def place(self, point: str) -> int:
        return _place(self.names, point)


def wordings(subjects: Mapping[str, Subject]) -> list[tuple[str, str]]:
    """(subject, wording) of every point, in the order of the rows that `Points` takes."""
    return [
        (key, text) for key, subject in subjects.items() for _, said in subject.points
        for text in said
    ]  # fmt: skip


def _place(names: Sequence[str], point: str) -> int:
    """A point that is no longer in the fiche is its general answer."""
    return names.index(point) if point in names else len(names) - 1


def _share(wording: frozenset[str], said: frozenset[str], weights: Mapping[str, float]) -> float:
    """How much of a wording a message says, by weight."""
    total = sum(weights[stem] for stem in wording)
    return sum(weights[stem] for stem in wording & said) / total if total else 0.0


def fitted(tables: Sequence[NDArray[Any]], right: Sequence[int]) -> NDArray[Any]:
    """Weights of a conditional logit."""

    def loss(weights: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        total, slope = _PENALTY * float(weights @ weights) / 2, _PENALTY * weights
        for table, i in zip(tables, right, strict=True):
            probabilities = softmax(table @ weights)
            total -= math.log(max(probabilities[i], 1e-12))
            slope = slope + probabilities @ table - table[i]
        return total, slope

    return np.asarray(minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x)
