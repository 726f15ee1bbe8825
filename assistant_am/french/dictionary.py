"""French words, to tell a typo from a word: pyspellchecker's list (MIT)."""

from __future__ import annotations

import gzip
import importlib.resources
import json
from functools import cache

from assistant_am.french.fold import strip_accents

_MIN_FREQUENCY = 50
"""Below it the list holds the typos of its own corpus."""


@cache
def bare_french_words() -> frozenset[str]:
    """About 134 000 lower-case words, without accents."""
    file = importlib.resources.files("spellchecker") / "resources" / "fr.json.gz"
    counts = json.loads(gzip.decompress(file.read_bytes()))
    return frozenset(strip_accents(word) for word, n in counts.items() if n >= _MIN_FREQUENCY)
