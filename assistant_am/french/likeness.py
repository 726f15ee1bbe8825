"""Whether a typed word is the one that a list writes « mot » or « mot* », perhaps with a typo."""

from __future__ import annotations

import math

from rapidfuzz.distance import OSA


def fits(word: str, listed: str, typo_from: float = math.inf, first_letters: int = 1) -> bool:
    """Both are folded; « * » stands for any ending.

    A listed word of `typo_from` letters or more may hold one edit, if the typed one begins with one
    of its `first_letters`.
    """
    stem = listed.removesuffix("*")
    any_ending = stem != listed
    if word == stem or (any_ending and word.startswith(stem)):
        return True
    if len(stem) < typo_from or word[0] not in stem[:first_letters]:
        return False
    if not any_ending:
        return abs(len(word) - len(stem)) <= 1 and _one_edit(word, stem)
    return any(
        _one_edit(word[:length], stem)
        for length in (len(stem), len(stem) - 1, len(stem) + 1)
        if len(word) >= length
    )


def _one_edit(typed: str, stem: str) -> bool:
    return OSA.distance(typed, stem, score_cutoff=1) <= 1
