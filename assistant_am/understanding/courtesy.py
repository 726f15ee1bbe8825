"""« Bonjour, pourriez-vous me dire … s'il vous plaît, merci d'avance »: leave the question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant_am.french.fold import fold, fold_keeping_offsets

_MIN_WORDS = 2
_GAP = r"[\s,;:.!?()'-]*"


class CourtesyRemover:
    """Takes formulas off both ends of a text, as long as two words remain."""

    def __init__(self, lexicon: Mapping[str, Sequence[str]]) -> None:
        self._start = re.compile(rf"^{_GAP}(?:{_any(lexicon['debut'])})\b{_GAP}")
        self._end = re.compile(rf"[\s,;:.!()-]+(?:{_any(lexicon['fin'])}){_GAP}$")

    def __call__(self, text: str) -> str:
        while True:
            folded = fold_keeping_offsets(text)
            start, end = self._start.match(folded), self._end.search(folded)
            if start and _enough(folded[start.end() :]):
                text = text[start.end() :]
            elif end and _enough(folded[: end.start()]):
                text = text[: end.start()] + ("?" if "?" in text[end.start() :] else "")
            else:
                return text


def _any(formulas: Sequence[str]) -> str:
    longest_first = sorted((fold(formula) for formula in formulas), key=len, reverse=True)
    return "|".join(re.escape(formula) for formula in longest_first)


def _enough(rest: str) -> bool:
    return len(re.findall(r"[a-z0-9]+", rest)) >= _MIN_WORDS
