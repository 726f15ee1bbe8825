"""Where an estimate can be seen as a picture or printed: addresses that hold its inputs only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant_am.aid import Case, Estimate
from assistant_am.french.format import euros, year_rank
from assistant_am.rendering.blocks import Calculator, Link, Picture

PAGE = "/estimation"
"""Path of the printable page on the web channel; with `.png` or `.svg`, of the picture;
with `.json`, of the calculator."""


def picture_of(estimate: Estimate) -> Picture:
    """The picture of an estimate that has amounts, with what it shows in words."""
    query = _query(estimate.case)
    bars = tuple(
        (name, max(year.amounts), amounts)
        for year, (name, amounts) in zip(estimate.years, _years(estimate), strict=True)
    )
    told = " ; ".join(f"{name}, {amounts}" for name, amounts in _years(estimate))
    return Picture(
        f"{PAGE}.png{query}", f"{PAGE}.svg{query}", f"Graphique des montants : {told}.", bars
    )


def page_of(estimate: Estimate) -> Link:
    """The printable page of an estimate."""
    return Link("Page imprimable de cette estimation", page_path(estimate.case, estimate.made_on))


def page_path(case: Case, day: date) -> str:
    """The printable page; its day makes it the same page years later."""
    return f"{PAGE}{_query(case, day)}"


def calendar_path(case: Case, day: date) -> str:
    """The calendar file of a contract whose day is known."""
    return f"{PAGE}.ics{_query(case, day)}"


def calculator_of(case: Case, *, open_now: bool = False) -> Calculator:
    """The form where this case can be changed."""
    return Calculator(f"{PAGE}.json{_query(case)}", open_now)


def _query(case: Case, day: date | None = None) -> str:
    # The assistant's pay says nothing of the aid, and is somebody's.
    inputs = replace(case, gross_salary=None).as_french()
    # Keys and values are numbers, dates and our own identifiers: nothing needs an escape.
    if day:
        inputs["calcule_le"] = day.isoformat()
    query = "&".join(f"{key}={value}" for key, value in inputs.items())
    return f"?{query}" if query else ""


def _years(estimate: Estimate) -> list[tuple[str, str]]:
    """Each contract year by its name, with its possible amounts."""
    return [
        (
            year_rank(year.year, and_following=year.and_following),
            " ou ".join(euros(amount) for amount in year.amounts),
        )
        for year in estimate.years
    ]
