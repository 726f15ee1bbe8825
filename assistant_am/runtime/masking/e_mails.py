"""E-mail addresses, with the signs or the words that people put for « @ » and for the dot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.runtime.masking.plain import Span

_PIECE = r"[\w.+%'-]+"
_LOCAL = rf"(?<![\w.+%'-])(?:{_PIECE}\s(?:point|dot|tiret|underscore)\s){{0,3}}{_PIECE}"
_SIGN = r"\s{0,2}(?:@|[(\[{<]\s?(?:at|arobase?)\s?[)\]}>])\s{0,2}"
_WORD = r"\s(?:at|a\s?robase?)\s"
_DOT = r"(?:\s\.\s|\s?[(\[{<]\s?(?:dot|point)\s?[)\]}>]\s?|\s(?:dot|point)\s)"
_ADDRESS = re.compile(
    rf"{_LOCAL}(?:(?:{_SIGN}|{_WORD})[\w-]+"
    rf"(?:(?:[.,][\w-]+)+|(?:{_DOT}[\w-]+(?:\.[\w-]+)*)+|\s(?:fr|com|net|org)\b)"
    # The domain's end forgotten: only in one piece, for « un mi-temps @ 19 000 € » is no address.
    r"|@(?=[\w-]*[^\W\d_])[\w-]+)",
    re.IGNORECASE,
)


def spans(text: str) -> Iterator[Span]:
    return (match.span() for match in _ADDRESS.finditer(text))
