"""What people type, made fit for Rasa: no control characters, no command."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TEXT = 1000
"""Characters, once cleaned."""
_KEPT_CONTROLS = "\n\t"
# Drawn as nothing, or turning the reading direction round: they only serve to deceive.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def clean(text: str) -> str:
    """Text without control, invisible and broken characters, trimmed."""
    kept = (
        character
        for character in _INVISIBLE.sub("", text)
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return "".join(kept).strip()


def as_plain_text(text: str) -> str:
    """Cleaned text that no component of Rasa takes for a command: it never begins with « / »."""
    cleaned = clean(text)
    while cleaned.startswith("/"):
        cleaned = cleaned.lstrip("/").lstrip()
    return cleaned
