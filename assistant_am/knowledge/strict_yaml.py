"""YAML read strictly: duplicate keys are refused, and every value remembers its line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from assistant_am.knowledge import saved_text, slips
from assistant_am.knowledge.errors import KnowledgeError, Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KeyPath = tuple[str | int | datetime.date, ...]
"""Keys and indices from the top of a file; an unquoted date is a key of its own kind."""


@dataclass(frozen=True)
class Document:
    """A parsed file: its data, and the line of each value by its path of keys and indices.

    `typed` holds, by the same paths, what was typed without quotes where YAML made something else
    of it: 0243561212 is an octal number, `no` is false.
    """

    file: Path
    data: Any
    lines: dict[KeyPath, int]
    typed: dict[KeyPath, str] = field(default_factory=dict)

    def line(self, path: KeyPath) -> int:
        """Line of a value, or of the closest enclosing one that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def problem(self, path: KeyPath, message: str) -> Problem:
        return Problem(self.file, self.line(path), message)


def read(file: Path) -> Document:
    """Parse one YAML file.

    Raises KnowledgeError on a file that is not UTF-8, not YAML, or that holds a key twice.
    """
    text = saved_text.read(file)
    certain = slips.sure(text)
    if certain:
        raise KnowledgeError(Problem(file, line, message) for line, message in certain)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Document(file, None, {(): 1})
        document = Document(file, None, {})
        problems: list[Problem] = []
        data = _Builder(document, loader, problems).build(node, ())
    except yaml.YAMLError as error:
        raise KnowledgeError(_unreadable(file, text, error)) from error
    finally:
        loader.dispose()
    if problems:
        raise KnowledgeError(problems)
    return replace(document, data=data)


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

    def build(self, node: yaml.Node, path: KeyPath) -> Any:
        self.document.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                message = (
                    "une accolade ou un crochet sert de clé : mettez le texte entre guillemets."
                )
                self.problems.append(Problem(self.document.file, line, message))
                continue
            key = self._scalar(key_node, (*path, key_node.value))
            if key in result:
                message = f"la clé « {key} » est écrite deux fois : gardez-en une seule."
                self.problems.append(Problem(self.document.file, line, message))
                continue
            here: KeyPath = (*path, key)
            result[key] = self.build(value_node, here)
            self.document.lines[here] = line
        return result

    def _scalar(self, node: yaml.Node, path: KeyPath) -> Any:
        try:
            value = self.loader.construct_object(node, deep=True)
        except ValueError:
            # PyYAML turns 2024-02-31 into a ValueError without a position.
            message = (
                f"« {node.value} » est une date impossible : "
                "corrigez la date ou mettez des guillemets."
            )
            self.problems.append(Problem(self.document.file, node.start_mark.line + 1, message))
            return str(node.value)
        if not isinstance(value, str):
            self.document.typed[path] = str(node.value)
        return value
