"""Is the file of conversations still the one that was opened?

A deleted file goes on for those who have it open: all they write there is gone when they stop.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from assistant_am.stores.errors import DatabaseFileGone

logger = logging.getLogger(__name__)


class OpenedFile:
    """A file by its number on the disk, which no other gets as long as somebody has it open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = _number(path)
        self._gone = False

    def require(self) -> None:
        """Raise DatabaseFileGone unless the file stands where it was opened; logged once."""
        there = _number(self._path) == self._opened
        if not there and not self._gone:
            logger.error(
                "Le fichier des conversations (%s) a été supprimé, déplacé ou remplacé : plus rien "
                "n'est enregistré. Ne redémarrez pas : docs/exploitation.md, « Base supprimée ».",
                self._path.name,
            )
        self._gone = not there
        if not there:
            raise DatabaseFileGone("Le fichier des conversations n'est plus là.")


def _number(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
