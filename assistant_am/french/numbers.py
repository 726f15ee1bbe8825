"""Numbers written in letters, read in place: what text2num reads, with offsets kept."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from text_to_num import alpha2digit

from assistant_am.french.fold import fold_keeping_offsets

_CARDINALS = {
    "zero": "zéro", "un": "un", "une": "une", "deux": "deux", "trois": "trois",
    "quatre": "quatre", "cinq": "cinq", "six": "six", "sept": "sept", "huit": "huit",
    "neuf": "neuf", "dix": "dix", "onze": "onze", "douze": "douze", "treize": "treize",
    "quatorze": "quatorze", "quinze": "quinze", "seize": "seize", "vingt": "vingt",
    "vingts": "vingts", "trente": "trente", "quarante": "quarante", "cinquante": "cinquante",
    "soixante": "soixante", "septante": "septante", "nonante": "nonante", "cent": "cent",
    "cents": "cents", "mille": "mille",
}  # fmt: skip
_ORDINAL_STEMS = {
    "premi": 1, "prem": 1, "deuxi": 2, "troisi": 3, "quatri": 4, "cinqui": 5, "sixi": 6,
    "septi": 7, "huiti": 8, "neuvi": 9, "dixi": 10,
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_ORDINAL = re.compile(r"^(?P<stem>[a-z]+?i)(?:e|e?m)[a-z]{0,3}$")
_FIRST_TENS = 20
"""« vingt-deuxième » is composed, « dix-deuxième » is not."""
_MIN_LENGTH_FOR_TYPOS = 7
_LINKS = {"et", "virgule"}
_ALONE_IS_AN_ARTICLE = {"un", "une"}


@dataclass(frozen=True)
class View:
    """A folded text whose numbers are digits, and the way back to the original offsets."""

    text: str
    _starts: tuple[int, ...]
    _origins: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of a slice of the view."""
        first = self._origins[bisect.bisect_right(self._starts, start) - 1]
        last = self._origins[bisect.bisect_right(self._starts, max(start, end - 1)) - 1]
        return first[0], last[1]


def view(text: str) -> View:
    """Fold a text and write its spelled numbers in digits: « vingtième percentile » → « 20e … ».

    « un » and « une » alone stay words, for they are articles far more often than numbers.
    """
    folded = fold_keeping_offsets(text)
    pieces: list[tuple[str, tuple[int, int]]] = []
    position = 0
    for start, end, digits in _runs(folded):
        pieces += [(folded[i], (i, i + 1)) for i in range(position, start)]
        pieces.append((digits, (start, end)))
        position = end
    pieces += [(folded[i], (i, i + 1)) for i in range(position, len(folded))]
    starts, cursor = [], 0
    for piece, _ in pieces:
        starts.append(cursor)
        cursor += len(piece)
    return View(
        "".join(piece for piece, _ in pieces),
        tuple(starts) or (0,),
        tuple(origin for _, origin in pieces) or ((0, 0),),
    )


def _runs(folded: str) -> list[tuple[int, int, str]]:
    """Maximal runs of number words as (start, end, digits)."""
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded)]
    found, i = [], 0
    while i < len(words):
        j = i
        while j < len(words) and _continues(words, i, j, folded):
            j += 1
        while j > i and words[j - 1][0] in _LINKS:
            j -= 1
        if j == i:
            i += 1
            continue
        digits = _read([word for word, _, _ in words[i:j]])
        if digits is None and j - i > 1:
            # « un deuxième »: not one number; keep the first word and try from the next.
            i += 1
            continue
        if digits:
            found.append((words[i][1], words[j - 1][2], digits))
        i = j
    return found


def _continues(words: list[tuple[str, int, int]], first: int, index: int, folded: str) -> bool:
    word, start, _ = words[index]
    if index > first:
        between = folded[words[index - 1][2] : start]
        if between not in (" ", "-", " - ") or _is_ordinal(words[index - 1][0]):
            return False
    if word in _LINKS:
        following = words[index + 1][0] if index + 1 < len(words) else ""
        return index > first and (following in _CARDINALS or _is_ordinal(following))
    return word in _CARDINALS or _is_ordinal(word)


def _is_ordinal(word: str) -> bool:
    return _ordinal(word) is not None


def _ordinal(word: str) -> str | None:
    """Digits of an ordinal, however it is spelled: « troisiem » → « 3e »; None otherwise."""
    if word.startswith("premier") or word in {"prem", "unieme"}:
        return "1e"
    match = _ORDINAL.match(word)
    if not match:
        return _misspelled_ordinal(word)
    stem = match["stem"]
    if stem in _ORDINAL_STEMS:
        return f"{_ORDINAL_STEMS[stem]}e"
    base = stem[:-1]
    for cardinal in (base, base + "e", base + "s"):
        if cardinal in _CARDINALS and cardinal not in _ALONE_IS_AN_ARTICLE | {"cent", "mille"}:
            return f"{alpha2digit(_CARDINALS[cardinal], 'fr', 0)}e"
    return _misspelled_ordinal(word)


def _misspelled_ordinal(word: str) -> str | None:
    """« trosieme », « deuxeme »: one slip in a usual ordinal."""
    if len(word) < _MIN_LENGTH_FOR_TYPOS or not word.endswith("me"):
        return None
    for stem, rank in _ORDINAL_STEMS.items():
        if word[0] == stem[0] and OSA.distance(word, f"{stem}eme", score_cutoff=1) <= 1:
            return f"{rank}e"
    return None


def _read(run: list[str]) -> str | None:
    if len(run) == 1 and run[0] in _ALONE_IS_AN_ARTICLE:
        return None
    last = _ordinal(run[-1])
    if last and len(run) == 1:
        return last
    if last:
        # « quatre-vingt-douzième »: read the cardinal, then put the mark of the ordinal back.
        number = int(last[:-1])
        cardinals = [_CARDINALS[word] for word in run[:-1] if word not in _LINKS]
        before = alpha2digit(" ".join(cardinals), "fr", 0)
        composes = before.isdigit() and int(before) >= _FIRST_TENS and int(before) % 10 == 0
        return f"{int(before) + number}e" if composes else None
    digits = alpha2digit(" ".join(_CARDINALS.get(word, word) for word in run), "fr", 0)
    return digits or None
