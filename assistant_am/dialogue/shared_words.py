"""The sentences of a text, and the words of their own that a question and a text share."""

from __future__ import annotations

import re

from assistant_am.dialogue.world import World
from assistant_am.french.fold import words

_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÉÀÊ*«])")
_STEM, _SHORTEST = 7, 5
_EVERYWHERE = frozenset(
    ("assista", "medecin", "medical", "questio", "combien", "faire", "source", "savoir")
)
"""Stems that every subject has."""


def sentences(text: str) -> list[str]:
    """Those of an answer; an abbreviation before a small letter ends none."""
    return _END.split(text)


def stems(world: World, text: str) -> frozenset[str]:
    """The beginnings of words that are neither short, nor empty, nor everywhere here."""
    found = (word for word in words(text) if word not in world.script.empty_words)
    return frozenset(w.rstrip("s")[:_STEM] for w in found if len(w) >= _SHORTEST) - _EVERYWHERE
