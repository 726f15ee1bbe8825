"""Places of a text that a reader has already understood."""

from __future__ import annotations

import re
from collections.abc import Iterator


class Taken:
    """Within one reader, the first pattern that reads a place keeps it."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def take(self, match: re.Match[str], group: int | str = 0) -> bool:
        """Keep the place of a match, or of one group of it; False when another already has a part
        of it."""
        first, last = match.span(group)
        if any(start < last and first < end for start, end in self._spans):
            return False
        self._spans.append((first, last))
        return True

    def free(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """Matches of a pattern at free places, which they take."""
        return (match for match in pattern.finditer(text) if self.take(match))
