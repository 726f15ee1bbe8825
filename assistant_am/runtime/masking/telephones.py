"""Telephone numbers among numbers: cut by two, by one, otherwise, or spelled in words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant_am.runtime.masking.lists import has_unit, is_list
from assistant_am.runtime.masking.plain import GAP, Span, with_its_brackets

_FIGURES = re.compile(r"\d+")
_BEGINNING = re.compile(r"0|33|[67]$")
_PLUS = re.compile(r"(?<![\w+])\+$")
_NO_SIGN = str.maketrans("", "", " \t\r\n()")
_ROW = re.compile(rf"\d+(?:{GAP}\d+)*")
_PLAIN_GAP = re.compile(r"[ .\-_()]{1,3}")
_FRENCH = re.compile(r"0[1-9]\d{8}")
_FRENCH_WITH_COUNTRY = re.compile(r"(?:00)?330?[1-9]\d{8}")
_FOREIGN = re.compile(r"00[1-9]\d{8,12}")
_SHORTEST, _LONGEST = 9, 15
_MOBILE = re.compile(r"[67]\d{8}")
_DATE = re.compile(r"\d\d(\D)\d\d\1(?:19|20)\d\d(?!\d)")
_ANNOUNCED = re.compile(
    r"(?:t[ée]l\b|t[ée]l[ée]phone|portable|mobile|fixe|num[ée]ro|appel|joign|joindre|contact|sms)"
    r"\w*\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_BEFORE = 40

_UNIT = r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_TEEN = r"(?:onze|douze|treize|quatorze|quinze|seize|dix(?:[\s-](?:sept|huit|neuf))?)"
_TEN = r"(?:vingt|trente|quarante|cinquante|soixante|quatre[\s-]vingts?)"
_ZERO = r"z[ée]ro"
_PAIR = (
    rf"(?:{_ZERO}\s(?:{_UNIT}|{_ZERO})|{_TEN}(?:[\s-](?:et[\s-])?(?:{_TEEN}|{_UNIT}))?"
    rf"|{_TEEN}|\d\d)"
)
_SPELLED = re.compile(
    rf"\b{_ZERO}\s(?:{_UNIT}|[1-9])(?:(?:{GAP}\b{_PAIR}\b){{4}}|(?:{GAP}\b{_UNIT}\b){{8}})",
    re.IGNORECASE,
)


def spelled(text: str) -> Iterator[Span]:
    """« zéro six douze trente-quatre cinquante-six soixante-dix-huit »."""
    return (match.span() for match in _SPELLED.finditer(text))


def spans(text: str) -> Iterator[Span]:
    for found in _ROW.finditer(text):
        row = _Row.of(text, *found.span())
        first = 0
        while first < len(row.figures):
            last = row.end_of_number(first)
            if last > first:
                yield row.span(first, last)
            first = max(last, first + 1)


@dataclass(frozen=True)
class _Row:
    """Figures in groups, with nothing but gaps between: several numbers, or one that is cut."""

    text: str
    places: list[Span]
    figures: list[str]
    gaps: list[str]
    """Before each group, as typed; nothing before the first."""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Row:
        places = [match.span() for match in _FIGURES.finditer(text, start, end)]
        gaps = [text[before[1] : after[0]] for before, after in itertools.pairwise(places)]
        return cls(text, places, [text[slice(*place)] for place in places], ["", *gaps])

    def end_of_number(self, first: int) -> int:
        """The group after the telephone number that begins with this one; 0 if none does."""
        if not (_BEGINNING.match(self.figures[first]) or self._has_plus(first)):
            return 0
        figures, longest = "", 0
        for last, group in enumerate(self.figures[first : first + _LONGEST], first + 1):
            figures += group
            if len(figures) > _LONGEST:
                break
            if len(figures) >= _SHORTEST and self._is_number(figures, first, last):
                longest = last
        return longest

    def span(self, first: int, last: int) -> Span:
        start = self.places[first][0] - self._has_plus(first)
        return with_its_brackets(self.text, start, self.places[last - 1][1])

    def _is_number(self, figures: str, first: int, last: int) -> bool:
        if self._has_plus(first):
            return self._is_international(figures, first, last)
        if last - first == 1:
            return bool(_FRENCH.fullmatch(figures) or _FRENCH_WITH_COUNTRY.fullmatch(figures))
        return self._is_cut_as_a_number(figures, first, last) and not self._is_listed(first, last)

    def _is_international(self, figures: str, first: int, last: int) -> bool:
        if _FRENCH_WITH_COUNTRY.fullmatch(figures):
            return True
        # « +33 25 19 12 06 04 »: 33 more, then others.
        only_pairs = set(self._lengths(first, last)) == {2}
        return (
            not (figures.startswith("33") and only_pairs)
            and self._has_plain_gaps(first, last)
            and not self._is_listed(first, last)
        )

    def _is_cut_as_a_number(self, figures: str, first: int, last: int) -> bool:
        if _FRENCH.fullmatch(figures):
            return self._is_cut_evenly(first, last) or self._is_alone(first, last)
        if not self._is_alone(first, last):
            return False
        if self.figures[first].startswith("00"):
            return bool(_FRENCH_WITH_COUNTRY.fullmatch(figures) or _FOREIGN.fullmatch(figures))
        # « 33 612 345 678 » may be amounts: without its 0 nor its plus, only when cut by two.
        by_two = self._lengths(first, last)[-5:] == [1, 2, 2, 2, 2]
        known = _FRENCH_WITH_COUNTRY.fullmatch(figures) or _MOBILE.fullmatch(figures)
        return by_two and bool(known)

    def _is_cut_evenly(self, first: int, last: int) -> bool:
        """By two, or by one, with one sign."""
        if len(set(self._lengths(first, last))) > 1:
            return False
        signs = [self._sign(each) for each in range(first + 1, last)]
        # « 06, 12 34 56 78 »; « 01/09/25, 12/10 » are dates.
        return len(set(signs)) == 1 or (len(set(signs[1:])) == 1 and signs[1] != "/")

    def _is_alone(self, first: int, last: int) -> bool:
        """Cut otherwise, it may be the middle of « 18 010 14 000 11 000 », or a date."""
        outside = [each for each in (first, last) if 0 < each < len(self.figures)]
        return (
            self._has_plain_gaps(first, last)
            and not any(_PLAIN_GAP.fullmatch(self.gaps[each]) for each in outside)
            and not _DATE.match(self.text, self.places[first][0])
        )

    def _is_listed(self, first: int, last: int) -> bool:
        start, end = self.places[first][0], self.places[last - 1][1]
        if _ANNOUNCED.search(self.text[max(0, start - _BEFORE) : start]):
            return False
        numbers = [int(group) for group in self.figures[first:last]]
        run = [int(self.figures[each]) for each in self._run(first)]
        return has_unit(self.text, end) or is_list(numbers, run)

    def _run(self, first: int) -> range:
        """The groups around that are cut like this one; no more of them than tell."""
        start = end = first
        while start > max(0, first - _LONGEST) and self._continues(start, start - 1):
            start -= 1
        while end + 1 < min(len(self.figures), first + _LONGEST) and self._continues(
            end + 1, end + 1
        ):
            end += 1
        return range(start, end + 1)

    def _continues(self, gap: int, group: int) -> bool:
        return len(self.figures[group]) == len(self.figures[gap]) and self._sign(gap) in ("", ",")

    def _has_plus(self, group: int) -> bool:
        return bool(
            _PLUS.search(self.text[max(0, self.places[group][0] - 2) : self.places[group][0]])
        )

    def _has_plain_gaps(self, first: int, last: int) -> bool:
        return all(_PLAIN_GAP.fullmatch(gap) for gap in self.gaps[first + 1 : last])

    def _lengths(self, first: int, last: int) -> list[int]:
        return [len(group) for group in self.figures[first:last]]

    def _sign(self, group: int) -> str:
        """What separates it from the one before: spaces and brackets do not count."""
        return self.gaps[group].translate(_NO_SIGN)
