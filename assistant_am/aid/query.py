"""One question on amounts: a quantity, of situations, over years, in a unit.

    Query("total", (Situation(case),), Years.first(5))                   « sur 5 ans »
    Query("total", (Situation(case),), Years.begun())                    « reçu depuis le début »
    Query("total", (Situation(case),), Years.to_come(5))                 « ce qui reste à venir »
    Query("amount", (Situation(case),), Years.of(3), unit="month")       « par mois la 3e année »
    Query("difference", (half, full), Years.of(1), unit="percent")       « l'écart, en % »
    Query("amount", (Situation(case, changes=(Change(2, fte=1),)),))     « puis temps plein »

`answer` computes it; `assistant_am.rendering.answers` words it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .case import Case
from .names import Names
from .results import Estimate, YearAmount
from .vocabulary import Band, Scale

Quantity = Literal["amount", "total", "difference", "left_to_pay", "highest", "lowest", "reverse"]
"""`amount`: each year; `total`: their sum; `difference`: of the other situations with the first
one, or of the last year with the first one; `left_to_pay`: cost of the assistant minus the aid;
`highest` and `lowest`: of all the amounts possible; `reverse`: what are the amounts `cited`?"""

Unit = Literal["year", "month", "percent"]
"""Euros a year, euros a month, or per cent (of the first term, or of the cost)."""


@dataclass(frozen=True)
class Change:
    """From this contract year on, another number of full-time equivalents or another band."""

    since: int
    fte: float | None = None
    band: Band | None = None


@dataclass(frozen=True)
class Situation:
    """One doctor, or one of the cases compared; `name` is free."""

    case: Case
    name: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Years:
    """Contract years asked about; each situation counts them from its own contract."""

    kind: Literal["told", "table", "ranks", "first", "during", "now", "begun", "to_come"] = "told"
    """`told`: those of each case (its years, its horizon), else the lines of its table."""
    ranks: tuple[int, ...] = ()
    count: int | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, *ranks: int) -> Years:
        """These contract years, 1 being the first."""
        return cls("ranks", tuple(sorted(set(ranks))))

    @classmethod
    def first(cls, count: int) -> Years:
        """The first years of the contract."""
        return cls("first", count=count)

    @classmethod
    def during(cls, since: date, until: date | None = None) -> Years:
        """Years in progress at some time between two days: « 2027 » touches two contract years;
        from `since` on when `until` is not given (as many years as shown by default)."""
        return cls("during", since=since, until=until)

    @classmethod
    def now(cls) -> Years:
        """The year in progress."""
        return cls("now")

    @classmethod
    def begun(cls) -> Years:
        """Years begun since the signature, the one in progress included."""
        return cls("begun")

    @classmethod
    def to_come(cls, count: int | None = None) -> Years:
        """Years not yet begun, of the first `count` ones."""
        return cls("to_come", count=count)


@dataclass(frozen=True)
class Query:
    """See the module."""

    quantity: Quantity
    situations: tuple[Situation, ...]
    years: Years = Years()
    unit: Unit = "year"
    cited: tuple[int, ...] = ()
    """Amounts somebody read, for `reverse`."""
    cost_eur: int | None = None
    """Cost of the assistant in euros a year, for `left_to_pay`; else from the gross salary."""


@dataclass(frozen=True)
class Path:
    """One hypothesis on what is unknown, and its amount each year, in the order of the years."""

    band: Band
    """The band of the case, or the one supposed, before any change."""
    fte: float
    """Full-time equivalents of the case, or those supposed, before any change."""
    amounts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.amounts)


@dataclass(frozen=True)
class Line:
    """Amounts of one situation. `years` and `paths` are empty when the aid is refused."""

    situation: Situation
    years: tuple[YearAmount, ...]
    paths: tuple[Path, ...]
    estimates: tuple[Estimate, ...]
    """What was estimated: one, or one for each run of years between two changes."""
    cost_eur: int | None = None
    """Cost of the assistants in euros a year, where it was asked for and one is known."""

    @property
    def refused(self) -> Estimate | None:
        return next((e for e in self.estimates if e.status == "not_eligible"), None)

    @property
    def total_range(self) -> tuple[int, int] | None:
        """Smallest and largest possible sum over the years."""
        sums = [path.total for path in self.paths]
        return (min(sums), max(sums)) if sums else None


@dataclass(frozen=True)
class AmountGap:
    """From one amount to another, on one hypothesis. `percent` is of the first amount."""

    path: Path
    year: int | None
    """Contract year of both amounts; `None` between two years, or for sums."""
    first_eur: int
    second_eur: int

    @property
    def euros(self) -> int:
        return self.second_eur - self.first_eur

    @property
    def percent(self) -> float:
        return 100 * self.euros / self.first_eur


@dataclass(frozen=True)
class Place:
    """A cell of the published tables, or the sum of the first `count` years of one of them."""

    scale: Scale
    fte: float
    band: Band
    year: int
    and_following: bool
    count: int | None = None


Verdict = Literal["right", "former_scale", "other_case", "nowhere"]


@dataclass(frozen=True)
class Cited:
    """What an amount somebody read is: `right` for the situation, right for the same situation on
    the former scale, right for another case, or in no table.

    `own` are the places in the situation, for the first two; `places` those of the tables.
    """

    euros: int
    verdict: Verdict
    places: tuple[Place, ...]
    own: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The query, computed: a line for each situation."""

    query: Query
    made_on: date
    names: Names
    lines: tuple[Line, ...]
    cited: tuple[Cited, ...] = ()

    @property
    def paid(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.paths)

    @property
    def total_range(self) -> tuple[int, int] | None:
        """Smallest and largest sum over the years and the situations that have an amount."""
        ranges = [line.total_range for line in self.lines if line.total_range]
        if not ranges:
            return None
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    @property
    def extremes(self) -> tuple[int, int] | None:
        """Smallest and largest amount of one year, whatever the situation and the hypothesis."""
        amounts = [a for line in self.lines for path in line.paths for a in path.amounts]
        return (min(amounts), max(amounts)) if amounts else None

    @property
    def year_gaps(self) -> tuple[AmountGap, ...]:
        """From the first to the last year, on each hypothesis of the only situation."""
        return tuple(
            AmountGap(path, None, path.amounts[0], path.amounts[-1]) for path in self.lines[0].paths
        )

    def gaps(self, other: int = 1) -> tuple[AmountGap, ...]:
        """From the first situation to another one: each year both have, on each hypothesis they
        share."""
        first, second = self.lines[0], self.lines[other]
        return tuple(
            AmountGap(after, year.year, before.amounts[i], after.amounts[j])
            for before, after in _matching(first, second)
            for i, year in enumerate(first.years)
            for j, same in enumerate(second.years)
            if year.year == same.year or len(first.years) == len(second.years) == 1
        )

    def total_gaps(self, other: int = 1) -> tuple[AmountGap, ...]:
        """From the sum of the first situation to that of another one, on each hypothesis."""
        return tuple(
            AmountGap(after, None, before.total, after.total)
            for before, after in _matching(self.lines[0], self.lines[other])
        )


def _matching(first: Line, second: Line) -> list[tuple[Path, Path]]:
    """An unknown band or number of FTE is the same on both sides."""
    pairs = [(a, b) for a in first.paths for b in second.paths]
    for name in ("band", "fte"):
        known = (
            getattr(line.situation.case, name) is not None
            or any(getattr(change, name) is not None for change in line.situation.changes)
            for line in (first, second)
        )
        if not any(known):
            pairs = [(a, b) for a, b in pairs if getattr(a, name) == getattr(b, name)]
    return pairs
