"""The structured knowledge base: load it, check it, ask it. Knows nothing of Rasa."""

from assistant_am.knowledge.errors import KnowledgeError, Problem
from assistant_am.knowledge.loader import load, read_checked, read_document
from assistant_am.knowledge.model import (
    Contact,
    Disagreement,
    Fact,
    Fiche,
    Knowledge,
    Situation,
    Source,
    Variant,
)
from assistant_am.knowledge.query import Answer, answer, aspects, stale, varies_with
from assistant_am.knowledge.text import fill

__all__ = [
    "Answer",
    "Contact",
    "Disagreement",
    "Fact",
    "Fiche",
    "Knowledge",
    "KnowledgeError",
    "Problem",
    "Situation",
    "Source",
    "Variant",
    "answer",
    "aspects",
    "fill",
    "load",
    "read_checked",
    "read_document",
    "stale",
    "varies_with",
]
