"""How a model reads the sentences kept apart, one by one, and what another one reads otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant_am.evaluation.kept_apart import answers, label_of, put_aside
from assistant_am.evaluation.sets import KeptApart
from assistant_am.meaning import Meaning

MOST_FALL = {"sujets": 0.5, "hors_sujet": 1.0, "urgences": 0.0, "deux_questions": 2.0}
"""Points that each figure may lose, at most; of emergencies, none may be missed that was seen."""
NAMES = {
    "sujets": "phrases à part : bon sujet",
    "hors_sujet": "hors sujet : mis de côté",
    "urgences": "urgences : vues, et aucune de trop",
    "deux_questions": "deux questions dans un message : les deux trouvées",
}
Readings = Mapping[str, Mapping[str, tuple[bool, str, str]]]
"""By set and by sentence: whether it is read right, what was expected, what was read."""


@dataclass(frozen=True)
class Figure:
    """A share before and after, in percent; `falls` when it loses more than it may."""

    name: str
    before: float
    after: float
    most: float

    @property
    def falls(self) -> bool:
        # Not a rounding of the machine's: shares of a few thousand.
        return self.before - self.after > self.most + 1e-9


@dataclass(frozen=True)
class Turned:
    """A sentence that one model reads right and the other does not."""

    text: str
    expected: str
    before: str
    after: str
    lost: bool


def read_all(
    kept: KeptApart, hear: Callable[[str], Meaning], told: Callable[[float], None]
) -> Readings:
    """What a model makes of each sentence; `told` hears the share done, 0 to 1."""
    total = sum(map(len, (kept.subjects, kept.outside, kept.urgent, kept.several)))
    done = 0

    def heard(text: str) -> Meaning:
        nonlocal done
        done += 1
        told(done / total)
        return hear(text)

    found: dict[str, dict[str, tuple[bool, str, str]]] = {name: {} for name in NAMES}
    for each in kept.subjects:
        read = label_of(heard(each.text))
        found["sujets"][each.text] = (read == each.label, each.label, read)
    for each in kept.outside:
        meaning = heard(each.text)
        found["hors_sujet"][each.text] = (put_aside(meaning), "hors sujet", label_of(meaning))
    for urgent in kept.urgent:
        emergency = heard(urgent.text).emergency
        kind = emergency.kind if emergency and emergency.plain else None
        wanted = urgent.kind or "pas une urgence"
        found["urgences"][urgent.text] = (kind == urgent.kind, wanted, kind or "pas une urgence")
    for several in kept.several:
        labels = answers(heard(several.text))
        right = set(several.subjects) <= set(labels)
        found["deux_questions"][several.text] = (
            right,
            ", ".join(several.subjects),
            ", ".join(labels) or "rien",
        )
    return found


def figures(before: Readings, after: Readings) -> list[Figure]:
    return [
        Figure(NAMES[name], _share(before, name), _share(after, name), MOST_FALL[name])
        for name in NAMES
    ]


def turned(before: Readings, after: Readings) -> list[Turned]:
    """Those that are lost, then those that are won."""
    found = [
        Turned(text, expected, was[2], read, lost=not right)
        for name in NAMES
        for text, (right, expected, read) in after.get(name, {}).items()
        if (was := before.get(name, {}).get(text)) is not None and was[0] != right
    ]
    return sorted(found, key=lambda each: not each.lost)


def from_json(kept: Mapping[str, Mapping[str, Any]]) -> Readings:
    return {
        name: {text: (bool(row[0]), str(row[1]), str(row[2])) for text, row in rows.items()}
        for name, rows in kept.items()
    }


def _share(readings: Readings, name: str) -> float:
    rows: Iterator[tuple[bool, str, str]] = iter(readings.get(name, {}).values())
    right = [each[0] for each in rows]
    return 100 * sum(right) / len(right) if right else 0.0
