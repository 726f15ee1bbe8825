"""Check what people edit: knowledge, phrases, words, sentences, messages, conversations."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from assistant_am import aid
from assistant_am.dialogue.acts import ACTS
from assistant_am.dialogue.world import World, load_world
from assistant_am.french.fold import words
from assistant_am.knowledge import KnowledgeError, Problem, due_soon, read_checked, stale
from assistant_am.knowledge.sentences import read_sentences, sentence_problems
from assistant_am.operations.project import Project
from assistant_am.understanding import conversations
from assistant_am.understanding.conversations import (
    LabelledConversation,
    read_aliases,
    read_conversations,
)
from assistant_am.understanding.examples import read_messages

WORD_LISTS = (
    ("lexique/politesse.yml", "politesse"),
    ("lexique/entites.yml", "entites"),
    ("lexique/urgences.yml", "urgences"),
)
MESSAGES = Path("data") / "messages"
CONVERSATIONS = Path("data") / "conversations"
KEPT_APART = Path("tests") / "kept_apart" / "conversations"
"""Labelled conversations: those learnt, and those that only measure."""
_OWN_WORDS = 10
"""From so many words on, nobody types the same message twice by chance."""


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
    if world is not None:
        problems += _shown(project, _messages(project, world, counts))
        problems += _shown(project, _conversations(project, world, counts))
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
        ] + [
            f"source à relire avant le {source.review_by} : {source.title} ({source.id})"
            for source in due_soon(knowledge, today)
        ]
    return Report(tuple(problems), tuple(warnings), counts)


def _messages(project: Project, world: World, counts: dict[str, int]) -> list[Problem]:
    """Mistakes of the single messages: lines that cannot be read, labels that do not exist."""
    folder = project.root / MESSAGES
    try:
        examples = read_messages(folder)
    except KnowledgeError as error:
        return list(error.problems)
    counts["messages d'entraînement"] = len(examples)
    labels = {
        *world.knowledge.fiches,
        *conversations.ACTS.values(),
        conversations.TELLS,
        conversations.NOT_COVERED,
    }
    # Every line is an example, else it would have been refused above.
    places = [
        (file, line)
        for file in sorted(folder.glob("*.jsonl"))
        for line, _ in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    ]
    return [
        Problem(
            file,
            line,
            f"« {key} » vaut « {label} », qui n'est ni une fiche ni un acte : corrigez-le.",
        )
        for (file, line), example in zip(places, examples, strict=True)
        for key, label in (("s", example.requests[0][0]), ("l", example.context.subject))
        if label not in labels and (key == "s" or label)
    ]


def _conversations(project: Project, world: World, counts: dict[str, int]) -> list[Problem]:
    """Mistakes of the labelled conversations, learnt and kept apart."""
    fiches = world.knowledge.fiches
    problems: list[Problem] = []
    aliases: dict[str, str] = {}
    try:
        aliases = read_aliases(project.root / CONVERSATIONS, fiches)
    except KnowledgeError as error:
        problems += error.problems
    read: dict[Path, list[LabelledConversation]] = {}
    for folder in (CONVERSATIONS, KEPT_APART):
        try:
            read[folder] = read_conversations(project.root / folder, fiches, aliases)
        except KnowledgeError as error:
            problems += error.problems
    for folder, name in ((CONVERSATIONS, "apprises"), (KEPT_APART, "à part")):
        counts[f"conversations {name}"] = len(read.get(folder, ()))
    if len(read) == len((CONVERSATIONS, KEPT_APART)):
        problems += _leaks(project.root / KEPT_APART, read[CONVERSATIONS], read[KEPT_APART])
    return problems


def _leaks(
    folder: Path, learnt: list[LabelledConversation], apart: list[LabelledConversation]
) -> list[Problem]:
    """Conversations kept apart that are learnt as well: they would measure nothing."""
    ids = {each.id for each in learnt}
    said = {key for each in learnt for turn in each.turns if (key := _own(turn.text))}
    return [
        Problem(
            folder,
            0,
            f"la conversation {each.id} est aussi dans {CONVERSATIONS} (même id, ou même long "
            "message) : enlevez-la d'un des deux dossiers, ou changez son id.",
        )
        for each in apart
        if each.id in ids or any(_own(turn.text) in said for turn in each.turns)
    ]


def _own(text: str) -> str | None:
    found = words(text)
    return " ".join(found) if len(found) >= _OWN_WORDS else None


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
