"""Checks of `parametres/`: all slips at once, before the computation reads the files.

The computation refuses what it cannot read, one mistake at a time. Here are told the slips of the
hand, and what can be read and is hardly right: an amount ten times its neighbours, a year far away.
"""

from __future__ import annotations

import datetime
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant_am.files import forms
from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.files.shelves import Shelves
from assistant_am.files.strict_yaml import Document, KeyPath
from assistant_am.knowledge import fact_checks

_FAR = 5
"""An amount so many times its neighbours, or so many times less, is a slip."""
_FUTURE_YEARS = 10
_DEPTH_OF_DATES = 3
"""In a table dates come after `tableau`, a band and a year."""


def problems(folder: Path, today: datetime.date, site: Path | None = None) -> list[Problem]:
    """Every slip of every file of `parametres/`."""
    found: list[Problem] = []
    shelves = Shelves(folder, site)
    for name in shelves.names("parametres"):
        try:
            document = shelves.document(name)
        except KnowledgeError as error:
            found += error.problems
            continue
        assert document is not None, "only fiches are hidden whole"
        found += _of(document, today)
    return found


def series(data: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, dict[Any, Any]]]:
    """Every group of dated values, with its place: `valeurs`, or a line of a `tableau`."""
    if not isinstance(data, dict):
        return
    if any(isinstance(value, dict) and "valeur" in value for value in data.values()):
        yield path, data
        return
    for key, value in data.items():
        yield from series(value, (*path, key))


def _of(document: Document, today: datetime.date) -> Iterator[Problem]:
    if not isinstance(document.data, dict):
        message = "le fichier est vide, ou n'a pas de lignes « nom: valeur » : remettez-les."
        yield document.problem((), message)
        return
    for path, message in fact_checks.leading_zero(document.typed):
        yield document.problem(path, message)
    amounts: dict[KeyPath, float] = {}
    for path, group in series(document.data):
        if path[:1] == ("tableau",) and len(path) < _DEPTH_OF_DATES:
            yield from _too_far_left(document, path, group)
            continue
        for day, entry in group.items():
            yield from _day(document, (*path, day), today)
            if isinstance(entry, dict) and "valeur" in entry:
                place = (*path, day, "valeur")
                yield from _value(document, place, entry["valeur"], str(document.data.get("unite")))
                yield from _note(document, (*path, day, "reference"), entry.get("reference"))
                if isinstance(entry["valeur"], int | float):
                    amounts[place] = entry["valeur"]
    if str(document.data.get("unite")).startswith("euros"):
        yield from _far_from_neighbours(document, amounts)


def _day(document: Document, path: KeyPath, today: datetime.date) -> Iterator[Problem]:
    day = path[-1]
    if isinstance(day, datetime.date):
        if day.year > today.year + _FUTURE_YEARS:
            yield document.problem(path, f"« {day} » est bien loin : corrigez l'année.")
        return
    day_again = forms.as_day(str(day))
    remedy = (
        f"écrivez {day_again}, sans guillemets"
        if day_again
        else "écrivez l'année, le mois et le jour"
    )
    yield document.problem(path, f"« {day} » n'est pas une date d'effet : {remedy}.")


def _value(document: Document, path: KeyPath, value: Any, unit: str) -> Iterator[Problem]:
    if unit in ("date", "secteurs", "specialites"):
        return
    typed = document.typed.get(path, "")
    number = forms.as_number(str(value)) if isinstance(value, str) else ""
    if number:
        yield document.problem(
            path,
            f"« {value} » n'est pas un nombre : écrivez {number}, sans unité, ni espace, "
            "ni virgule, ni guillemets.",
        )
    elif re.fullmatch(r"\d{1,3}\.\d{3}", typed):
        yield document.problem(
            path,
            f"« {typed} » est lu comme un nombre à virgule : pour les milliers, écrivez "
            f"{forms.as_number(typed)}.",
        )


def _too_far_left(document: Document, path: KeyPath, group: dict[Any, Any]) -> Iterator[Problem]:
    for key, value in group.items():
        if isinstance(value, dict) and "valeur" in value:
            yield document.problem(
                (*path, key),
                f"« {key} » est mal aligné : mettez devant autant d'espaces que devant les autres "
                "dates du bloc, et de même aux lignes qui suivent.",
            )


def _note(document: Document, path: KeyPath, reference: Any) -> Iterator[Problem]:
    if isinstance(reference, dict) and None in reference.values():
        yield document.problem(
            path,
            'une virgule est dans la note : mettez toute la note entre guillemets droits (").',
        )


def _far_from_neighbours(document: Document, amounts: dict[KeyPath, float]) -> Iterator[Problem]:
    for path, amount in amounts.items():
        others = [each for place, each in amounts.items() if place != path]
        if not others:
            continue
        middle = statistics.median(others)
        if amount > _FAR * middle or amount * _FAR < middle:
            yield document.problem(
                path,
                f"« {amount} » est très loin des autres montants du fichier (autour de "
                f"{middle:g}) : comptez les zéros.",
            )
