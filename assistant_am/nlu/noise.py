"""Typing mistakes made on purpose, always the same: each training sentence is learnt twice."""

from __future__ import annotations

import random
from collections.abc import Sequence

from assistant_am.french.fold import strip_accents

_SEED = 1147
_WORD_RATE = 0.15
_MIN_LENGTH = 4


def noisy_copy(texts: Sequence[str]) -> list[str]:
    """The texts with a typo in about one word out of seven, half of them without accents."""
    dice = random.Random(_SEED)
    return [_noisy(text, dice) for text in texts]


def _noisy(text: str, dice: random.Random) -> str:
    words = [
        _typo(word, dice) if len(word) >= _MIN_LENGTH and dice.random() < _WORD_RATE else word
        for word in text.split(" ")
    ]
    noisy = " ".join(words)
    return strip_accents(noisy) if dice.random() < 0.5 else noisy  # noqa: PLR2004


def _typo(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word) - 1)
    match dice.randrange(4):
        case 0:
            return word[:place] + word[place + 1 :]
        case 1:
            return word[:place] + word[place] + word[place:]
        case 2:
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case _:
            return word[:place] + dice.choice("aeiourstn") + word[place + 1 :]
