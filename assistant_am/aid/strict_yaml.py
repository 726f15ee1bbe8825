"""YAML for the parameter files: no duplicate key, and every value remembers its line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from assistant_am.site import merge

from .errors import ParameterError


@dataclass(frozen=True)
class Node:
    """A YAML value with its place; each reader below refuses what it does not expect."""

    file: Path
    line: int
    value: Any
    """A scalar, a list of `Node`, or a dict of scalar keys to `Node`."""

    def error(self, message: str) -> ParameterError:
        return ParameterError(self.file, self.line, message)

    def mapping(self) -> dict[Any, Node]:
        if not isinstance(self.value, dict) or not self.value:
            raise self.error("écrivez ici des lignes « clé: valeur ».")
        return self.value

    def record(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """A mapping whose keys are known; keys are never guessed from a misspelling."""
        fields = self.mapping()
        allowed = ", ".join([*required, *optional])
        for key, node in fields.items():
            if key not in required and key not in optional:
                raise node.error(f"clé inconnue « {key} ». Clés possibles : {allowed}.")
        for key in required:
            if key not in fields:
                raise self.error(f"il manque la clé « {key} » : ajoutez-la.")
        return fields

    def items(self) -> list[Node]:
        if not isinstance(self.value, list) or not self.value:
            raise self.error("écrivez ici une liste entre crochets.")
        return self.value

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error("écrivez ici un texte (entre guillemets s'il contient « : »).")
        return self.value.strip()

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.error(
                f"« {self.value} » n'est pas un nombre : écrivez-le en chiffres seuls."
            )
        if self.value < 0:
            raise self.error(f"{self.value} est négatif : corrigez le nombre.")
        return self.value

    def whole(self) -> int:
        value = self.number()
        if not isinstance(value, int):
            raise self.error(f"{value} doit être un nombre entier.")
        return value

    def day(self) -> date:
        return as_day(self.value, self)


def as_day(value: Any, node: Node) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise node.error(f"« {value} » n'est pas une date : écrivez AAAA-MM-JJ.")
    return value


def read(folder: Path, name: str, over: Path | None = None) -> Node:
    """Parse one file of a folder, with the entries of the same file below `over`.

    Raises:
        ParameterError: missing file, not UTF-8, not YAML, or a key written twice.
    """
    file = folder / name
    site = over / name if over is not None and (over / name).exists() else None
    if site is None:
        root = _compose(file)
    else:
        root = merge(name, _compose(file) if file.exists() else None, _compose(site), [])
    if root is None:
        raise ParameterError(file, 1, "fichier vide : décrivez-y une quantité.")
    return _build(yaml.SafeLoader(""), root)


def _compose(file: Path) -> yaml.Node | None:
    try:
        loader = yaml.SafeLoader(file.read_text(encoding="utf-8"))
        # What its nodes say of where they stand.
        loader.name = str(file)
        return loader.get_single_node()
    except OSError as error:
        raise ParameterError(file, 1, "fichier introuvable : remettez-le en place.") from error
    except UnicodeDecodeError as error:
        raise ParameterError(file, 1, "enregistrez ce fichier en UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        message = "YAML illisible : vérifiez alignement et guillemets."
        raise ParameterError(file, line, message) from error


def _build(loader: yaml.SafeLoader, node: yaml.Node) -> Node:
    file, line = Path(node.start_mark.name), node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        fields: dict[Any, Node] = {}
        for key_node, value_node in node.value:
            key = _scalar(loader, key_node)
            if key in fields:
                message = f"la clé « {key} » est écrite deux fois : gardez une seule ligne."
                mark = key_node.start_mark
                raise ParameterError(Path(mark.name), mark.line + 1, message)
            fields[key] = _build(loader, value_node)
        return Node(file, line, fields)
    if isinstance(node, yaml.SequenceNode):
        return Node(file, line, [_build(loader, item) for item in node.value])
    return Node(file, line, _scalar(loader, node))


def _scalar(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    try:
        return loader.construct_object(node)
    except ValueError as error:  # PyYAML reads 2024-02-31 as a date, then fails to build it
        message = f"date impossible ({error}) : corrigez le jour ou le mois."
        mark = node.start_mark
        raise ParameterError(Path(mark.name), mark.line + 1, message) from error
