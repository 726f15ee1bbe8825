"""The département where somebody is: « je suis dans le 72 », « en Sarthe », « CPAM de la Sarthe ».

A number is one only where nothing else is counted so: « 72 patients » and « le P72 » are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant_am.french.fold import words

_ARTICLE = ("le", "la", "les", "l")
_OFFICES = ("departement", "dept", "cpam", "cgss", "ars", "msp", "cpts")
_IN = ("en", "dans", "sur", "pour", "depuis", "a", "au", "aux")
_OF = ("de", "du", "des", "d")
_I_AM = ("je", "suis", "nous", "sommes", "on", "est", "et", "moi", "j", "habite", "exerce")
_NUMBER = re.compile(r"0[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-46]")
_COUNTED = re.compile(
    r"e|eme|er|percentiles?|centiles?|patients?|ans?|annees?|heures?|h|mois|jours?|euros?|pour|"
    r"cent|pourcent|kilometres|km|minutes?|p\d*|\d+"
)
_NOT = ("pas", "plus", "ni", "hors")


@dataclass(frozen=True)
class Departements:
    """Names by number, and those that are words of every day as well: `departements.yml`."""

    names: Mapping[str, str]
    common: tuple[str, ...]

    @cached_property
    def _names(self) -> dict[str, list[tuple[list[str], str]]]:
        """By their first word, the longest first: « Haute-Loire » is not the Loire."""
        split = [(words(name), number) for number, name in self.names.items()]
        found: dict[str, list[tuple[list[str], str]]] = {}
        for name, number in sorted(split, key=lambda each: -len(each[0])):
            found.setdefault(name[0], []).append((name, number))
        return found

    @cached_property
    def _common(self) -> set[tuple[str, ...]]:
        return {tuple(words(name)) for name in self.common}

    def said(self, text: str) -> str | None:
        """The number of the one that a message says the person is in; the last, of several."""
        spoken = words(text)
        found = None
        for at in range(len(spoken)):
            found = self._at(spoken, at) or found
        return found

    def rest(self, text: str) -> list[str]:
        """The words of a message that says where somebody is, without those that say it."""
        names = {word for some in self._names.values() for name, _ in some for word in name}
        plain = {*_ARTICLE, *_OFFICES, *_IN, *_OF, *_I_AM}
        return [
            word
            for word in words(text)
            if word not in names and word not in plain and word.upper() not in self.names
        ]

    def _at(self, spoken: list[str], at: int) -> str | None:
        if spoken[at].upper() in self.names and _NUMBER.fullmatch(spoken[at]):
            return spoken[at].upper() if self._places_a_number(spoken, at) else None
        for name, number in self._names.get(spoken[at], ()):
            if spoken[at : at + len(name)] == name:
                before, after = spoken[:at], spoken[at + len(name) :]
                return number if self._places_a_name(tuple(name), before, after) else None
        return None

    def _places_a_number(self, spoken: list[str], at: int) -> bool:
        """« dans le 72 », « le 72 » of an office, « département 72 »; not « dans le 90e »."""
        before, after = spoken[:at], spoken[at + 1 :]
        if after and _COUNTED.fullmatch(after[0]):
            return False
        if before[-1:] and before[-1] in _OFFICES:
            return True
        article = before[-1:] and before[-1] in (*_ARTICLE, "du")
        place = before[-2:-1]
        if not article or not place or _is_denied(before):
            return False
        return place[0] in (_OFFICES if before[-1] == "du" else ("dans", "sur", "pour", "depuis"))

    def _places_a_name(self, name: tuple[str, ...], before: list[str], after: list[str]) -> bool:
        if not before or before in (["la"], ["le"]):
            return not after
        lead = [word for word in before if word not in _ARTICLE]
        if _is_denied(before) or not lead:
            return False
        if lead[-1] in _OFFICES or (lead[-1] in _OF and lead[-2:-1] and lead[-2] in _OFFICES):
            return True
        return name not in self._common and lead[-1] in _IN


def _is_denied(before: list[str]) -> bool:
    return any(word in _NOT for word in before[-3:])
