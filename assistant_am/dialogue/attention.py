"""One clause of kindness before the fact, to who tells of a worn back, of fear of the exam."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant_am.french.fold import words
from assistant_am.knowledge import read_checked

FILE = "attentions.yml"


@dataclass(frozen=True)
class Attention:
    """`text` is said to a message that `heard` finds, before a fiche of one of the `themes`, and
    `alone` to one that asks nothing."""

    heard: re.Pattern[str]
    themes: frozenset[str]
    text: str
    alone: bool = False


def load_attentions(folder: Path, site: Path | None = None) -> tuple[Attention, ...]:
    """Read `attentions.yml`; raises KnowledgeError."""
    return tuple(
        Attention(
            _pattern(entry["mots"]),
            frozenset(entry["themes"]),
            entry["dire"],
            entry.get("seule", False),
        )
        for entry in read_checked(folder, FILE, "attentions", site)
    )


def _pattern(wordings: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{each.replace('*', '[a-z]*')}\b" for each in wordings))


def fitting(attentions: tuple[Attention, ...], text: str, theme: str) -> Attention | None:
    """The first that a message calls for, on a subject of this theme."""
    said = " ".join(words(text))
    return next(
        (each for each in attentions if theme in each.themes and each.heard.search(said)), None
    )


def fitting_alone(attentions: tuple[Attention, ...], text: str) -> Iterator[Attention]:
    """Those that a message calls for, when it asks nothing."""
    said = " ".join(words(text))
    return (each for each in attentions if each.alone and each.heard.search(said))
