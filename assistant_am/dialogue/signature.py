"""The day of a contract, told in pieces: « signé 2023 », « octobre », « le 18 », « et le 22 ? »."""

from __future__ import annotations

import re

from assistant_am.dialogue.memory import Memory
from assistant_am.french.numbers import View, view
from assistant_am.meaning import Entity
from assistant_am.reading import dates

_SLOTS = frozenset({"mois_contrat", "date_contrat"})
_KNOWN = _SLOTS | {"annee_contrat"}
_DAY_AND_MONTH = re.compile(r"\W*\d{1,2}\s?/\s?\d{1,2}\W*$")
_DAY = re.compile(
    r"(?:\ble|^\W*(?:et\s+|ou\s+|non\s+)?(?P<bare>))\s*(?P<day>[12]\d|3[01]|0?[1-9])(?![\w/.,:])"
    # Without « le », a number before another word counts something: « deux personnes ».
    r"(?(bare)(?=\W*(?:$|je crois|il me semble|du mois|exactement|environ|pardon)))"
)
_NO_DAY = re.compile(r"\s*(?:€|euros?|%|ans?\b|mois\b|h\b|heures?|patients?|etp|am\b)")
_AROUND = " .,;!?"


def has_a_day(memory: Memory) -> bool:
    """Is anything known of the day, that a message may complete?"""
    return not _KNOWN.isdisjoint(memory.situation)


def signature_day(seen: View, told: set[str], memory: Memory) -> Entity | None:
    """What a short message adds to what is known of the day."""
    known = memory.situation
    if _SLOTS & told:
        return None
    day = known.get("date_contrat")
    last: str | None = day or known.get("mois_contrat")
    if last is None:
        return _month(seen, known.get("annee_contrat"))
    if day is not None and not _spoke_of_a_day(memory):
        return None
    match = _DAY.search(seen.text)
    if match is None or _NO_DAY.match(seen.text, match.end()):
        return None
    return _read(f"signe le {int(match['day']):02}/{_slashed(last)}", "date_contrat")


def _month(seen: View, year: int | None) -> Entity | None:
    if year is None:
        return None
    link = "/" if _DAY_AND_MONTH.match(seen.text) else " "
    return _read(f"signe {seen.text.strip(_AROUND)}{link}{year}", *_SLOTS)


def _read(text: str, *slots: str) -> Entity | None:
    """The day read in words made up for it; it stands nowhere in the message."""
    found = next((each for each in dates.read(text, None) if each.slot in slots), None)
    return Entity(found.slot, found.value, 0, 0) if found else None


def _slashed(known: str) -> str:
    """« 2024-06-21 » or « 2024-06 » → « 06/2024 »."""
    year, month = known.split("-")[:2]
    return f"{month}/{year}"


def _spoke_of_a_day(memory: Memory) -> bool:
    """« Signé le 21/06/24 », just before « et le 22 ? »."""
    return any(each.slot == "date_contrat" for each in dates.read(view(memory.message).text, None))
