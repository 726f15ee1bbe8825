"""One entry in place of another, without a file: what an editor shows while somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant_am.knowledge import checks, schema
from assistant_am.knowledge.errors import Problem
from assistant_am.knowledge.loader import BUILDERS
from assistant_am.knowledge.model import Fiche, Knowledge
from assistant_am.knowledge.strict_yaml import Document, KeyPath

_SCHEMAS = {"faits": "faits", "sources": "sources", "fiches": "fiche", "site": "site"}
_FIELDS = {"faits": "facts", "sources": "sources", "contacts": "contacts", "fiches": "fiches"}
_NOWHERE = Path()


@dataclass(frozen=True)
class Mistake:
    """What is wrong with an entry, and where: the path of a value below it, () for the whole."""

    path: KeyPath
    message: str


def overlaid(knowledge: Knowledge, kind: str, key: str, entry: Mapping[str, Any]) -> Knowledge:
    """The knowledge with one entry added or changed; the entry has no mistake."""
    if kind == "site":
        return replace(knowledge, site=dict(entry))
    name = _FIELDS[kind]
    changed: dict[str, Any] = {name: {**getattr(knowledge, name), key: BUILDERS[kind](key, entry)}}
    return replace(knowledge, **changed)


def mistakes(
    knowledge: Knowledge, schemas: Path, kind: str, key: str, entry: Mapping[str, Any]
) -> list[Mistake]:
    """What `load` would say of the entry, each mistake at its value. `schemas` is the folder."""
    # The checks tell places by lines: here each value is a line.
    above: KeyPath = (key,) if kind in ("faits", "sources") else ()
    document = _numbered({key: entry} if above else dict(entry), above)
    found = schema.problems(document, schemas / f"{_SCHEMAS[kind]}.schema.json")
    if not found and kind == "site":
        return _settings(knowledge, entry)
    if not found:
        try:
            found = _references(overlaid(knowledge, kind, key, entry), kind, key, document)
        except ValueError as error:
            found = [Problem(_NOWHERE, 0, f"une date est impossible ({error}) : corrigez-la.")]
    paths = {line: path for path, line in document.lines.items()}
    return [
        Mistake(paths.get(each.line, ())[len(above) :], each.message)
        for each in dict.fromkeys(found)
    ]


def _numbered(data: Any, above: KeyPath) -> Document:
    lines: dict[KeyPath, int] = {}

    def number(value: Any, path: KeyPath) -> None:
        lines[path] = len(lines) + 1
        inner: Iterable[tuple[Any, Any]] = ()
        if isinstance(value, Mapping):
            inner = value.items()
        elif isinstance(value, list):
            inner = enumerate(value)
        for name, item in inner:
            number(item, (*path, name))

    number(data, ())
    return Document(_NOWHERE, data, lines)


def _references(knowledge: Knowledge, kind: str, key: str, document: Document) -> list[Problem]:
    """The checks across files, on this entry alone: the others have been checked already."""
    here = document.problem((key,), "")
    alone = replace(
        knowledge,
        facts=knowledge.facts if kind == "fiches" else _only(knowledge.facts, kind, "faits", key),
        fiches=_only(knowledge.fiches, kind, "fiches", key),
        contacts=knowledge.contacts if kind == "fiches" else {},
        disagreements=knowledge.disagreements if kind == "fiches" else {},
        glossary=(),
    )
    places = {
        **{("faits", each): here for each in alone.facts},
        **{("contacts", each): here for each in alone.contacts},
        **{("divergences", each): here for each in alone.disagreements},
    }
    documents = {f"fiches/{each}.yml": document for each in knowledge.fiches}
    return checks.problems(alone, documents, places)


def _settings(knowledge: Knowledge, entry: Mapping[str, Any]) -> list[Mistake]:
    """Settings taken away that a fiche still says."""
    return [
        Mistake((key,), f"la fiche « {fiche.label} » donne ce réglage : complétez-le.")
        for key in knowledge.site
        if key not in entry
        for fiche in knowledge.fiches.values()
        if f"{{site.{key}}}" in _all_texts(fiche)
    ]


def _all_texts(fiche: Fiche) -> str:
    told = [fiche.text, fiche.details or "", *(each.text for each in fiche.variants)]
    return " ".join([*told, *(f"{each.statement} {each.text}" for each in fiche.propositions)])


def _only(found: Mapping[str, Any], kind: str, wanted: str, key: str) -> Mapping[str, Any]:
    return {key: found[key]} if kind == wanted else {}
