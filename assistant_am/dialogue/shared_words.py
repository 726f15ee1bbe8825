"""Words of their own that a question and a text share."""

from __future__ import annotations

from assistant_am.dialogue.world import World
from assistant_am.french.fold import words

_STEM, _SHORTEST = 7, 5
_EVERYWHERE = frozenset(
    ("assista", "medecin", "medical", "questio", "combien", "faire", "source", "savoir")
)
"""Stems that every subject has."""


def stems(world: World, text: str) -> frozenset[str]:
    """The beginnings of words that are neither short, nor empty, nor everywhere here."""
    found = (word for word in words(text) if word not in world.script.empty_words)
    return frozenset(w.rstrip("s")[:_STEM] for w in found if len(w) >= _SHORTEST) - _EVERYWHERE
