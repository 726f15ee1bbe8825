"""The first look at a message: what the encoder and its words say of it, each by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant_am.meaning import Context
from assistant_am.understanding.encoder import Before, Encoder
from assistant_am.understanding.heads import Heads
from assistant_am.understanding.lexical import Lexical
from assistant_am.understanding.neighbours import Neighbours
from assistant_am.understanding.ranking import softmax
from assistant_am.understanding.subjects import Subject

_FLOOR = 1e-9


class FirstLook:
    """`words_temperature` makes probabilities of the words' scores."""

    def __init__(
        self,
        encoder: Encoder,
        heads: Heads,
        lexical: Lexical,
        neighbours: Neighbours,
        subjects: Mapping[str, Subject],
        words_temperature: float,
    ) -> None:
        self._encoder = encoder
        self._heads = heads
        self._lexical = lexical
        self._neighbours = neighbours
        self._subjects = subjects
        self._temperature = words_temperature
        place = {label: i for i, label in enumerate(heads.labels)}
        self._columns = [place[name] for name in lexical.labels]

    def read(
        self, texts: Sequence[str], context: Context
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Log-probabilities of the labels, texts × READINGS × labels, probabilities of the kinds,
        texts × kinds, and the encoder's vectors, one a text."""
        before = self._before(context)
        vectors = self._encoder.encode(texts, [before] * len(texts))
        labels, kinds = self._heads.read(vectors)
        scores, odds = self._lexical.read(texts, [context.subject] * len(texts))
        rows = [labels, self._neighbours.read(vectors), self._by_words(scores)]
        logs = np.log(np.maximum(np.stack(rows, axis=1), _FLOOR))
        return logs, _kinds(odds, kinds), vectors

    def _before(self, context: Context) -> Before:
        subject = self._subjects.get(context.subject)
        return Before(subject.question if subject else "", context.message, context.opening)

    def _by_words(self, scores: NDArray[Any]) -> NDArray[Any]:
        rows = np.full((len(scores), len(self._heads.labels)), _FLOOR)
        rows[:, self._columns] = softmax(scores / self._temperature)
        return rows


def _kinds(by_words: NDArray[Any], encoded: NDArray[Any]) -> NDArray[Any]:
    """The encoder's and the words' odds weigh the same."""
    clipped = np.clip(encoded, _FLOOR, 1 - _FLOOR)
    odds = np.exp((np.log(clipped / (1 - clipped)) + by_words) / 2)
    return np.asarray(odds / (1 + odds))
