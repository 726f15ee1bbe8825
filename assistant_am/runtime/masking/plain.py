"""Text as the masks read it: figures and signs in ASCII, one character for each of the text."""

from __future__ import annotations

import re
import unicodedata

Span = tuple[int, int]

GAP = r"[\s.,:;/|*_·•()\-]{0,3}"
"""What people put between the figures of one number."""
_LETTER_O = re.compile(r"(?<![^\W\d_])[oO]{1,3}(?=\d)|(?<=\d)[oO]{1,2}(?![^\W\d_])")
"""« O6 12 34 5O 78 »."""


class _Ascii(dict[int, str]):
    """By code point; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = plain = _plain(character)
        return plain


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    category = unicodedata.category(character)
    if category == "Pd":
        return "-"
    if category in ("Zs", "Cf"):  # « Cf »: of no width, as in a number copied from a page
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded.isascii() and not folded.isdigit() else character


_ASCII = _Ascii()


def plain(text: str) -> str:
    return _LETTER_O.sub(lambda match: "0" * len(match[0]), text.translate(_ASCII))


def with_its_brackets(text: str, start: int, end: int) -> Span:
    """The span, with the brackets around that its own ones answer: « (06) 12… », « (06)(12)… »."""
    first, last = text.find("(", start, end), text.rfind(")", start, end)
    closes_first = text.find(")", start, end)
    if closes_first >= 0 and not 0 <= first < closes_first and text[start - 1 : start] == "(":
        start -= 1
    if first >= 0 and last < text.rfind("(", start, end) and text[end : end + 1] == ")":
        end += 1
    return start, end
