"""What is read from a sentence vector: the subject or act, and what kind of message it is.

Linear. Those that were learnt with the encoder are kept beside it; `make train` goes on from them
on today's sentences and conversations, while the encoder below does not change.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

FILE = "tetes.npz"
_FORMAT = 1
_NEVER_MET = -5.0
"""Score at which a label begins when the former heads do not know it."""


class BrokenModel(Exception):
    """The model's files are missing, truncated or of another format."""


@dataclass(frozen=True)
class Targets:
    """What each training row should read as.

    `labels`: rows × labels, each row summing to 1 (several where several are right). `kinds`:
    rows × kinds, 1, 0, or NaN where nobody said.
    """

    labels: NDArray[Any]
    kinds: NDArray[Any]
    weights: NDArray[Any]


class Heads:
    """Probabilities of the labels (they sum to 1) and of the kinds (each by itself)."""

    def __init__(self, labels: Sequence[str], kinds: Sequence[str]) -> None:
        self.labels = list(labels)
        self.kinds = list(kinds)
        self.temperature = 1.0
        self._mean = np.zeros(0, dtype=np.float32)
        self._spread = np.ones(0, dtype=np.float32)
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)

    @classmethod
    def of(
        cls,
        labels: Sequence[str],
        kinds: Sequence[str],
        scale: tuple[NDArray[Any], NDArray[Any]],
        weights: NDArray[Any],
        bias: NDArray[Any],
    ) -> Heads:
        """Heads learnt elsewhere. `scale`: what is taken off a vector, then divided by; `weights`:
        width × (labels, then kinds)."""
        heads = cls(labels, kinds)
        heads._mean, heads._spread = (each.astype(np.float32) for each in scale)
        heads._weights, heads._bias = weights.astype(np.float32), bias.astype(np.float32)
        return heads

    def fit(
        self, vectors: NDArray[Any], targets: Targets, strength: float, former: Heads | None = None
    ) -> None:
        """Learn, from `former` heads on; `strength` of the quadratic penalty on what changes. A
        label that they do not know begins as one that is never met."""
        self._mean = vectors.mean(0)
        self._spread = vectors.std(0) + 1e-6
        rows = self._scaled(vectors)
        softmax = _fit_softmax(rows, targets.labels, targets.weights, strength, self._start(former))
        each = [
            _fit_logistic(rows, targets.kinds[:, i], targets.weights, strength)
            for i in range(len(self.kinds))
        ]
        self._weights = np.column_stack([softmax[0], *(weights for weights, _ in each)])
        self._bias = np.concatenate([softmax[1], [bias for _, bias in each]]).astype(np.float32)

    def _start(self, former: Heads | None) -> NDArray[Any]:
        """The former weights and biases of the labels, for vectors scaled as they are here."""
        start = np.zeros((len(self._mean) + 1, len(self.labels)), dtype=np.float32)
        if former is None:
            return start
        start[-1] = _NEVER_MET
        ratio = self._spread / former._spread
        shift = (self._mean - former._mean) / former._spread
        place = {label: i for i, label in enumerate(former.labels)}
        for i, label in enumerate(self.labels):
            if label in place:
                weights = former._weights[:, place[label]]
                start[:-1, i] = ratio * weights
                start[-1, i] = former._bias[place[label]] + shift @ weights
        return start

    def read(self, vectors: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Probabilities: rows × labels, rows × kinds."""
        scores = self._scaled(vectors) @ self._weights + self._bias
        split = len(self.labels)
        scaled = scores[:, :split] / self.temperature
        exponentials = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        kinds = 1 / (1 + np.exp(-np.clip(scores[:, split:], -30, 30)))
        return exponentials / exponentials.sum(axis=1, keepdims=True), kinds

    def _scaled(self, vectors: NDArray[Any]) -> NDArray[Any]:
        return np.asarray((vectors - self._mean) / self._spread, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        described = {
            "format": _FORMAT,
            "labels": self.labels,
            "kinds": self.kinds,
            "temperature": self.temperature,
        }
        np.savez_compressed(
            folder / FILE,
            mean=self._mean,
            spread=self._spread,
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            description=json.dumps(described, ensure_ascii=False),
        )

    @classmethod
    def load(cls, folder: Path) -> Heads:
        """Read what `save` wrote. Raises BrokenModel when something is missing or damaged."""
        try:
            with np.load(folder / FILE, allow_pickle=False) as arrays:
                described: dict[str, Any] = json.loads(str(arrays["description"]))
                if described["format"] != _FORMAT:
                    raise BrokenModel(f"format {described['format']}, attendu {_FORMAT}")
                heads = cls(described["labels"], described["kinds"])
                heads.temperature = described["temperature"]
                heads._mean, heads._spread = arrays["mean"], arrays["spread"]
                heads._weights = arrays["weights"].astype(np.float32)
                heads._bias = arrays["bias"]
        except BrokenModel:
            raise
        except Exception as error:
            raise BrokenModel(f"modèle illisible ({error}) : lancez `make train`") from error
        return heads


def _fit_softmax(
    rows: NDArray[Any],
    wanted: NDArray[Any],
    weights: NDArray[Any],
    strength: float,
    start: NDArray[Any] | None = None,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Weights and biases near `start`, zeros by default."""
    width = rows.shape[1]
    columns = wanted.shape[1]
    total = float(weights.sum())
    target = wanted.astype(np.float32)
    scale = (weights / total).astype(np.float32)[:, None]

    first = np.zeros((width + 1, columns), dtype=np.float32) if start is None else start

    def loss(flat: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        matrix = flat.reshape(width + 1, columns).astype(np.float32)
        scores = rows @ matrix[:-1] + matrix[-1]
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        value = -float((scale * target * logs).sum())
        moved = matrix[:-1] - first[:-1]
        value += 0.5 * strength * float((moved**2).sum())
        error = (np.exp(logs) - target) * scale
        gradient = np.vstack([rows.T @ error + strength * moved, error.sum(0)])
        return value, gradient.ravel().astype(np.float64)

    begin = first.ravel().astype(np.float64)
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    matrix = found.reshape(width + 1, columns).astype(np.float32)
    return matrix[:-1], matrix[-1]


def _fit_logistic(
    rows: NDArray[Any], wanted: NDArray[Any], weights: NDArray[Any], strength: float
) -> tuple[NDArray[Any], float]:
    known = ~np.isnan(wanted)
    both = np.column_stack([1 - wanted[known], wanted[known]])
    matrix, bias = _fit_softmax(rows[known], both, weights[known], strength)
    return matrix[:, 1] - matrix[:, 0], float(bias[1] - bias[0])
