"""One entry in place of another, without a file: what an editor shows while somebody types."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant_am.files import schema
from assistant_am.files.errors import Problem
from assistant_am.files.strict_yaml import Document, KeyPath
from assistant_am.knowledge import backing, checks
from assistant_am.knowledge.loader import BUILDERS
from assistant_am.knowledge.locality import CONTACT, settled
from assistant_am.knowledge.model import Fiche, Knowledge

_SCHEMAS = {
    "faits": "faits",
    "sources": "sources",
    "contacts": "contacts",
    "fiches": "fiche",
    "site": "site",
}
_FIELDS = {"faits": "facts", "sources": "sources", "contacts": "contacts", "fiches": "fiches"}
_NOWHERE = Path()
_APART = 10_000
_LINE = re.compile(r"à la ligne \d+")


@dataclass(frozen=True)
class Mistake:
    """What is wrong with an entry, and where: the path of a value below it, () for the whole."""

    path: KeyPath
    message: str


def overlaid(knowledge: Knowledge, kind: str, key: str, entry: Mapping[str, Any]) -> Knowledge:
    """The knowledge with one entry added or changed; the entry has no mistake."""
    return backing.as_answered(_written(knowledge, kind, key, entry))


def _written(knowledge: Knowledge, kind: str, key: str, entry: Mapping[str, Any]) -> Knowledge:
    """The same as files would have it: what answers take from facts is not yet in it."""
    files = knowledge.written or knowledge
    if kind == "site":
        return settled(files, entry)
    name = _FIELDS[kind]
    built = BUILDERS[kind](key, _dated(entry))
    changed: dict[str, Any] = {name: {**getattr(files, name), key: built}}
    return replace(files, **changed)


def mistakes(
    knowledge: Knowledge, schemas: Path, kind: str, key: str, entry: Mapping[str, Any]
) -> list[Mistake]:
    """What `load` would say of the entry, each mistake at its value. `schemas` is the folder."""
    # The checks tell places by lines: here each value is a line, with room for those of its text.
    above: KeyPath = (key,) if kind in ("faits", "sources", "contacts") else ()
    entry = _dated(entry)
    document = _numbered({key: entry} if above else dict(entry), above)
    found = schema.problems(document, schemas / f"{_SCHEMAS[kind]}.schema.json")
    if not found and kind == "site":
        return _settings(knowledge, entry)
    if not found:
        try:
            found = _references(_written(knowledge, kind, key, entry), kind, key, document)
        except ValueError as error:
            found = [Problem(_NOWHERE, 0, f"une date est impossible ({error}) : corrigez-la.")]
    paths = {line // _APART: path for path, line in document.lines.items()}
    told = (
        Mistake(
            paths.get(each.line // _APART, ())[len(above) :],
            _LINE.sub("plus haut", each.message),
        )
        for each in found
    )
    return list(dict.fromkeys(told))


def _dated(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """A day that is the value of a fact is a date, as in the files, and not its text."""
    if entry.get("unite") != "date" or not isinstance(entry.get("valeur"), str):
        return entry
    try:
        return {**entry, "valeur": datetime.date.fromisoformat(entry["valeur"])}
    except ValueError:
        return entry


def _numbered(data: Any, above: KeyPath) -> Document:
    lines: dict[KeyPath, int] = {}

    def number(value: Any, path: KeyPath) -> None:
        lines[path] = _APART * (len(lines) + 1)
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
    places = {(kind, key): document.problem((key,), "")}
    return checks.problems(knowledge, {f"{kind}/{key}.yml": document}, places)


def _settings(knowledge: Knowledge, entry: Mapping[str, Any]) -> list[Mistake]:
    """Settings taken away that a fiche still says."""
    return [
        Mistake((key,), f"la fiche « {fiche.label} » donne ce réglage : complétez-le.")
        for key in knowledge.site
        if key not in entry and key != CONTACT
        for fiche in knowledge.fiches.values()
        if f"{{site.{key}}}" in _all_texts(fiche)
    ]


def _all_texts(fiche: Fiche) -> str:
    told = [fiche.text, fiche.details or "", *(each.text for each in fiche.variants)]
    return " ".join([*told, *(f"{each.statement} {each.text}" for each in fiche.propositions)])
