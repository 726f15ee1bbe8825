"""The word lists that all models of this process share, read at start and with each new model."""

from __future__ import annotations

from pathlib import Path

from assistant_am.understanding.lexicon import Lexicon

FOLDER = Path(__file__).resolve().parents[2] / "knowledge" / "lexique"


_held: list[Lexicon] = []


def lexicon() -> Lexicon:
    """Raises FileNotFoundError or yaml.YAMLError."""
    return _held[0] if _held else read_again()


def read_again() -> Lexicon:
    """Take the lists as they are now; the old ones go only once the new ones were read.

    Raises what `lexicon` raises.
    """
    _held[:] = [Lexicon.load(FOLDER)]
    return _held[0]
