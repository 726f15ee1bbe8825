"""« Et à mi-temps ? » on a subject that says nothing of it: where that leads, from `knowledge/`."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from assistant_am.knowledge import Knowledge, KnowledgeError, read_document

FILE = "changements.yml"
SHORT_FILE = "questions_courtes.yml"


@dataclass(frozen=True)
class Change:
    """One kind of follow-up. `name` says what changes; `leads_to` gives a subject by theme."""

    name: str
    leads_to: Mapping[str, str]


def load_changes(folder: Path, knowledge: Knowledge) -> dict[str, Change]:
    """Read `changements.yml`, by slot; raises KnowledgeError naming a subject that is unknown."""
    document = read_document(folder, FILE, "changements")
    unknown = [
        document.problem(
            (slot, "mene_a", theme),
            f"la fiche « {subject} » est inconnue : corrigez ou ajoutez-la.",
        )
        for slot, entry in document.data.items()
        for theme, subject in entry["mene_a"].items()
        if subject not in knowledge.fiches
    ]
    if unknown:
        raise KnowledgeError(unknown)
    return {slot: Change(entry["nom"], entry["mene_a"]) for slot, entry in document.data.items()}


def load_short_questions(folder: Path, knowledge: Knowledge) -> dict[str, dict[str, list[str]]]:
    """Read `questions_courtes.yml`: by theme, subject → words; raises KnowledgeError."""
    document = read_document(folder, SHORT_FILE, "questions_courtes")
    unknown = [
        document.problem((theme, subject), f"la fiche « {subject} » est inconnue : corrigez-la.")
        for theme, subjects in document.data.items()
        for subject in subjects
        if subject not in knowledge.fiches
    ]
    if unknown:
        raise KnowledgeError(unknown)
    return dict(document.data)


def destination(changes: Mapping[str, Change], slots: Set[str], theme: str) -> str | None:
    """Subject that a change leads to from a theme, None when none does.

    Of several changes, the one that stands first in the file decides: « combien en tout sur 5 ans »
    is about the years before it is about a total.
    """
    first = next((change for slot, change in changes.items() if slot in slots), None)
    return first.leads_to.get(theme) if first else None
