"""The wordings of `tests/kept_apart/`: they measure, nothing ever learns from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant_am.operations.errors import BrokenFileError


@dataclass(frozen=True)
class Labelled:
    """A sentence and what it is about: a subject, or the kind of what is out of scope."""

    text: str
    label: str


@dataclass(frozen=True)
class Urgent:
    """A message and whether it is an emergency: "vital", "suicide", or None."""

    text: str
    kind: str | None


@dataclass(frozen=True)
class Several:
    """A message and the subjects that it asks about, in order."""

    text: str
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class KeptApart:
    """All that the folder holds."""

    subjects: tuple[Labelled, ...]
    outside: tuple[Labelled, ...]
    urgent: tuple[Urgent, ...]
    several: tuple[Several, ...]


def read_kept_apart(folder: Path) -> KeptApart:
    """Read the folder. Raises BrokenFileError when a file is missing or not as it should be."""
    files = sorted(folder.glob("sujets_*.yml"))
    if not files:
        raise BrokenFileError(
            f"Il n'y a pas de phrases mises à part (sujets_*.yml) dans {folder} : "
            "remettez ce dossier, par exemple avec « git checkout tests/kept_apart »."
        )
    subjects = [
        Labelled(str(text), subject)
        for file in files
        for subject, texts in _mapping(file).items()
        for text in texts
    ]
    urgent = _mapping(folder / "urgences.yml")
    emergencies = [
        Urgent(row["texte"], "suicide" if row["suicide"] else "vital") for row in urgent["urgences"]
    ]
    others = [Urgent(row["texte"], None) for row in urgent["pas_urgences"]]
    outside = [Labelled(row["texte"], row["genre"]) for row in _rows(folder / "hors_sujet.yml")]
    several = [
        Several(row["texte"], tuple(row["sujets"])) for row in _rows(folder / "deux_questions.yml")
    ]
    return KeptApart(tuple(subjects), tuple(outside), (*emergencies, *others), tuple(several))


def _mapping(file: Path) -> Mapping[str, Any]:
    content = read_yaml(file)
    if not isinstance(content, dict):
        raise BrokenFileError(f"{file} : il faut des sujets, chacun avec sa liste de phrases.")
    return content


def _rows(file: Path) -> list[dict[str, Any]]:
    content = read_yaml(file)
    if not isinstance(content, list):
        raise BrokenFileError(f"{file} : il faut une liste de phrases, chacune avec ses champs.")
    return content


def read_yaml(file: Path) -> Any:
    """The content of a YAML file, or BrokenFileError with the reason."""
    try:
        text = file.read_text(encoding="utf-8")
        return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BrokenFileError(f"{file} ne peut pas être lu ({error}).") from error
