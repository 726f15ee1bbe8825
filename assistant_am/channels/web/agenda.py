"""The days of a contract as a calendar file (RFC 5545): whole days, nothing about a person."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from icalendar import Calendar, Event

from assistant_am import aid
from assistant_am.dialogue.world import World
from assistant_am.french.format import long_date, year_rank
from assistant_am.rendering import aid_words

_PRODUCT = "-//assistant-am//estimation//FR"


def calendar_of(world: World, estimate: aid.Estimate) -> bytes:
    """The first day of each year shown, and the last one for the training; `estimate` knows the
    day of the contract."""
    signed = estimate.case.contract_date
    assert signed is not None
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    told = world.phrase("agenda_indicatif").replace("[jour]", long_date(estimate.made_on))
    for year in estimate.years:
        if year.starts_on:
            title = world.phrase("agenda_annee").replace("[annee]", year_rank(year.year))
            amount = world.phrase("agenda_montant").replace(
                "[montant]", aid_words.amounts(year.possible)
            )
            notices = [n.sentence_fr for n in estimate.warnings if year.year in n.years]
            words = "\n".join((amount, *notices, told))
            calendar.add_component(
                _day(f"annee-{year.year}", year.starts_on, title, words, estimate.made_on)
            )
    delay = world.parameters.training_delay.dated(estimate.made_on).value
    last = aid.start_of_year(signed, delay + 1)
    title = world.phrase("agenda_formation")
    why = world.phrase("agenda_formation_si").replace("[jour]", long_date(signed))
    calendar.add_component(_day("formation", last, title, f"{why}\n{told}", estimate.made_on))
    return bytes(calendar.to_ical())


def _day(name: str, day: date, title: str, words: str, made_on: date) -> Event:
    event = Event()
    event.add("summary", title)
    event.add("description", words)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("dtstamp", datetime(made_on.year, made_on.month, made_on.day, tzinfo=timezone.utc))
    event.add("uid", f"{day.isoformat()}-{name}@assistant-am")
    event.add("transp", "TRANSPARENT")
    return event
