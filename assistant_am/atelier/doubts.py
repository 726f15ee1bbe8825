"""What is no mistake but may be a slip: said beside the fields, never in the way."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TypeGuard

from assistant_am.atelier.storehouse import Entry
from assistant_am.french.format import long_date, number
from assistant_am.knowledge import Knowledge

_MUCH = 5
"""Times more, or less, than before: a digit too many rather than news."""


def of_fact(before: Entry | None, after: Entry, today: datetime.date) -> dict[str, str]:
    """Doubts by field."""
    found: dict[str, str] = {}
    old, new = (before or {}).get("valeur"), after.get("valeur")
    if _is_number(old) and _is_number(new) and old and new != old:
        ratio = max(abs(new / old), abs(old / new)) if new else _MUCH
        if ratio >= _MUCH:
            found["valeur"] = f"C'était {number(old)} : {number(new)} est-il bien voulu ?"
    since, until = after.get("date"), after.get("jusqu_au")
    if since and since > today.isoformat():
        found["date"] = (
            f"Le {_day(since)} est à venir : la valeur sera donnée dès la publication, "
            "sans attendre ce jour."
        )
    if until and until < today.isoformat():
        found["jusqu_au"] = f"Le {_day(until)} est passé : cette valeur ne vaut plus."
    if since and until and until < since:
        found["jusqu_au"] = "La fin vient avant le début."
    if before and old != new and before.get("source") == after.get("source"):
        found.setdefault(
            "source", "La valeur change, la source reste : est-ce bien elle qui le dit ?"
        )
    return found


def written_by_hand(knowledge: Knowledge, before: Entry | None) -> Iterator[str]:
    """Where the old figure stands in words, that no fact fills: the disagreements of sources."""
    value = (before or {}).get("valeur")
    if not _is_number(value):
        return
    figure = number(value)
    for entry in knowledge.disagreements.values():
        texts = [entry.statement, entry.retained, *(each.says for each in entry.positions)]
        if any(_stands(figure, text) for text in texts):
            yield f"désaccord « {entry.topic} » ({entry.id})"


def _stands(figure: str, text: str) -> bool:
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    wanted = figure.replace("\u00a0", " ")
    at = plain.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        around = plain[at - 1 : at] + plain[end : end + 1]
        if not any(each.isdigit() for each in around):
            return True
        at = plain.find(wanted, end)
    return False


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _day(iso: str) -> str:
    return long_date(datetime.date.fromisoformat(iso))
