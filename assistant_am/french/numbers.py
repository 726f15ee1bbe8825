"""Numbers written in letters, read in place: what text2num reads, with offsets kept."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
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
_SHARES = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅘": "4/5"}
_FIGURES = re.compile(
    # « 1 100 », « 1.100 », « 1'100 »; not the day, the month and the year of « 22.06.2024 ».
    r"(?<![\w.,'])(?P<thousands>[1-9]\d{0,2}(?P<mark>[ .'])\d{3}(?:(?P=mark)\d{3})*)(?!\d|[.']\d)"
    # « 1,1 k », « 1k1 », « 38 k€ ».
    r"|(?<![\w.,])(?P<k>\d{1,3})(?:[.,](?P<tenths>\d{1,3}))?\s?k(?P<rest>\d{1,3})?"
    r"(?P<euro>e\b|\s?€)?(?![a-z\d])"
    r"|(?<![\w.,])(?P<many>\d{1,2}|une?)\s+(?:bon(?:ne)?\s+|petite?\s+)?(?P<unit>milliers?|centaines?)\b"
    rf"|(?:(?<![\w.,/])(?P<whole>\d)\s?)?(?P<share>[{''.join(_SHARES)}])"
    r"|(?<![\w.,/])(?P<ones>\d) 1/2(?![\d/])"
)
_NUMBERED = re.compile(r"\b(?:ans?|annees?|secteur|option|contrat|percentile)\s$")
"""« an 2 500 patients », « secteur 1 900 patients »: two numbers."""
_AFTER_AND = {"un", "une", "onze"}
"""« vingt et un »; « sept cents et huit cents » are two numbers."""
_ALONE_IS_AN_ARTICLE = {"un", "une"}
_SEPTEMBER = re.compile(r"\.?\s+20\d\d\b|\.\s")


@dataclass(frozen=True)
class View:
    """A folded text whose numbers are digits, and the way back to the original offsets."""

    text: str
    _starts: tuple[int, ...]
    _origins: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, pieces: list[tuple[str, tuple[int, int]]]) -> View:
        """From pieces of text, each with the offsets of what was typed for it."""
        starts, cursor = [], 0
        for piece, _ in pieces:
            starts.append(cursor)
            cursor += len(piece)
        return cls(
            "".join(piece for piece, _ in pieces),
            tuple(starts) or (0,),
            tuple(origin for _, origin in pieces) or ((0, 0),),
        )

    def with_replaced(self, replacements: Iterable[tuple[int, int, str]]) -> View:
        """The view with other words at some places of its text, given in order."""
        pieces: list[tuple[str, tuple[int, int]]] = []
        position = 0
        for start, end, words in (*replacements, (len(self.text), len(self.text), "")):
            pieces += [(self.text[i], self.span(i, i + 1)) for i in range(position, start)]
            if words:
                pieces.append((words, self.span(start, end)))
            position = end
        return View.of(pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of a slice of the view."""
        first = self._origins[bisect.bisect_right(self._starts, start) - 1]
        last = self._origins[bisect.bisect_right(self._starts, max(start, end - 1)) - 1]
        return first[0], last[1]


def view(text: str) -> View:
    """Fold a text and write its numbers in plain digits: « vingtième percentile » → « 20e … »,
    « 1'100 », « 1.100 », « 1,1 k » and « onze cents » → « 1100 », « ½ » → « 1/2 ».

    « un » and « une » alone stay words, for they are articles far more often than numbers.
    """
    folded = fold_keeping_offsets(text)
    typed = View.of([(char, (i, i + 1)) for i, char in enumerate(folded)])
    spelled = typed.with_replaced(_runs(folded))
    return spelled.with_replaced(_figures(spelled.text))


def _figures(text: str) -> Iterator[tuple[int, int, str]]:
    """Figures that are not plain digits, as (start, end, digits)."""
    for match in _FIGURES.finditer(text):
        digits = _digits(match, text)
        if digits:
            yield *match.span(), digits


def _digits(match: re.Match[str], text: str) -> str | None:
    if match["thousands"]:
        apart = match["mark"] == " " and _NUMBERED.search(text[: match.start()])
        return None if apart else match["thousands"].replace(match["mark"], "")
    if match["k"]:
        decimals = match["tenths"] or match["rest"] or ""
        return match["k"] + decimals.ljust(3, "0") + ("€" if match["euro"] else "")
    if match["many"]:
        many = int(match["many"]) if match["many"].isdigit() else 1
        return str(many * (1000 if match["unit"].startswith("m") else 100))
    if match["share"]:
        above, below = _SHARES[match["share"]].split("/")
        if match["whole"]:
            return f"{int(match['whole']) + int(above) / int(below):.4g}".replace(".", ",")
        return f"{above}/{below}"
    return f"{match['ones']},5"


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
        while digits is None and j - i > 1:
            # « un deuxième », « les deux premières »: two numbers; the first may be an article.
            j -= 1
            digits = _read([word for word, _, _ in words[i:j]])
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
        linked = following in _CARDINALS if word == "virgule" else following in _AFTER_AND
        return index > first and (linked or _is_ordinal(following))
    if word == "sept" and _SEPTEMBER.match(folded, words[index][2]):
        return False
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
