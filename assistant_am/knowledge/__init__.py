"""The structured knowledge base: load it, check it, ask it. Knows nothing of Rasa."""

from assistant_am.knowledge.decide import Polarity, decide, opening
from assistant_am.knowledge.loader import load, read_checked, read_document
from assistant_am.knowledge.locality import local, names_departement
from assistant_am.knowledge.model import (
    Contact,
    Disagreement,
    Fact,
    Fiche,
    Knowledge,
    Proposition,
    Situation,
    Term,
    Truth,
    Variant,
)
from assistant_am.knowledge.query import (
    Answer,
    answer,
    aspects,
    due_soon,
    propositions,
    stale,
    varies_with,
)
from assistant_am.knowledge.text import facts_in, fill

__all__ = [
    "Answer",
    "Contact",
    "Disagreement",
    "Fact",
    "Fiche",
    "Knowledge",
    "Polarity",
    "Proposition",
    "Situation",
    "Term",
    "Truth",
    "Variant",
    "answer",
    "aspects",
    "decide",
    "due_soon",
    "facts_in",
    "fill",
    "load",
    "local",
    "names_departement",
    "opening",
    "propositions",
    "read_checked",
    "read_document",
    "stale",
    "varies_with",
]
