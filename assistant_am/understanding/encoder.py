"""The sentence encoder: a small transformer that reads a message with what came before it.

The first layers of multilingual-e5-small (Microsoft, MIT licence), fine-tuned on our sentences and
conversations (`benchmarks/encodeur/`), its vocabulary reduced to French. Plain numpy: no engine.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import erf

from assistant_am.understanding.unigram import UnigramTokenizer

FILE = Path(__file__).parent / "encodeur.npz"
_EPSILON = 1e-12
_MASKED = -1e4
_BEGIN, _PADDING, _END, _UNKNOWN = 0, 1, 2, 3
"""Pieces that are no text."""
MESSAGE_PIECES, BEFORE_PIECES, SUBJECT_PIECES = 72, 24, 14
"""What is read of the message, of the one before it, and of the last subject's question."""


@dataclass(frozen=True)
class Before:
    """What came before a message: the question of the last `subject`, and the `message` before."""

    subject: str = ""
    message: str = ""


NOTHING_BEFORE = Before()


@dataclass(frozen=True)
class _Layer:
    qkv: np.ndarray
    qkv_bias: np.ndarray
    out: np.ndarray
    out_bias: np.ndarray
    attention_norm: tuple[np.ndarray, np.ndarray]
    rise: np.ndarray
    rise_bias: np.ndarray
    fall: np.ndarray
    fall_bias: np.ndarray
    norm: tuple[np.ndarray, np.ndarray]


class Encoder:
    """Turns (message, what came before) into a vector of `width` numbers."""

    def __init__(self, file: Path = FILE) -> None:
        """Read the weights. Raises FileNotFoundError, ValueError when the file is damaged."""
        with np.load(file, allow_pickle=False) as arrays:
            described: dict[str, Any] = json.loads(str(arrays["description"]))
            self.name: str = described["name"]
            self._heads: int = described["heads"]
            self._words = arrays["words"]
            self._word_scales = arrays["word_scales"].astype(np.float32)
            self._positions = arrays["positions"].astype(np.float32)
            self._parts = arrays["parts"].astype(np.float32)
            self._norm = (arrays["norm_weight"], arrays["norm_bias"])
            self._layers = [_layer(arrays, i) for i in range(described["layers"])]
            self._tokenizer = UnigramTokenizer(
                described["pieces"],
                arrays["log_probabilities"].tolist(),
                described["normalisation"],
                _UNKNOWN,
            )
        self.width = 2 * self._words.shape[1]

    def encode(self, texts: Sequence[str], before: Sequence[Before]) -> np.ndarray:
        """One row a text: the mean over the pieces of the message, then the first position."""
        packed = [self._pack(text, what) for text, what in zip(texts, before, strict=True)]
        found = np.zeros((len(packed), self.width), dtype=np.float32)
        order = sorted(range(len(packed)), key=lambda i: len(packed[i][0]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            found[rows] = self._forward([packed[i] for i in rows])
        return found

    def _pack(self, text: str, before: Before) -> tuple[list[int], list[int]]:
        """Pieces, and the part of each: 0 the last subject, 1 the message before, 2 the message."""
        subject = self._tokenizer(before.subject.lower())[:SUBJECT_PIECES]
        former = _both_ends(self._tokenizer(before.message.lower()), BEFORE_PIECES)
        message = _both_ends(self._tokenizer(text.lower()), MESSAGE_PIECES)
        pieces = [_BEGIN, *subject, _END, *former, _END, *message, _END]
        parts = [0] * (len(subject) + 2) + [1] * (len(former) + 1) + [2] * (len(message) + 1)
        return pieces, parts

    def _forward(self, packed: Sequence[tuple[list[int], list[int]]]) -> np.ndarray:
        longest = max(len(pieces) for pieces, _ in packed)
        ids = np.full((len(packed), longest), _PADDING)
        parts = np.zeros((len(packed), longest), dtype=np.int64)
        present = np.zeros((len(packed), longest), dtype=np.float32)
        for row, (pieces, which) in enumerate(packed):
            ids[row, : len(pieces)] = pieces
            parts[row, : len(which)] = which
            present[row, : len(pieces)] = 1
        words = self._words[ids].astype(np.float32) * self._word_scales[ids][..., None]
        states = _normed(words + self._positions[:longest] + self._parts[parts], *self._norm)
        mask = ((1 - present) * _MASKED)[:, None, None, :]
        for layer in self._layers:
            states = self._through(layer, states, mask)
        message = ((parts == 2) * present)[..., None]  # noqa: PLR2004
        mean = (states * message).sum(1) / np.maximum(message.sum(1), 1)
        return np.concatenate([mean, states[:, 0]], axis=1)

    def _through(self, layer: _Layer, states: np.ndarray, mask: np.ndarray) -> np.ndarray:
        batch, length, width = states.shape
        size = width // self._heads
        rows = states.reshape(-1, width)
        qkv = (rows @ layer.qkv + layer.qkv_bias).reshape(batch, length, 3, self._heads, size)
        query, key, value = qkv.transpose(2, 0, 3, 1, 4)
        weights = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(size)) + mask
        weights = np.exp(weights - weights.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        seen = (weights @ value).transpose(0, 2, 1, 3).reshape(-1, width)
        rows = _normed(rows + seen @ layer.out + layer.out_bias, *layer.attention_norm)
        risen = rows @ layer.rise + layer.rise_bias
        risen *= np.float32(0.5) * (1 + erf(risen * np.float32(0.5**0.5)))
        rows = _normed(rows + risen @ layer.fall + layer.fall_bias, *layer.norm)
        return rows.reshape(batch, length, width)


_BATCH = 64


def _both_ends(pieces: list[int], most: int) -> list[int]:
    """A long text is read at its beginning and at its end, where the question stands."""
    return pieces if len(pieces) <= most else [*pieces[: most // 2], *pieces[-most // 2 :]]


def _normed(states: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    centred = states - states.mean(-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + _EPSILON)
    return np.asarray(centred / spread * weight + bias, dtype=np.float32)


def _layer(arrays: Any, number: int) -> _Layer:
    def matrix(name: str) -> np.ndarray:
        """Weights are kept in 8 bits with a scale for each output."""
        weights = arrays[f"{number}_{name}"].astype(np.float32)
        return np.ascontiguousarray((weights * arrays[f"{number}_{name}_scale"][:, None]).T)

    def bias(name: str) -> np.ndarray:
        return np.asarray(arrays[f"{number}_{name}_bias"], dtype=np.float32)

    def norm(name: str) -> tuple[np.ndarray, np.ndarray]:
        return (
            np.asarray(arrays[f"{number}_{name}_weight"], dtype=np.float32),
            np.asarray(arrays[f"{number}_{name}_bias"], dtype=np.float32),
        )

    return _Layer(
        matrix("qkv"), bias("qkv"), matrix("out"), bias("out"), norm("attention_norm"),
        matrix("rise"), bias("rise"), matrix("fall"), bias("fall"), norm("norm"),
    )  # fmt: skip
