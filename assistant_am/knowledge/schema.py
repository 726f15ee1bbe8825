"""JSON Schemas of the knowledge files: the same for editors and for the loader."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from assistant_am.knowledge.errors import Problem
from assistant_am.knowledge.strict_yaml import Document


@cache
def _validator(schema_file: Path) -> Any:
    return jsonschema.Draft7Validator(json.loads(schema_file.read_text(encoding="utf-8")))


def _plain(value: Any) -> Any:
    """An unquoted date is a date for YAML and a string for JSON Schema."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def problems(document: Document, schema_file: Path) -> list[Problem]:
    """Every way in which the document departs from the schema, as French sentences."""
    found = []
    for error in _validator(schema_file).iter_errors(_plain(document.data)):
        for leaf in _leaves(error):
            path = tuple(leaf.absolute_path)
            if leaf.validator == "additionalProperties":
                path = _first_extra(leaf, path)
            found.append(document.problem(path, _sentence(leaf)))
    return sorted(set(found), key=lambda problem: problem.line)


def _leaves(error: Any) -> list[Any]:
    """For anyOf/oneOf, the branch that came closest tells more than « no branch fits »."""
    if not error.context:
        return [error]
    best = jsonschema.exceptions.best_match([error])
    return [best]


def _first_extra(error: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    known = set(error.schema.get("properties", {}))
    extra = [key for key in error.instance if key not in known]
    return (*path, extra[0]) if extra else path


_TYPES = {
    "string": "un texte",
    "number": "un nombre",
    "integer": "un nombre entier",
    "array": "une liste",
    "object": "un bloc de clés",
    "boolean": "true ou false",
}


def _sentence(error: Any) -> str:
    where = ".".join(str(key) for key in error.absolute_path) or "le fichier"
    make = _SENTENCES.get(error.validator)
    return make(where, error) if make else f"{where} : {error.message}"


def _extra(where: str, error: Any) -> str:
    known = set(error.schema.get("properties", {}))
    extra = ", ".join(f"« {key} »" for key in error.instance if key not in known)
    return f"clé inconnue {extra}. Clés possibles : {', '.join(sorted(known))}."


def _required(where: str, error: Any) -> str:
    missing = [key for key in error.validator_value if key not in error.instance]
    names = ", ".join(f"« {key} »" for key in missing)
    return f"il manque {names} dans {where} : ajoutez-le."


def _dependency(where: str, error: Any) -> str:
    missing = {
        name
        for key, needed in error.validator_value.items()
        if key in error.instance
        for name in needed
        if name not in error.instance
    }
    names = ", ".join(f"« {key} »" for key in sorted(missing))
    return f"il manque {names} dans {where} : ajoutez-le."


def _enum(where: str, error: Any) -> str:
    allowed = ", ".join(str(value) for value in error.validator_value)
    return f"« {error.instance} » n'est pas possible pour {where}. Valeurs possibles : {allowed}."


def _type(where: str, error: Any) -> str:
    expected = error.validator_value
    names = expected if isinstance(expected, list) else [expected]
    return f"{where} doit être {' ou '.join(_TYPES.get(str(name), str(name)) for name in names)}."


def _too_long(where: str, error: Any) -> str:
    length = len(error.instance)
    return f"{where} est trop long : {error.validator_value} caractères au plus (ici {length})."


def _empty(where: str, error: Any) -> str:
    return f"{where} est vide : complétez-le ou retirez-le."


def _too_many(where: str, error: Any) -> str:
    return f"{where} a trop d'éléments : {error.validator_value} au plus."


def _pattern(where: str, error: Any) -> str:
    form = error.validator_value
    return f"« {error.instance} » n'a pas la forme attendue pour {where} ({form})."


_SENTENCES: dict[str, Callable[[str, Any], str]] = {
    "additionalProperties": _extra,
    "required": _required,
    "dependencies": _dependency,
    "enum": _enum,
    "type": _type,
    "maxLength": _too_long,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "maxItems": _too_many,
    "pattern": _pattern,
}
