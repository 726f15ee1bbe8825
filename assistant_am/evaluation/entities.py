"""Values read in messages, against a small annotated table (`tests/reading/*.yml`).

A table is groups of `message: {slot: value, or list of values}`; `{}` says that nothing may be
read. Only the slots that the tables name somewhere are scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant_am.evaluation.metrics import Quality, sets_quality
from assistant_am.evaluation.sets import read_yaml
from assistant_am.operations.errors import BrokenFileError

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Annotated:
    """A message and the values that it holds, as (slot, value)."""

    text: str
    values: Pairs


def read_annotated(folder: Path) -> list[Annotated]:
    """All tables of the folder; empty when there is none. Raises BrokenFileError."""
    return [row for file in sorted(folder.glob("*.yml")) for row in _table(file)]


def score_entities(
    rows: Sequence[Annotated], read: Callable[[str], Iterable[tuple[str, Any]]]
) -> list[Quality]:
    """One line a slot, then « toutes ». `read`: message → pairs of slot and value."""
    slots = sorted({slot for row in rows for slot, _ in row.values})
    expected = [row.values for row in rows]
    found = [
        frozenset((slot, _text(value)) for slot, value in read(row.text) if slot in slots)
        for row in rows
    ]
    lines = [sets_quality(_only(slot, expected), _only(slot, found), name=slot) for slot in slots]
    return [*lines, sets_quality(expected, found, name="toutes")]


def _only(slot: str, sets: Sequence[Pairs]) -> list[Pairs]:
    return [frozenset(pair for pair in each if pair[0] == slot) for each in sets]


def _table(file: Path) -> list[Annotated]:
    content = read_yaml(file)
    try:
        return [
            Annotated(str(text), _pairs(values))
            for messages in content.values()
            for text, values in messages.items()
        ]
    except (TypeError, KeyError, AttributeError) as error:
        raise BrokenFileError(
            f"{file} : il faut des groupes de « message: {{slot: valeur}} » ({error!r})."
        ) from error


def _pairs(values: dict[str, Any]) -> Pairs:
    return frozenset(
        (slot, _text(value))
        for slot, given in values.items()
        for value in (given if isinstance(given, list) else [given])
    )


def _text(value: Any) -> str:
    """1 and 1.0 are one value, true and 1 are not."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}"
    return str(value)
