"""What the learnt examples nearest to a message were about.

A straight line cannot follow every subject; the examples themselves can. Each counts the more, the
nearer it is: a density, not the nearest alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.space import Space, from_8_bits, in_8_bits

FILE = "voisins.npz"
_SHARPNESS = 25.0
"""Of the fall with distance; chosen on conversations left out, like the weights."""


class Neighbours:
    """Examples as short unit rows, and the share of each label in each."""

    def __init__(
        self,
        space: Space,
        rows: NDArray[Any],
        shares: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
        labels: int,
    ) -> None:
        self._space = space
        self._rows = rows
        self._row, self._label, self._share = shares
        self._labels = labels
        self._near = from_8_bits(rows)

    @classmethod
    def of(cls, vectors: NDArray[Any], wanted: NDArray[Any]) -> Neighbours:
        """From the encoder's vectors of examples, and what each reads as: rows × labels, each row
        summing to 1."""
        space = Space.of(vectors)
        rows = in_8_bits(space.unit(vectors))
        row, label = np.nonzero(wanted)
        share = wanted[row, label].astype(np.float32)
        shares = (row.astype(np.int32), label.astype(np.int16), share)
        return cls(space, rows, shares, wanted.shape[1])

    def read(self, vectors: NDArray[Any]) -> NDArray[Any]:
        """Probabilities of the labels, vectors × labels."""
        return np.stack([self._one(row) for row in self._space.unit(vectors)])

    def _one(self, vector: NDArray[Any]) -> NDArray[Any]:
        near = self._near @ vector
        weight = np.exp((near - near.max()) * _SHARPNESS)
        held = np.bincount(
            self._label, weights=weight[self._row] * self._share, minlength=self._labels
        )
        return np.asarray(held / held.sum())

    def save(self, folder: Path) -> None:
        """Write what `load` reads into an existing folder."""
        np.savez_compressed(
            folder / FILE,
            mean=self._space.mean.astype(np.float32),
            axes=self._space.axes.astype(np.float16),
            rows=self._rows,
            row=self._row,
            label=self._label,
            share=self._share,
            labels=np.array(self._labels),
        )

    @classmethod
    def load(cls, folder: Path) -> Neighbours:
        """Raises BrokenModel."""
        try:
            with np.load(folder / FILE, allow_pickle=False) as kept:
                return cls(
                    Space(kept["mean"], kept["axes"].astype(np.float32)),
                    kept["rows"],
                    (kept["row"], kept["label"], kept["share"]),
                    int(kept["labels"]),
                )
        except Exception as error:
            raise BrokenModel(f"modèle illisible ({error}) : lancez `make train`") from error
