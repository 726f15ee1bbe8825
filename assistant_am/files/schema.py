"""JSON Schemas of the knowledge files: the same for editors and for the loader."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from assistant_am.files import forms
from assistant_am.files.errors import Problem
from assistant_am.files.strict_yaml import Document, KeyPath

_ANY_KEYS = "clesDatesOuNombres"
"""Of a schema whose files have days or numbers for keys."""


@cache
def _validator(schema_file: Path) -> Any:
    return jsonschema.Draft7Validator(json.loads(schema_file.read_text(encoding="utf-8")))


def _plain(value: Any) -> Any:
    """An unquoted date is a date for YAML and a string for JSON Schema."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def problems(document: Document, schema_file: Path) -> list[Problem]:
    """Every way in which the document departs from the schema, as French sentences."""
    if document.data is None:
        message = "le fichier est vide : remettez son contenu, ou supprimez-le s'il ne sert plus."
        return [document.problem((), message)]
    validator = _validator(schema_file)
    found = [] if validator.schema.get(_ANY_KEYS) else _keys_that_are_no_texts(document)
    for error in validator.iter_errors(_plain(document.data)):
        for leaf in _leaves(error):
            path = tuple(leaf.absolute_path)
            if leaf.validator == "additionalProperties":
                path = _first_extra(leaf, path)
            elif "propertyNames" in leaf.absolute_schema_path:
                path = (*path, leaf.instance)
            path = _as_read(document.data, path)
            found.append(document.problem(path, _sentence(leaf, document.typed.get(path))))
    # Of a value that is not even a text, what else is wrong with it says nothing more.
    first = {(problem.line, problem.message[:1] == "«"): problem for problem in reversed(found)}
    kept = [each for each in found if each.message[:1] != "«" or each in first.values()]
    return sorted(set(kept), key=lambda problem: problem.line)


def _as_read(data: Any, path: Iterable[str | int]) -> KeyPath:
    """A path of the schema, whose keys are texts, by the days and numbers that YAML has read."""
    found: list[Any] = []
    for key in path:
        keys = data if isinstance(data, dict) else ()
        found.append(next((each for each in keys if str(each) == key), key))
        data = data[found[-1]] if isinstance(data, list) or found[-1] in keys else None
    return tuple(found)


def _keys_that_are_no_texts(document: Document) -> list[Problem]:
    """A département typed 01 is the number 1: the schema would see a text all the same."""
    return [
        document.problem(
            path,
            f"« {typed} » est lu comme un nombre ou une date : "
            f'mettez-le entre guillemets, "{typed}".',
        )
        for path, typed in document.typed.items()
        if path and path[-1] == typed and not _at(document.data, path)
    ]


def _at(data: Any, path: KeyPath) -> bool:
    """Whether the data has a value there."""
    for key in path:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True


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
    "object": "un groupe de lignes « nom: valeur »",
    "boolean": "true ou false (oui ou non, en anglais, sans guillemets)",
}


def _sentence(error: Any, typed: str | None) -> str:
    """What is wrong and the remedy; `typed` when YAML made something else of what was typed."""
    where = _place(error.absolute_path)
    if error.validator == "type":
        return _type(where, error, typed)
    make = _SENTENCES.get(error.validator)
    return make(where, error) if make else f"la valeur de {where} ne convient pas : corrigez-la."


def _place(path: Iterable[str | int]) -> str:
    """« variantes (n° 2).sources »: people count from one."""
    keys = [f"(n° {key + 1})" if isinstance(key, int) else str(key) for key in path]
    return ".".join(keys).replace(".(", " (") or "le fichier"


def _extra(where: str, error: Any) -> str:
    known = set(error.schema.get("properties", {}))
    unknown = [str(key) for key in error.instance if key not in known]
    glued = next((key for key in unknown if ":" in key.strip(":")), None)
    if glued:
        return f"« {glued} » : il manque une espace après le deux-points."
    extra = ", ".join(f"« {key} »" for key in unknown)
    return f"clé inconnue {extra}. Clés possibles : {', '.join(sorted(known))}."


def _required(where: str, error: Any) -> str:
    missing = [key for key in error.validator_value if key not in error.instance]
    names = ", ".join(f"« {key} »" for key in missing)
    return f"il manque {names} dans {where} : ajoutez-le."


def _one_of(where: str, error: Any) -> str:
    branches = [branch.get("required", ()) for branch in error.validator_value]
    choices = " ou ".join(" et ".join(f"« {key} »" for key in names) for names in branches)
    return f"{where} doit avoir une seule de ces formes : {choices}."


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


def _type(where: str, error: Any, typed: str | None) -> str:
    expected = error.validator_value
    if error.instance is None:
        return f"{where} est vide : complétez-le, ou retirez la ligne."
    names = [str(name) for name in (expected if isinstance(expected, list) else [expected])]
    if typed is not None and error.schema.get("pattern") == forms.DAY:
        return f"« {typed} » n'est pas une date entière : {forms.EXPECTED[forms.DAY]}"
    if typed is not None and names == ["string"]:
        return (
            f"« {typed} » ({where}) n'est pas lu comme un texte : mettez-le entre guillemets, "
            f'"{typed}".'
        )
    if {"number", "integer"} & set(names) and isinstance(error.instance, str):
        number = forms.as_number(error.instance)
        if number:
            return (
                f"« {error.instance} » n'est pas un nombre : écrivez {number}, "
                "sans unité, ni espace, ni virgule, ni guillemets."
            )
    if names == ["array"] and isinstance(error.instance, str):
        return f"{where} est une liste : écrivez-la entre crochets, [{error.instance}]."
    if names == ["object"]:
        return f"{where} doit contenir des lignes « nom: valeur », comme ses voisins."
    return f"{where} doit être {' ou '.join(_TYPES.get(name, name) for name in names)}."


def _too_long(where: str, error: Any) -> str:
    length = len(error.instance)
    return f"{where} est trop long : {error.validator_value} caractères au plus (ici {length})."


def _empty(where: str, error: Any) -> str:
    return f"{where} est vide ou trop court : complétez-le ou retirez-le."


def _too_many(where: str, error: Any) -> str:
    return f"{where} a trop d'éléments : {error.validator_value} au plus."


def _limit(where: str, error: Any) -> str:
    word = "au plus" if error.validator == "maximum" else "au moins"
    return f"{where} vaut {error.instance} : {word} {error.validator_value}."


def _twice(where: str, error: Any) -> str:
    return f"{where} dit deux fois la même chose : gardez-la une seule fois."


def _pattern(where: str, error: Any) -> str:
    if "propertyNames" in error.absolute_schema_path:
        what, remedy = "ce nom", forms.expected(error.validator_value, error.instance)
    elif error.validator_value == forms.NAME:
        what, remedy = where, "écrivez un nom défini dans les autres fichiers, comme cpnefp_cqp."
    else:
        what, remedy = where, forms.expected(error.validator_value, error.instance)
    return f"« {error.instance} » n'a pas la forme attendue pour {what} : {remedy}"


_SENTENCES: dict[str, Callable[[str, Any], str]] = {
    "additionalProperties": _extra,
    "required": _required,
    "dependencies": _dependency,
    "enum": _enum,
    "maxLength": _too_long,
    "oneOf": _one_of,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "maxItems": _too_many,
    "maximum": _limit,
    "minimum": _limit,
    "uniqueItems": _twice,
    "pattern": _pattern,
}
