"""JSON Schemas of the knowledge files: the same for editors and for the loader."""

from __future__ import annotations

import datetime
import json
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


def _sentence(error: Any) -> str:
    where = ".".join(str(key) for key in error.absolute_path) or "le fichier"
    kind, expected = error.validator, error.validator_value
    if kind == "additionalProperties":
        known = set(error.schema.get("properties", {}))
        extra = ", ".join(f"« {key} »" for key in error.instance if key not in known)
        allowed = ", ".join(sorted(known))
        return f"clé inconnue {extra}. Clés possibles : {allowed}."
    if kind == "required":
        missing = [key for key in expected if key not in error.instance]
        names = ", ".join(f"« {key} »" for key in missing)
        return f"il manque {names} dans {where} : ajoutez-le."
    if kind == "enum":
        allowed = ", ".join(str(value) for value in expected)
        return f"« {error.instance} » n'est pas possible pour {where}. Valeurs possibles : {allowed}."
    if kind == "type":
        names = expected if isinstance(expected, list) else [expected]
        words = {
            "string": "un texte",
            "number": "un nombre",
            "integer": "un nombre entier",
            "array": "une liste",
            "object": "un bloc de clés",
            "boolean": "true ou false",
        }
        return f"{where} doit être {' ou '.join(words.get(name, name) for name in names)}."
    if kind == "maxLength":
        return f"{where} est trop long : {expected} caractères au plus (ici {len(error.instance)})."
    if kind in {"minLength", "minItems", "minProperties"}:
        return f"{where} est vide : complétez-le ou retirez-le."
    if kind == "maxItems":
        return f"{where} a trop d'éléments : {expected} au plus."
    if kind == "pattern":
        return f"« {error.instance} » n'a pas la forme attendue pour {where} ({expected})."
    return f"{where} : {error.message}"
