"""Where the encoder's vectors are compared: fewer directions, the length of each left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_AXES = 96
"""Directions kept of the 768: three quarters of the spread; more read no better."""
_STEPS = 127


@dataclass(frozen=True)
class Space:
    """The mean of some vectors, and the directions kept of them."""

    mean: NDArray[Any]
    axes: NDArray[Any]

    @classmethod
    def of(cls, vectors: NDArray[Any]) -> Space:
        """The directions in which these vectors differ most; none of no vectors."""
        if not len(vectors):
            return cls(np.zeros(vectors.shape[1]), np.zeros((vectors.shape[1], 0)))
        mean = vectors.mean(0)
        _, axes = np.linalg.eigh((vectors - mean).T @ (vectors - mean))
        return cls(mean, axes[:, ::-1][:, :_AXES].astype(np.float32))

    def unit(self, vectors: NDArray[Any]) -> NDArray[Any]:
        """Short rows of length 1."""
        flat = (vectors - self.mean) @ self.axes
        return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=-1, keepdims=True), 1e-9))


def in_8_bits(rows: NDArray[Any]) -> NDArray[Any]:
    """Rows of length 1 as they are kept in a model."""
    return np.asarray(np.round(rows * _STEPS), dtype=np.int8)


def from_8_bits(rows: NDArray[Any]) -> NDArray[Any]:
    """The inverse of `in_8_bits`, but for the rounding."""
    return np.asarray(rows.astype(np.float32) / _STEPS)
