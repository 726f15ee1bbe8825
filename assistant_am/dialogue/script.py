"""The bot's own words: phrases of the conversation and questions it puts, from `knowledge/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant_am.knowledge import Knowledge, fill, read_checked
from assistant_am.rendering.blocks import Suggestion


@dataclass(frozen=True)
class Question:
    """A question put to narrow the aid. `only_if`: "deuxieme" (second AM) or "budget".

    `name`, `values` (one for each choice: « quotite=0.5 ») and `day_name` are for a form.
    """

    slot: str
    text: str
    why: str
    expected: str
    choices: tuple[Suggestion, ...]
    only_if: str | None
    name: str | None
    values: tuple[str | None, ...]
    day_name: str | None


@dataclass(frozen=True)
class Script:
    """Phrases by key, questions in the order in which they end soonest."""

    phrases: Mapping[str, str]
    questions: Mapping[str, Question]
    empty_words: frozenset[str]
    written: Mapping[str, str] = field(default_factory=dict)
    """The phrases as the file has them, before facts and settings are put in."""

    def said_with(self, knowledge: Knowledge) -> Script:
        """The same with other settings."""
        filled = {key: fill(text, knowledge) for key, text in self.written.items()}
        return replace(self, phrases=filled)

    @classmethod
    def load(cls, folder: Path, knowledge: Knowledge, site: Path | None = None) -> Script:
        """Read `phrases.yml`, `questions.yml`, `lexique/mots_vides.yml`; raises KnowledgeError."""
        phrases = read_checked(folder, "phrases.yml", "phrases", site)
        questions = read_checked(folder, "questions.yml", "questions", site)
        empty = read_checked(folder, "lexique/mots_vides.yml", "mots_vides")
        return cls(
            phrases={},
            written={key: text.strip() for key, text in phrases.items()},
            questions={
                slot: Question(
                    slot=slot,
                    text=entry["question"],
                    why=entry["pourquoi"],
                    expected=entry["attendu"],
                    choices=tuple(
                        Suggestion(choice["titre"], choice["dire"]) for choice in entry["choix"]
                    ),
                    only_if=entry.get("si"),
                    name=entry.get("nom"),
                    values=tuple(choice.get("valeur") for choice in entry["choix"]),
                    day_name=entry.get("date"),
                )
                for slot, entry in questions.items()
            },
            empty_words=frozenset(word for group in empty.values() for word in group),
        ).said_with(knowledge)
