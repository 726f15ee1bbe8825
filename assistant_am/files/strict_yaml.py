"""YAML read strictly: duplicate keys are refused, and every value remembers its line."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from assistant_am.files import saved_text, slips
from assistant_am.files.errors import KnowledgeError, Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KeyPath = tuple[str | int | datetime.date, ...]
"""Keys and indices from the top of a file; an unquoted date is a key of its own kind."""


@dataclass(frozen=True)
class Document:
    """A parsed file: its data, and the line of each value by its path of keys and indices.

    `typed` holds, by the same paths, what was typed without quotes where YAML made something else
    of it: 0243561212 is an octal number, `no` is false. `files` holds the values that stand in
    another file: the entries of the site.
    """

    file: Path
    data: Any
    lines: dict[KeyPath, int]
    typed: dict[KeyPath, str] = field(default_factory=dict)
    files: dict[KeyPath, Path] = field(default_factory=dict)

    def line(self, path: KeyPath) -> int:
        """Line of a value, or of the closest enclosing one that exists."""
        return self.lines.get(self._known(path), 0)

    def problem(self, path: KeyPath, message: str) -> Problem:
        return Problem(self.files.get(self._known(path), self.file), self.line(path), message)

    def _known(self, path: KeyPath) -> KeyPath:
        while path and path not in self.lines:
            path = path[:-1]
        return path


def read(file: Path) -> Document:
    """Parse one YAML file.

    Raises KnowledgeError on a file that is not UTF-8, not YAML, or that holds a key twice.
    """
    return build(file, compose(file))


def compose(file: Path) -> yaml.Node | None:
    """The tree of one file, each node knowing its file and line. Raises KnowledgeError."""
    text = saved_text.read(file)
    certain = slips.sure(text)
    if certain:
        raise KnowledgeError(Problem(file, line, message) for line, message in certain)
    loader = _Loader(_Named(text, file))
    try:
        return loader.get_single_node()
    except yaml.YAMLError as error:
        raise KnowledgeError(_unreadable(file, text, error)) from error
    finally:
        loader.dispose()


def build(file: Path, node: yaml.Node | None) -> Document:
    """The data of a tree. Raises KnowledgeError."""
    if node is None:
        return Document(file, None, {(): 1})
    document = Document(file, None, {})
    problems: list[Problem] = []
    data = _Builder(document, _Loader(""), problems, str(file)).build(node, ())
    if problems:
        raise KnowledgeError(problems)
    return replace(document, data=data)


class _Named(io.StringIO):
    """A text with the name that PyYAML gives to the places of its nodes."""

    def __init__(self, text: str, file: Path) -> None:
        super().__init__(text)
        self.name = str(file)


def _unreadable(file: Path, text: str, error: yaml.YAMLError) -> list[Problem]:
    """Why YAML stopped: the slips on the way, else the place where it did."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 0
    found = [Problem(file, *slip) for slip in slips.likely(text) if slip[0] <= line]
    message = (
        "ce n'est pas du YAML valide, à cette ligne ou juste au-dessus. Vérifiez l'alignement "
        "(les espaces du début), les guillemets et les deux-points."
    )
    # The last slip before the stop is the one that made it.
    return found[-1:] or [Problem(file, line, message)]


@dataclass(frozen=True)
class _Builder:
    """Turns nodes into data, and notes the line of each and the mistakes."""

    document: Document
    loader: Any
    problems: list[Problem]
    name: str
    """Of the document's file."""

    def build(self, node: yaml.Node, path: KeyPath) -> Any:
        self._at(node, path)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                message = (
                    "une accolade ou un crochet sert de clé : mettez le texte entre guillemets."
                )
                self._wrong(key_node, message)
                continue
            key = self._scalar(key_node, (*path, key_node.value))
            if key in result:
                message = f"la clé « {key} » est écrite deux fois : gardez-en une seule."
                self._wrong(key_node, message)
                continue
            here: KeyPath = (*path, key)
            result[key] = self.build(value_node, here)
            self._at(key_node, here)
        return result

    def _wrong(self, node: yaml.Node, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(Path(mark.name), mark.line + 1, message))

    def _at(self, node: yaml.Node, path: KeyPath) -> None:
        self.document.lines[path] = node.start_mark.line + 1
        if node.start_mark.name != self.name:
            self.document.files[path] = Path(node.start_mark.name)

    def _scalar(self, node: yaml.Node, path: KeyPath) -> Any:
        try:
            value = self.loader.construct_object(node, deep=True)
        except ValueError:
            # PyYAML turns 2024-02-31 into a ValueError without a position.
            message = (
                f"« {node.value} » est une date impossible : "
                "corrigez la date ou mettez des guillemets."
            )
            self._wrong(node, message)
            return str(node.value)
        if not isinstance(value, str):
            self.document.typed[path] = str(node.value)
        return value
