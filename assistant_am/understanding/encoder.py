"""The sentence encoder: a small transformer that reads a message with what came before it.

The twelve layers of multilingual-e5-small (Microsoft, MIT licence), fine-tuned on our sentences
and conversations, its vocabulary reduced to French, its weights kept in 8 bits:
`benchmarks/encodeur/` makes the two files of the folder. It runs in ONNX Runtime.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from assistant_am.understanding.heads import FILE as HEADS
from assistant_am.understanding.heads import Heads
from assistant_am.understanding.unigram import UnigramTokenizer

FOLDER = Path(__file__).parent / "encodeur"
MODEL, VOCABULARY = "modele.onnx", "vocabulaire.json"
_BEGIN, _PADDING, _END, _UNKNOWN = 0, 1, 2, 3
"""Pieces that are no text."""
MESSAGE_PIECES, BEFORE_PIECES, OPENING_PIECES, SUBJECT_PIECES = 64, 20, 20, 14
"""What is read of the message, of the one before it, of the first of the conversation, where people
say who they are, and of the last subject's question."""
_BATCH = 64
_LONGER = 1.25
"""A text so many times as long as the shortest of its batch begins another: nobody waits for
padding."""


@dataclass(frozen=True)
class Before:
    """What came before a message: the question of the last `subject`, the `message` before, and
    the `opening` of the conversation when that is another message."""

    subject: str = ""
    message: str = ""
    opening: str = ""


NOTHING_BEFORE = Before()


class Encoder:
    """Turns (message, what came before) into a vector of `width` numbers."""

    def __init__(self, folder: Path = FOLDER, threads: int = 2) -> None:
        """Raises FileNotFoundError, or what ONNX Runtime raises on a damaged file."""
        self._folder = folder
        described = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
        self.name: str = described["nom"]
        self._tokenizer = UnigramTokenizer(
            described["morceaux"], described["log_probabilites"], described["normalisation"],
            _UNKNOWN,
        )  # fmt: skip
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Weights are kept in 8 bits and computed in 32: 8-bit sums would depend on the whole batch.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL), options, providers=["CPUExecutionProvider"]
        )
        self.width: int = self._run([self._pack("", NOTHING_BEFORE)]).shape[1]

    @cached_property
    def digest(self) -> str:
        """Of its weights. Only training asks for it."""
        return hashlib.sha256((self._folder / MODEL).read_bytes()).hexdigest()

    @cached_property
    def heads(self) -> Heads | None:
        """What was read from these vectors when it was made. Only training asks for it."""
        return Heads.load(self._folder) if (self._folder / HEADS).exists() else None

    def encode(self, texts: Sequence[str], before: Sequence[Before]) -> NDArray[Any]:
        """One row a text: the mean over the pieces of the message, then the first position."""
        packed = [self._pack(text, what) for text, what in zip(texts, before, strict=True)]
        found = np.zeros((len(packed), self.width), dtype=np.float32)
        for rows in _batches([len(pieces) for pieces, _ in packed]):
            found[rows] = self._run([packed[i] for i in rows])
        return found

    def _pack(self, text: str, before: Before) -> tuple[list[int], list[int]]:
        """Pieces, and the part of each: 0 the last subject, 1 the opening, 2 the message before,
        3 the message."""
        subject = self._tokenizer(before.subject.lower())[:SUBJECT_PIECES]
        opening = _both_ends(self._tokenizer(before.opening.lower()), OPENING_PIECES)
        former = _both_ends(self._tokenizer(before.message.lower()), BEFORE_PIECES)
        message = _both_ends(self._tokenizer(text.lower()), MESSAGE_PIECES)
        each = (subject, opening, former, message)
        pieces, parts = [_BEGIN], [0]
        for part, some in enumerate(each):
            pieces += [*some, _END]
            parts += [part] * (len(some) + 1)
        return pieces, parts

    def _run(self, packed: Sequence[tuple[list[int], list[int]]]) -> NDArray[Any]:
        longest = max(len(pieces) for pieces, _ in packed)
        pieces = np.full((len(packed), longest), _PADDING, dtype=np.int64)
        parts = np.zeros((len(packed), longest), dtype=np.int64)
        present = np.zeros((len(packed), longest), dtype=np.float32)
        for row, (ids, which) in enumerate(packed):
            pieces[row, : len(ids)] = ids
            parts[row, : len(which)] = which
            present[row, : len(ids)] = 1
        given = {"pieces": pieces, "parts": parts, "present": present}
        return np.asarray(self._session.run(None, given)[0])


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of about the same length."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) == _BATCH or lengths[place] > _LONGER * lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _both_ends(pieces: list[int], most: int) -> list[int]:
    """A long text is read at its beginning and at its end, where the question stands."""
    return pieces if len(pieces) <= most else [*pieces[: most // 2], *pieces[-most // 2 :]]
