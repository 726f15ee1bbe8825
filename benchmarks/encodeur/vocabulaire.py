"""The pieces kept of e5's 250 000: those of French and those of our data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant_am.understanding.encoder import Before, Encoder
from assistant_am.understanding.unigram import WORD_START, UnigramTokenizer
from benchmarks.encodeur.e5 import Packed

_LETTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzàâäéèêëîïôöùûüÿçœæ0123456789.,;:!?'’\"()-/€%+ " + WORD_START
)
_COMMON = 60_000
"""Pieces are sorted by frequency in the hundred languages of e5."""
_SHORT = 3
_SPECIAL = (0, 1, 2, 3)


def choose(packed: Packed, texts: Iterable[str]) -> list[int]:
    """Rows of e5's vocabulary, ascending, the special pieces first."""
    cut = UnigramTokenizer(
        packed.pieces, packed.log_probabilities.tolist(), packed.normalisation, _SPECIAL[-1]
    )
    kept = {*_SPECIAL, *(piece for text in texts for piece in cut(text.lower()))}
    for row, piece in enumerate(packed.pieces):
        if piece and set(piece) <= _LETTERS and (row < _COMMON or len(piece) <= _SHORT):
            kept.add(row)
    return sorted(kept)


def describe(packed: Packed, rows: Sequence[int], name: str) -> dict[str, Any]:
    """What `vocabulaire.json` holds: the normalisation gives nothing that no piece holds."""
    pieces = [packed.pieces[row] for row in rows]
    known = {" ", *"".join(pieces)}
    return {
        "nom": name,
        "morceaux": pieces,
        "log_probabilites": [round(float(packed.log_probabilities[row]), 4) for row in rows],
        "normalisation": {
            before: after for before, after in packed.normalisation.items() if set(after) <= known
        },
    }


class Packer(Encoder):
    """Cuts and packs messages as the encoder does, with no model behind it."""

    def __init__(self, described: Mapping[str, Any]) -> None:
        self._tokenizer = UnigramTokenizer(
            described["morceaux"], described["log_probabilites"], described["normalisation"],
            _SPECIAL[-1],
        )  # fmt: skip

    def pack(self, text: str, before: Before) -> tuple[list[int], list[int]]:
        """The pieces of a message and of what came before it, and the part of each."""
        return self._pack(text, before)
