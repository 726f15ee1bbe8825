"""Remember what a text gave, for the time of a training: the folds read the same texts again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assistant_am.nlu.encoder import SentenceEncoder

_BATCH = 256


def remembering(
    function: Callable[[Sequence[str]], list[str]],
) -> Callable[[Sequence[str]], list[str]]:
    """The same function, each text computed once."""
    known: dict[str, str] = {}

    def remembered(texts: Sequence[str]) -> list[str]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, function(new), strict=True))
        return [known[text] for text in texts]

    return remembered


class Remembering:
    """An encoder that computes each text once, in batches."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            self._known.update(zip(batch, self._encoder.encode(batch), strict=True))
        return np.array([self._known[text] for text in texts])
