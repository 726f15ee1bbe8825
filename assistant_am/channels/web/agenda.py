"""The days of a contract as a calendar file (RFC 5545): whole days, nothing about a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from assistant_am import aid
from assistant_am.dialogue.world import World
from assistant_am.french.format import long_date, year_rank
from assistant_am.rendering import aid_words

_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//assistant-am//estimation//FR",
    "METHOD:PUBLISH",
)
_LONGEST = 75
"""Bytes of a line; what is longer goes on in the next one, after a space."""


def calendar_of(world: World, estimate: aid.Estimate) -> bytes:
    """The first day of each year shown, and the last one for the training; `estimate` knows the
    day of the contract."""
    lines = (*_HEAD, *_events(world, estimate), "END:VCALENDAR")
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _events(world: World, estimate: aid.Estimate) -> Iterator[str]:
    signed = estimate.case.contract_date
    assert signed is not None
    told = world.phrase("agenda_indicatif").replace("[jour]", long_date(estimate.made_on))
    for year in estimate.years:
        if year.starts_on:
            title = world.phrase("agenda_annee").replace("[annee]", year_rank(year.year))
            amount = aid_words.amounts(year.possible, estimate.names)
            words = (
                world.phrase("agenda_montant").replace("[montant]", amount),
                *(n.sentence_fr for n in estimate.warnings if year.year in n.years),
                told,
            )
            name = f"annee-{year.year}"
            yield from _day(name, year.starts_on, title, "\n".join(words), estimate.made_on)
    delay = world.parameters.training_delay.dated(estimate.made_on).value
    last = aid.start_of_year(signed, delay + 1)
    why = world.phrase("agenda_formation_si").replace("[jour]", long_date(signed))
    title = world.phrase("agenda_formation")
    yield from _day("formation", last, title, f"{why}\n{told}", estimate.made_on)


def _day(name: str, day: date, title: str, words: str, made_on: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    # Taken again, it replaces itself.
    yield f"UID:{day.isoformat()}-{name}@assistant-am"
    yield f"DTSTAMP:{made_on:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(title)}"
    yield f"DESCRIPTION:{_escaped(words)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A character is never cut in two."""
    folded, length = b"", 0
    for letter in line:
        written = letter.encode()
        if length + len(written) > _LONGEST:
            folded, length = folded + b"\r\n ", 1
        folded, length = folded + written, length + len(written)
    return folded
