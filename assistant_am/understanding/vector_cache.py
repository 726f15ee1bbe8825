"""Vectors kept from one training to the next: only what is new or changed is encoded again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant_am.understanding.encoder import Before, Encoder

_BATCH = 512
_KEY_BYTES = 16


class VectorCache:
    """The vectors of one encoder, in a file. A file that is missing, damaged, or cannot be written
    costs time, nothing else."""

    def __init__(self, encoder: Encoder, file: Path) -> None:
        self._encoder = encoder
        self._file = file

    def encode(
        self,
        texts: Sequence[str],
        before: Sequence[Before],
        progress: Callable[[float], None] = lambda share: None,
    ) -> NDArray[Any]:
        """One row a text, rounded to 16 bits whether it was kept or not. Keeps these, and forgets
        the others. `progress` hears the share encoded, 0 to 1."""
        keys = [self._key(text, what) for text, what in zip(texts, before, strict=True)]
        known = self._read()
        rows = np.zeros((len(texts), self._encoder.width), dtype=np.float16)
        missing = []
        for i, key in enumerate(keys):
            if key in known:
                rows[i] = known[key]
            else:
                missing.append(i)
        for start in range(0, len(missing), _BATCH):
            some = missing[start : start + _BATCH]
            rows[some] = self._encoder.encode([texts[i] for i in some], [before[i] for i in some])
            progress(min(1.0, (start + _BATCH) / len(missing)))
        self._write(keys, rows)
        return rows.astype(np.float32)

    def _key(self, text: str, before: Before) -> bytes:
        parts = (self._encoder.digest, before.subject, before.message, before.opening, text)
        joined = "\0".join(parts).encode()
        return hashlib.blake2b(joined, digest_size=_KEY_BYTES).digest()

    def _read(self) -> dict[bytes, NDArray[Any]]:
        try:
            with np.load(self._file, allow_pickle=False) as arrays:
                keys, rows = arrays["keys"], arrays["rows"]
        except Exception:  # whatever numpy says of a damaged file
            return {}
        if keys.ndim != 2 or len(keys) != len(rows) or rows.shape[1:] != (self._encoder.width,):  # noqa: PLR2004
            return {}
        return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}

    def _write(self, keys: Sequence[bytes], rows: NDArray[Any]) -> None:
        first = {key: i for i, key in reversed(list(enumerate(keys)))}
        kept = np.frombuffer(b"".join(first), dtype=np.uint8).reshape(-1, _KEY_BYTES)
        fresh = self._file.with_suffix(".new.npz")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(fresh, keys=kept, rows=rows[list(first.values())])
            fresh.replace(self._file)
        except OSError:
            return
