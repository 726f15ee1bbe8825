"""The word lists that all models of this process share, read at start and with each new model."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant_am.understanding.lexicon import Lexicon

FOLDER = Path(__file__).resolve().parents[2] / "knowledge" / "lexique"


@cache
def lexicon() -> Lexicon:
    """Raises FileNotFoundError or yaml.YAMLError."""
    return Lexicon.load(FOLDER)


def read_again() -> None:
    """Take the lists as they are now; the old ones go only once the new ones were read.

    Raises what `lexicon` raises.
    """
    Lexicon.load(FOLDER)
    lexicon.cache_clear()
    lexicon()
