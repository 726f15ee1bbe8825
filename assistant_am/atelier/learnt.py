"""Sentences that a site teaches the assistant: the files of its `data/nlu/`, subject by subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from assistant_am.atelier.written import round_trip
from assistant_am.dialogue.acts import ACTS
from assistant_am.files import strict_yaml
from assistant_am.files.errors import Problem
from assistant_am.french.fold import words
from assistant_am.knowledge import Knowledge
from assistant_am.knowledge.sentences import Sentence, read_sentences, sentence_problems
from assistant_am.runtime.masking import mask
from assistant_am.site import with_site

FOLDER = Path("data") / "nlu"
PHRASES = "phrases"
ENOUGH = 25
"""Sentences from which on a subject is understood well."""
LONGEST = 300
"""Characters of a sentence."""


class Learnt:
    """What the site adds to the shipped sentences; `shipped` is the project's `data/nlu/`."""

    def __init__(self, shipped: Path, site: Path) -> None:
        self.shipped = shipped.resolve()
        self.site = site

    def of_site(self, fiche: str) -> dict[str, list[str]]:
        """The entry of a fiche's sentences: empty when the site adds none."""
        file = self.file_of(fiche)
        data = strict_yaml.read(file).data if file.is_file() else None
        entries = data.get("nlu") if isinstance(data, Mapping) else None
        found = [
            row.strip()[2:].strip()
            for each in entries or ()
            if isinstance(each, Mapping) and each.get("intent") == intent_of(fiche)
            for row in str(each.get("examples", "")).splitlines()
            if row.strip()
        ]
        return {PHRASES: found}

    def file_of(self, fiche: str) -> Path:
        """The file of the site that has the fiche's sentences, else the one named after it."""
        folder = self.site / FOLDER
        for file in sorted(folder.glob("*.yml")):
            if f"intent: {intent_of(fiche)}\n" in file.read_text(encoding="utf-8"):
                return file
        return folder / f"{fiche}.yml"

    def all(self, site: Path | None = None) -> list[Sentence]:
        """Every sentence, shipped and the site's (or those of a copy of its folder). Raises
        KnowledgeError."""
        folders = with_site(self.shipped, site or self.site)
        return [each for folder in folders for each in _read(folder, _stamp(folder))]


def _stamp(folder: Path) -> tuple[tuple[str, int], ...]:
    return tuple((file.name, file.stat().st_mtime_ns) for file in sorted(folder.glob("*.yml")))


@lru_cache(maxsize=3)
def _read(folder: Path, stamp: tuple[tuple[str, int], ...]) -> tuple[Sentence, ...]:
    """The sentences of a folder, read again only when one of its files has changed."""
    return tuple(read_sentences(folder))


def intent_of(fiche: str) -> str:
    return f"demander_{fiche}"


def problems(sentences: Iterable[Sentence], knowledge: Knowledge) -> list[Problem]:
    """What `check` says of all sentences with these fiches."""
    known = {intent_of(key) for key in (*knowledge.fiches, *knowledge.hidden)}
    return sentence_problems(sentences, known, ACTS, known)


def unreadable(text: str) -> str:
    """Why a sentence cannot be learnt, in French; empty when it can."""
    if not words(text):
        return f"« {text} » n'a pas de mots : écrivez une phrase."
    if len(text) > LONGEST:
        return f"« {text[:40]}… » est trop longue : {LONGEST} caractères au plus."
    if "[" in text or "]" in text:
        return f"« {text} » a un crochet : écrivez la phrase telle qu'on la tape."
    if mask(text) != text:
        return f"« {text} » contient un numéro ou une adresse : retirez-le."
    return ""


def with_phrases(text: str | None, fiche: str, phrases: Iterable[str]) -> str | None:
    """The text of a file with a fiche's sentences; None when nothing is left of it."""
    yaml: YAML = round_trip()
    root: Any = yaml.load(text) if text else None
    if not isinstance(root, Mapping):
        root = yaml.load('version: "3.1"\nnlu: []\n')
    entries = root.setdefault("nlu", [])
    intent = intent_of(fiche)
    held = next((each for each in entries if each.get("intent") == intent), None)
    written = "".join(f"- {each}\n" for each in phrases)
    if written and held is not None:
        held["examples"] = LiteralScalarString(written)
    elif written:
        entries.append({"intent": intent, "examples": LiteralScalarString(written)})
        entries.fa.set_block_style()
    elif held is not None:
        entries.remove(held)
    if not entries:
        return None
    out = StringIO()
    yaml.dump(root, out)
    return out.getvalue()
