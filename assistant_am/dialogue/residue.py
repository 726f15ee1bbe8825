"""The words of a message that are neither a value nor a filler: what it asks by itself."""

from __future__ import annotations

from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold, words
from assistant_am.meaning import Meaning


def residue(world: World, meaning: Meaning, start: int = 0, end: int | None = None) -> list[str]:
    """Those of the message, or of a stretch of it."""
    left = list(meaning.text)
    for entity in meaning.entities:
        left[entity.start : entity.end] = " " * (entity.end - entity.start)
    return [
        word
        for word in words(fold("".join(left[start:end])))
        if word not in world.script.empty_words and not word.isdigit()
    ]
