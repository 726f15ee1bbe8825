"""Cut a text into the pieces that the encoder knows: a SentencePiece unigram vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WORD_START = "\u2581"
"""Stands before the first piece of each word."""
_UNKNOWN_COST = 10.0
"""A character that no piece holds costs this much more than the rarest piece."""


class UnigramTokenizer:
    """The likeliest cut of each word into pieces of the vocabulary (Viterbi), remembered by word.

    `pieces` and their `log_probabilities` go together; `normalisation` replaces single characters
    (NFKC and the like); `unknown` is the piece of what no piece holds.
    """

    def __init__(
        self,
        pieces: Sequence[str],
        log_probabilities: Sequence[float],
        normalisation: Mapping[str, str],
        unknown: int,
    ) -> None:
        self._ids = {piece: i for i, piece in enumerate(pieces) if piece and i != unknown}
        self._scores = [float(score) for score in log_probabilities]
        self._normalisation = dict(normalisation)
        self._unknown = unknown
        self._unknown_score = min(self._scores) - _UNKNOWN_COST
        self._longest = max(len(piece) for piece in self._ids)
        self._words: dict[str, tuple[int, ...]] = {}

    def __call__(self, text: str) -> list[int]:
        """The pieces of a text, in order."""
        clean = "".join(self._normalisation.get(c, c) for c in text)
        return [piece for word in clean.split() for piece in self._word(WORD_START + word)]

    def _word(self, word: str) -> tuple[int, ...]:
        known = self._words.get(word)
        if known is None:
            known = self._cut(word)
            if len(self._words) < _REMEMBERED:
                self._words[word] = known
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        length = len(word)
        best = [0.0] + [float("-inf")] * length
        came: list[tuple[int, int]] = [(self._unknown, 0)] * (length + 1)
        for start in range(length):
            for end in range(start + 1, min(length, start + self._longest) + 1):
                piece = self._ids.get(word[start:end])
                if piece is not None and best[start] + self._scores[piece] > best[end]:
                    best[end], came[end] = best[start] + self._scores[piece], (piece, start)
            unknown = best[start] + self._unknown_score
            if unknown > best[start + 1]:
                best[start + 1], came[start + 1] = unknown, (self._unknown, start)
        found: list[int] = []
        while length:
            piece, length = came[length]
            found.append(piece)
        return tuple(reversed(found))


_REMEMBERED = 50_000
"""Words whose pieces are kept; a word is a hundred bytes."""
