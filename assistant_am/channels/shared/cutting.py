"""Cuts a text where a reader would: after a sentence, else between two words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_PIECE = 500
"""Characters of a sentence that is not cut between words; escaped, it fits any service."""
CUT_NOTE = "(...) La suite est trop longue ici : demandez-moi un point précis."
# « M. Martin », « 1 000 », « art. 5 » have no end of sentence; a bold mark may follow the dot.
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\bart\.)((?:\*\*)?) +(?=\W*[A-ZÀ-Ý0-9])")
_BOLD = "**"


@dataclass(frozen=True)
class Piece:
    """A part, in the service's own marks, that is never cut; `joint` stands before it."""

    text: str
    joint: str = "\n\n"


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, each with its own pairs of bold marks."""
    # The marks that follow a dot belong to the sentence that it ends.
    parts = _SENTENCE_END.sub("\\1\0", text).split("\0")
    found: list[str] = []
    is_bold = False
    for part in (short for long in parts for short in _at_words(long)):
        opened = f"{_BOLD}{part}" if is_bold else part
        is_bold = opened.count(_BOLD) % 2 == 1
        found.append(f"{opened}{_BOLD}" if is_bold else opened)
    return found


def _at_words(text: str) -> list[str]:
    parts: list[str] = []
    while len(text) > LONGEST_PIECE:
        place = text.rfind(" ", 1, LONGEST_PIECE)
        place = place if place > 0 else LONGEST_PIECE
        parts.append(text[:place])
        text = text[place:].lstrip(" ")
    return [*parts, text]


def length(text: str) -> int:
    """As services count: in UTF-16 units, an emoji for two."""
    return len(text.encode("utf-16-le")) // 2


def fit(body: Sequence[Piece], tail: Sequence[Piece], longest: int, most: int) -> list[str]:
    """At most `most` texts of at most `longest`; the tail is always whole, at the end of the last.

    What does not fit is left out, and said so.
    """
    pages: list[list[Piece]] = [[]]
    for piece in body:
        if pages[-1] and not _fits([*pages[-1], piece], longest):
            pages.append([])
        pages[-1].append(piece)
    if len(pages) < most and not _fits([*pages[-1], *tail], longest):
        pages.append([])
    end = [*tail]
    if len(pages) > most or not _fits([*pages[-1], *tail], longest):
        del pages[most:]
        end = [Piece(CUT_NOTE), *tail]
        while pages[-1] and not _fits([*pages[-1], *end], longest):
            pages[-1].pop()
    pages[-1] += end
    return [text for page in pages if (text := _joined(page))]


def _fits(pieces: Sequence[Piece], longest: int) -> bool:
    return length(_joined(pieces)) <= longest


def _joined(pieces: Sequence[Piece]) -> str:
    text = ""
    for piece in pieces:
        text += (piece.joint if text else "") + piece.text
    return text
