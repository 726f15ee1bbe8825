"""Parameters of the aid: dated figures, each with its unit and its reference.

The files stand in `knowledge/parametres/`, one quantity a file (format of openfisca-france, made
stricter; JSON Schema in `knowledge/schema/parametre.schema.json`):

* a dated value: ``valeurs: {2024-06-22: {valeur: 775, reference: {source: ameli_bdr}}}``; it
  holds from its date until the next one, and nothing is overwritten when it changes;
* a table of amounts (`quotite`, `contrats`, `tableau`): band > first contract year of the line >
  date > value;
* the employer's cost (`grille`), written by a script.

`metadata.valable_au` is the last day somebody checked that the values still hold. A reference is
either a `source` of `knowledge/sources.yml` or a `choix` of the project, with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from assistant_am.files.source import Source

from .phrases import Phrase
from .vocabulary import Band

V = TypeVar("V")


@dataclass(frozen=True)
class Reference:
    """Where a value comes from: a source, or (`source` is `None`) a choice of the project."""

    source: str | None
    note: str | None


@dataclass(frozen=True)
class Dated(Generic[V]):
    """A value, the day from which it holds, and its reference."""

    since: date
    value: V
    reference: Reference


@dataclass(frozen=True)
class Series(Generic[V]):
    """The successive values of one quantity, oldest first."""

    values: tuple[Dated[V], ...]

    def at(self, day: date) -> Dated[V] | None:
        """Value in force on a day; `None` before the first one."""
        held = [dated for dated in self.values if dated.since <= day]
        return held[-1] if held else None


@dataclass(frozen=True)
class Parameter(Generic[V]):
    """One quantity: `id` is the name of its file without `.yml`."""

    id: str
    description: str
    unit: str
    valid_on: date
    series: Series[V]

    def at(self, day: date) -> V:
        """Value in force on a day; the first one for any earlier day.

        A rule whose beginning no source dates is read as having always held.
        """
        return self.dated(day).value

    @property
    def latest(self) -> V:
        """Last known value: for limits of input, which have no history."""
        return self.dated_latest.value

    @property
    def dated_latest(self) -> Dated[V]:
        return self.series.values[-1]

    def source(self, day: date) -> str | None:
        """Who says the value in force on a day."""
        return self.dated(day).reference.source

    def dated(self, day: date) -> Dated[V]:
        return self.series.at(day) or self.series.values[0]


@dataclass(frozen=True)
class AmountTable:
    """Maximal amounts, in euros per contract year, for one number of full-time equivalents."""

    id: str
    description: str
    valid_on: date
    fte: float
    contracts: tuple[float, ...]
    """FTE of each work contract: (1, 0.5) for 1.5 ETP."""
    rows: Mapping[Band, Mapping[int, Series[int]]]
    """Band → first contract year of the line → dated amounts."""

    @property
    def ranks(self) -> tuple[int, ...]:
        """First years of the lines; the last one stands for all following years."""
        return tuple(sorted({rank for lines in self.rows.values() for rank in lines}))

    @property
    def has_second_assistant(self) -> bool:
        return len(self.contracts) > 1

    def rank(self, band: Band, year: int) -> int | None:
        """First year of the line a contract year is read on; `None` before the first line."""
        return max((rank for rank in self.rows[band] if rank <= year), default=None)

    def at(self, band: Band, year: int, day: date) -> Dated[int] | None:
        """Amount of a contract year on a day; `None` where the table has none."""
        rank = self.rank(band, year)
        return None if rank is None else self.rows[band][rank].at(day)


@dataclass(frozen=True)
class CostGrid:
    """Employer's cost in euros a month, by gross full-time salary in euros a month."""

    model: str
    model_version: str
    model_date: date
    reference: Reference
    interpolation_error: float
    """Largest measured difference with the model, in euros a month."""
    costs: Mapping[float, tuple[tuple[float, float], ...]]
    """FTE of the contract → (salary, cost), rising."""


@dataclass(frozen=True)
class Parameters:
    """All the figures of the computation. Build it with `parameters.load`."""

    sources: Mapping[str, Source]
    tables: Mapping[float, AmountTable]
    """FTE → table, smallest first."""
    cost: CostGrid
    phrases: Mapping[str, Phrase]
    """The sentences of the computation, by name."""

    agreement_start: Parameter[date]
    percentile_date: Parameter[date]
    third_time_closed_on: Parameter[date]
    gp_threshold: Parameter[int]
    p30: Parameter[int]
    p50: Parameter[int]
    p90: Parameter[int]
    p95: Parameter[int]
    modulation_year: Parameter[int]
    guaranteed_year: Parameter[int]
    new_doctor_delay: Parameter[int]
    new_doctor_percentile_delay: Parameter[int]
    training_delay: Parameter[int]
    upkeep_tolerance: Parameter[int]
    upkeep_age: Parameter[int]
    clinical_share: Parameter[int]
    clinical_months: Parameter[int]
    sectors: Parameter[tuple[str, ...]]
    excluded_specialties: Parameter[tuple[str, ...]]
    exception_specialties: Parameter[tuple[str, ...]]
    fee_tested_specialties: Parameter[tuple[str, ...]]
    upkeep_specialties: Parameter[tuple[str, ...]]
    closed_fte: Parameter[float]
    minimum_wage: Parameter[float]
    max_salary: Parameter[float]
    max_horizon: Parameter[int]
    default_horizon: Parameter[int]
    max_year: Parameter[int]
    max_patients: Parameter[int]

    @property
    def by_file(self) -> dict[str, object]:
        """What each file of `parametres/` holds, by its name without `.yml`."""
        own = [each for each in vars(self).values() if isinstance(each, Parameter)]
        tables = {table.id: table for table in self.tables.values()}
        return {"cout_employeur": self.cost, **tables, **{each.id: each for each in own}}

    @property
    def first_day(self) -> date:
        """Beginning of the aid: the oldest date of the tables."""
        lines = (line for table in self.tables.values() for line in table.rows.values())
        return min(series.values[0].since for line in lines for series in line.values())

    @property
    def full_time(self) -> AmountTable:
        """Largest table of one assistant: the first contract a second assistant requires."""
        return max(self._tables(second=False), key=lambda table: table.fte)

    @property
    def second_assistant(self) -> tuple[AmountTable, ...]:
        return self._tables(second=True)

    @property
    def one_assistant(self) -> tuple[AmountTable, ...]:
        return self._tables(second=False)

    def _tables(self, *, second: bool) -> tuple[AmountTable, ...]:
        return tuple(t for t in self.tables.values() if t.has_second_assistant is second)
