"""Where a message may be cut into what it asks: only proposed, the reading judges."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_CUT = re.compile(
    r"(?<=[?!;\n])\s*|(?<=[.…])\s+|\s+(?=(?:et|puis|sinon|ensuite|mais|aussi)\s)|,\s+|\s[-+/]\s"
)
_SHORTEST = 3
_MOST = 12


@dataclass(frozen=True)
class Clause:
    """A stretch of the message."""

    start: int
    end: int


def clauses(text: str) -> list[Clause]:
    """Stretches between punctuation marks and links, in order."""
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    found = [
        Clause(start, end)
        for start, end in itertools.pairwise(cuts)
        if len(text[start:end].strip()) >= _SHORTEST
    ]
    return found[:_MOST] or [Clause(0, len(text))]
