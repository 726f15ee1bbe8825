"""« Et à mi-temps ? » on a subject that says nothing of it: the name of what changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant_am.knowledge import read_checked

FILE = "changements.yml"


@dataclass(frozen=True)
class Change:
    """One kind of follow-up; `name` says what changes."""

    name: str


def load_changes(folder: Path, site: Path | None = None) -> dict[str, Change]:
    """Read `changements.yml`, by slot; raises KnowledgeError."""
    data = read_checked(folder, FILE, "changements", site)
    return {slot: Change(entry["nom"]) for slot, entry in data.items()}
