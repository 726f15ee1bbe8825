"""A source: who says it, as `knowledge/sources.yml` declares it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = {
    "officiel": "officiel",
    "institution": "institution",
    "association": "association",
    "presse": "presse",
    "editeur_prive": "éditeur privé",
    "article": "article",
}
"""From whom a source comes, and the word shown for it."""


@dataclass(frozen=True)
class Source:
    """A text that states facts. `published` is as precise as known: 2024, 2024-06 or a day;
    `kind` is a key of KINDS."""

    id: str
    short: str
    title: str
    publisher: str
    published: str
    consulted: datetime.date
    review_by: datetime.date
    official: bool
    trust: str
    url: str | None = None
    note: str | None = None
    kind: str = "officiel"


def source(key: str, entry: Mapping[str, Any]) -> Source:
    """An entry that its schema accepts. Raises ValueError on an impossible date."""
    return Source(
        id=key,
        short=entry["court"],
        title=entry["titre"],
        publisher=entry["editeur"],
        published=str(entry["publie"]),
        consulted=day(entry["consulte"]),
        review_by=day(entry["a_revoir"]),
        official=entry["officiel"],
        trust=entry["confiance"],
        url=entry.get("adresse"),
        note=entry.get("note"),
        kind=entry.get("nature", "officiel"),
    )


def day(value: Any) -> datetime.date:
    """A day written with or without quotes. Raises ValueError."""
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
