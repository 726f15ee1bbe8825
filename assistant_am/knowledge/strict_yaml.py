"""YAML read strictly: duplicate keys are refused, and every value remembers its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant_am.knowledge.errors import KnowledgeError, Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A parsed file: its data, and the line of each value by its path of keys and indices."""

    file: Path
    data: Any
    lines: dict[KeyPath, int]

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
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KnowledgeError([Problem(file, 0, "le fichier n'existe pas : créez-le.")]) from error
    except UnicodeDecodeError as error:
        message = "le fichier n'est pas en UTF-8 : enregistrez-le avec cet encodage."
        line = error.object.count(b"\n", 0, error.start) + 1
        raise KnowledgeError([Problem(file, line, message)]) from error
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Document(file, None, {(): 1})
        lines: dict[KeyPath, int] = {}
        problems: list[Problem] = []
        data = _Builder(file, loader, lines, problems).build(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        message = (
            "ce n'est pas du YAML valide "
            f"({error.problem}). Vérifiez l'alignement, les guillemets et les deux-points."
        )
        raise KnowledgeError([Problem(file, line, message)]) from error
    finally:
        loader.dispose()
    if problems:
        raise KnowledgeError(problems)
    return Document(file, data, lines)


@dataclass(frozen=True)
class _Builder:
    """Turns nodes into data, and notes the line of each and the mistakes."""

    file: Path
    loader: Any
    lines: dict[KeyPath, int]
    problems: list[Problem]

    def build(self, node: yaml.Node, path: KeyPath) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                message = (
                    "une accolade ou un crochet sert de clé : mettez le texte entre guillemets."
                )
                self.problems.append(Problem(self.file, line, message))
                continue
            key = self._scalar(key_node)
            if key in result:
                message = f"la clé « {key} » est écrite deux fois : gardez-en une seule."
                self.problems.append(Problem(self.file, line, message))
                continue
            here: KeyPath = (*path, key)
            result[key] = self.build(value_node, here)
            self.lines[here] = line
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self.loader.construct_object(node, deep=True)
        except ValueError as error:
            # PyYAML turns 2024-02-31 into a ValueError without a position.
            message = (
                f"« {node.value} » est impossible ({error}) : "
                "corrigez la date ou mettez des guillemets."
            )
            self.problems.append(Problem(self.file, node.start_mark.line + 1, message))
            return str(node.value)
