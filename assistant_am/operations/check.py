"""Check what people edit: knowledge, parameters, phrases, word lists, training sentences."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from assistant_am import aid
from assistant_am.dialogue.acts import ACTS
from assistant_am.dialogue.world import World, load_world
from assistant_am.knowledge import KnowledgeError, Problem, read_checked, stale
from assistant_am.knowledge.sentences import read_sentences, sentence_problems
from assistant_am.operations.project import Project

WORD_LISTS = (
    ("lexique/sms.yml", "sms"),
    ("lexique/politesse.yml", "politesse"),
    ("lexique/entites.yml", "entites"),
    ("lexique/urgences.yml", "urgences"),
)


@dataclass(frozen=True)
class Report:
    """Mistakes that stop, warnings that do not, and what was counted."""

    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    counts: dict[str, int]


def check(project: Project, today: datetime.date) -> Report:
    """Read everything as the bot would; no Rasa, one second or two."""
    problems: list[str] = []
    world: World | None = None
    try:
        world = load_world(project.root / "knowledge", today)
    except KnowledgeError as error:
        problems += _shown(project, error.problems)
    except aid.ParameterError as error:
        problems.append(str(error))
    for name, schema in WORD_LISTS:
        try:
            read_checked(project.root / "knowledge", name, schema)
        except KnowledgeError as error:
            problems += _shown(project, error.problems)
    counts: dict[str, int] = {}
    try:
        sentences = read_sentences(project.root / "data" / "nlu")
        counts["phrases d'entraînement"] = len(sentences)
        if world is not None:
            intents = world.fiche_by_intent
            problems += _shown(project, sentence_problems(sentences, intents, ACTS, intents))
    except KnowledgeError as error:
        problems += _shown(project, error.problems)
    warnings: list[str] = []
    if world is not None:
        knowledge = world.knowledge
        counts |= {
            "fiches": len(knowledge.fiches),
            "faits": len(knowledge.facts),
            "divergences": len(knowledge.disagreements),
            "sources": len(knowledge.sources),
        }
        warnings = [
            f"source à relire depuis le {source.review_by} : {source.title} ({source.id})"
            for source in stale(knowledge, today)
        ]
    return Report(tuple(problems), tuple(warnings), counts)


def _shown(project: Project, problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    return [
        str(Problem(file=_relative(project, problem), line=problem.line, message=problem.message))
        for problem in problems
    ]


def _relative(project: Project, problem: Problem) -> Path:
    try:
        return problem.file.relative_to(project.root)
    except ValueError:
        return problem.file
