"""The training sentences of `data/nlu/`, read without Rasa: they are checked in a second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant_am.files import strict_yaml
from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.french.fold import words

_MARKED = re.compile(r"\[[^\]]*\][({]")
"""Rasa's marks for values: here values are read by other means, and the marks would be learnt."""
_ENOUGH = 25
"""A subject with so many sentences was understood in 9 of 9 unseen questions."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, where it stands and what it means."""

    text: str
    intent: str
    file: Path
    line: int


def read_sentences(*folders: Path) -> list[Sentence]:
    """Every sentence of the folders' files, in order; raises KnowledgeError on an unusual file."""
    found: list[Sentence] = []
    problems: list[Problem] = []
    for file in (file for folder in folders for file in sorted(folder.glob("*.yml"))):
        try:
            document = strict_yaml.read(file)
        except KnowledgeError as error:
            problems += error.problems
            continue
        data = document.data if isinstance(document.data, dict) else {}
        if data.get("version") != "3.1":
            message = 'il manque « version: "3.1" », avec ses guillemets, en première ligne.'
            problems.append(document.problem(("version",), message))
        entries = data.get("nlu")
        if not isinstance(entries, list):
            problems.append(Problem(file, 1, "il manque « nlu: » et sa liste d'intentions."))
            continue
        for index, entry in enumerate(entries):
            line = document.line(("nlu", index, "examples"))
            if not isinstance(entry, dict) or set(entry) != {"intent", "examples"}:
                message = "une entrée contient « intent » et « examples: | », rien d'autre."
                problems.append(document.problem(("nlu", index), message))
                continue
            if not isinstance(entry["examples"], str) or not isinstance(entry["intent"], str):
                message = "il manque la barre après « examples: » : écrivez « examples: | »."
                problems.append(Problem(file, line, message))
                continue
            for offset, row in enumerate(str(entry["examples"]).splitlines(), start=1):
                if row.strip():
                    text = row.strip()
                    if not text.startswith("- "):
                        message = (
                            "chaque phrase commence par un tiret simple et une espace (- ), et "
                            "tient sur une seule ligne."
                        )
                        problems.append(Problem(file, line + offset, message))
                        continue
                    if _MARKED.search(text):
                        message = "une phrase s'écrit telle qu'on la tape, sans [mot](valeur)."
                        problems.append(Problem(file, line + offset, message))
                        continue
                    found.append(Sentence(text[2:].strip(), entry["intent"], file, line + offset))
    if problems:
        raise KnowledgeError(problems)
    return found


def few_sentences(sentences: Iterable[Sentence]) -> list[Problem]:
    """Intents that have fewer sentences than it takes to be understood."""
    found = list(sentences)
    counts = Counter(sentence.intent for sentence in found)
    first = {sentence.intent: sentence for sentence in reversed(found)}
    return [
        Problem(
            first[intent].file,
            first[intent].line,
            f"« {intent} » n'a que {count} phrase(s) : écrivez-en au moins {_ENOUGH}.",
        )
        for intent, count in counts.items()
        if count < _ENOUGH
    ]


def sentence_problems(
    sentences: Iterable[Sentence],
    fiche_intents: Container[str],
    acts: Container[str],
    needed: Iterable[str],
) -> list[Problem]:
    """An intent without fiche, a fiche without sentences, the same sentence twice."""
    problems = []
    seen: dict[str, Sentence] = {}
    intents: set[str] = set()
    for sentence in sentences:
        if sentence.intent not in intents:
            intents.add(sentence.intent)
            if sentence.intent not in fiche_intents and sentence.intent not in acts:
                message = (
                    f"l'intention « {sentence.intent} » n'a pas de fiche : créez "
                    f"knowledge/fiches/{sentence.intent.removeprefix('demander_')}.yml."
                )
                problems.append(Problem(sentence.file, sentence.line, message))
        # Letters that do not fold (Arabic, Chinese) and bare punctuation are compared as typed.
        key = " ".join(words(sentence.text)) or sentence.text
        other = seen.setdefault(key, sentence)
        if other is not sentence:
            message = f"« {sentence.text} » est déjà à {other.file.name}:{other.line} : changez-la."
            problems.append(Problem(sentence.file, sentence.line, message))
    for intent in needed:
        if intent not in intents:
            name = intent.removeprefix("demander_")
            message = f"la fiche « {name} » n'a aucune phrase : créez data/nlu/{name}.yml."
            problems.append(Problem(Path("data/nlu"), 0, message))
    return problems
