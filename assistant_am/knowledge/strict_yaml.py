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
        raise KnowledgeError([Problem(file, 0, message)]) from error
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Document(file, None, {(): 1})
        lines: dict[KeyPath, int] = {}
        problems: list[Problem] = []
        data = _build(loader, node, (), lines, problems, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        message = (
            "ce n'est pas du YAML valide "
            f"({error.problem}). Vérifiez l'alignement, les guillemets et les deux-points."
        )
        raise KnowledgeError([Problem(file, line, message)]) from error
    except ValueError as error:
        # PyYAML turns 2024-02-31 into a ValueError without a position.
        message = f"une valeur est impossible ({error}) : corrigez la date ou mettez des guillemets."
        raise KnowledgeError([Problem(file, 0, message)]) from error
    finally:
        loader.dispose()
    if problems:
        raise KnowledgeError(problems)
    return Document(file, data, lines)


def _build(
    loader: Any,
    node: yaml.Node,
    path: KeyPath,
    lines: dict[KeyPath, int],
    problems: list[Problem],
    file: Path,
) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if key in result:
                message = f"la clé « {key} » est écrite deux fois : gardez-en une seule."
                problems.append(Problem(file, line, message))
                continue
            result[key] = _build(loader, value_node, (*path, key), lines, problems, file)
            lines[(*path, key)] = line
        return result
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(loader, item, (*path, index), lines, problems, file)
            for index, item in enumerate(node.value)
        ]
    return loader.construct_object(node, deep=True)
