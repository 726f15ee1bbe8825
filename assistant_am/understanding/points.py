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

from assistant_am.understanding.conversations import GENERAL
from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.logit import conditional_logit
from assistant_am.understanding.ranking import softmax
from assistant_am.understanding.space import Space, from_8_bits, in_8_bits
from assistant_am.understanding.subjects import Subject, stems

FILE = "points.npz"
FEATURES = ("voisins", "enonce", "mots_enonce", "mots_exemples", "frequence", "general")
_SHARPNESS = 12.0
"""Of the fall with distance."""
_FLOOR = 0.02
_PENALTY = 1.0
_CAUTION = 0.6
"""Of the scores: the writers of the wordings had the learnt messages before them, so those are
found more surely than new ones. On 144 new messages weights of about this size fit best."""


@dataclass(frozen=True)
class PointExample:
    """A message of a `conversation` that asks a point of a subject, by its key."""

    conversation: str
    subject: str
    point: str
    text: str


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
                mine = rows[ours[key]]
                self._known[key] = _Known.of(subject, some, mine, vectors, self._rarity)
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
        rows, of_wordings = _rows(space, vectors), _rows(space, worded)
        points = cls(space, examples, rows, subjects, of_wordings, [0.0] * len(FEATURES))
        points.weights = fitted(*points.compared())
        return points

    def read(self, subject: str, text: str, vector: NDArray[Any]) -> list[tuple[str, float]]:
        """The points of a subject with their probabilities, best first; none when it has none."""
        known = self._known.get(subject)
        if known is None:
            return []
        table = self._features(known, _rows(self._space, vector), stems(text))
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
        own = self._total(said)
        for place, i in zip(np.flatnonzero(used), asked, strict=True):
            if shared := self._total(said & known.said[place]):
                alike = shared / math.sqrt(own * known.totals[place])
                table[i, 3] = max(table[i, 3], alike)
        table[:, 4] = np.log((often + 0.5) / (len(asked) + 0.5 * count))
        table[-1, 5] = 1.0
        return table

    def _total(self, some: frozenset[str]) -> float:
        return _total(self._rarity, some)

    def save(self, folder: Path) -> None:
        """Write what `load` reads into an existing folder."""
        examples = json.dumps([astuple(each) for each in self._examples], ensure_ascii=False)
        np.savez_compressed(
            folder / FILE,
            mean=self._space.mean.astype(np.float32),
            axes=self._space.axes.astype(np.float32),
            rows=in_8_bits(self._rows),
            worded=in_8_bits(self._worded),
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
                    from_8_bits(kept["rows"]),
                    subjects,
                    from_8_bits(kept["worded"]),
                    kept["weights"].tolist(),
                )
        except Exception as error:
            raise BrokenModel(f"modèle illisible ({error}) : lancez `make train`") from error


@dataclass(frozen=True)
class _Known:
    """The points of one subject by `names`, GENERAL last.

    Of the learnt messages: rows, place of what each asks, stems and their rarity in all,
    conversation. Of each point's wordings: rows and stems. `weights`: what a stem says of which
    point is meant.
    """

    names: tuple[str, ...]
    rows: NDArray[Any]
    asked: NDArray[Any]
    said: tuple[frozenset[str], ...]
    totals: tuple[float, ...]
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
        rarity: Mapping[str, float],
    ) -> _Known:
        names = (*(key for key, _ in subject.points), GENERAL)
        lengths = [len(said) for _, said in subject.points]
        each = tuple(tuple(stems(text) for text in said) for _, said in subject.points)
        met = Counter(stem for some in each for stem in frozenset().union(*some))
        told = tuple(stems(one.text) for one in examples)
        return cls(
            names,
            rows,
            np.array([_place(names, one.point) for one in examples], dtype=np.int64),
            told,
            tuple(_total(rarity, some) for some in told),
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


def _total(rarity: Mapping[str, float], some: frozenset[str]) -> float:
    return sum(rarity.get(stem, 0.0) for stem in some)


def _share(wording: frozenset[str], said: frozenset[str], weights: Mapping[str, float]) -> float:
    """How much of a wording a message says, by weight."""
    total = sum(weights[stem] for stem in wording)
    return sum(weights[stem] for stem in wording & said) / total if total else 0.0


def fitted(tables: Sequence[NDArray[Any]], right: Sequence[int]) -> NDArray[Any]:
    """The weights that find the right place of each table."""
    cases = [
        (table, np.arange(len(table)) == place) for table, place in zip(tables, right, strict=True)
    ]
    return conditional_logit(cases, len(FEATURES), _PENALTY)


def _rows(space: Space, vectors: NDArray[Any]) -> NDArray[Any]:
    """Rounded as they are kept: what was just learnt and what is read again are the same."""
    return from_8_bits(in_8_bits(space.unit(vectors)))
