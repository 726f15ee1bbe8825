"""Dated amounts: a line is added to those that are there, none is ever overwritten."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from assistant_am.aid import AidError, Band, Case, Names, Parameters, project
from assistant_am.aid.parameter_model import AmountTable, Dated, Parameter, Reference, Series
from assistant_am.atelier import typed
from assistant_am.atelier.forms import Sent
from assistant_am.atelier.storehouse import Entry, Place
from assistant_am.atelier.typed import Misread
from assistant_am.french.format import euros, long_date, number, year_rank

YEARS_SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One quantity with its dated values: a row of a table, or a parameter."""

    path: str
    title: str
    values: tuple[Dated[Any], ...]
    money: bool
    whole: bool

    def shown(self, value: float) -> str:
        return euros(value) if self.money else number(value)


@dataclass(frozen=True)
class Group:
    """The lines of one file."""

    id: str
    title: str
    lines: tuple[Line, ...]


def groups(parameters: Parameters) -> list[Group]:
    """All that may be given a new date, the tables of the aid first."""
    names = Names.of(parameters)
    tables = [_table_group(table, names) for table in parameters.tables.values()]
    others = [
        Group(each.id, each.description, (_parameter_line(each),)) for each in _numeric(parameters)
    ]
    return tables + sorted(others, key=lambda group: group.title)


def group(parameters: Parameters, name: str) -> Group | None:
    return next((each for each in groups(parameters) if each.id == name), None)


def _table_group(table: AmountTable, names: Names) -> Group:
    lines = tuple(
        Line(
            f"{table.id}/{band}/{rank}",
            f"{names.band(band)}, {year_rank(rank, and_following=rank == max(rows))}",
            rows[rank].values,
            money=True,
            whole=True,
        )
        for band, rows in table.rows.items()
        for rank in rows
    )
    return Group(table.id, table.description.partition(" : ")[0], lines)


def _numeric(parameters: Parameters) -> Iterator[Parameter[Any]]:
    for each in fields(parameters):
        value = getattr(parameters, each.name)
        if isinstance(value, Parameter) and isinstance(value.latest, int | float):
            yield value


def _parameter_line(parameter: Parameter[Any]) -> Line:
    return Line(
        parameter.id,
        parameter.description,
        parameter.series.values,
        money=parameter.unit == "euros_par_mois",
        whole=parameter.unit not in ("euros_par_mois", "quotite"),
    )


@dataclass(frozen=True)
class Read:
    """The lines that a form adds, or its mistakes by field."""

    added: Mapping[Place, Entry]
    mistakes: Mapping[str, list[str]]


def read(found: Group, sources: Mapping[str, Any], sent: Sent) -> Read:
    """The new dated value of each line ticked."""
    mistakes: dict[str, list[str]] = {}

    def said(name: str, message: str) -> None:
        mistakes.setdefault(name, []).append(message)

    day = _try(typed.day, sent, "depuis", said)
    value = _try(typed.number, sent, "valeur", said)
    note = _try(typed.line, sent, "note", said)
    source = (sent.get("source") or [""])[0]
    if source not in sources:
        said("source", f"la source « {source} » est inconnue : choisissez-la dans la liste.")
    wanted = set(sent.get("lignes", ()))
    lines = [line for line in found.lines if line.path in wanted]
    if len(found.lines) == 1:
        lines = list(found.lines)
    if not lines:
        said("lignes", "cochez au moins une ligne.")
    added: dict[Place, Entry] = {}
    for line in lines:
        if day and any(each.since.isoformat() == day for each in line.values):
            shown = long_date(datetime.date.fromisoformat(day))
            message = (
                f"{line.title} a déjà une valeur au {shown} : elle ne s'écrase pas, "
                "prenez une autre date."
            )
            said("depuis", message)
        if line.whole and isinstance(value, float):
            said("valeur", f"{typed.shown(value)} doit être un nombre entier.")
        reference = {"source": source, **({"note": note} if note else {})}
        added[Place("montants", f"{line.path}/{day}")] = {"valeur": value, "reference": reference}
    return Read({} if mistakes else added, mistakes)


def _try(reader: Any, sent: Sent, name: str, said: Any) -> Any:
    try:
        return reader((sent.get(name) or [""])[0])
    except Misread as error:
        said(name, str(error))
        return None


def with_line(parameters: Parameters, place: Place, entry: Entry | None) -> Parameters:
    """The parameters with one dated value added, or taken away when it is None."""
    name, *steps, day = place.key.split("/")
    since = datetime.date.fromisoformat(day)
    if steps:
        table = next(each for each in parameters.tables.values() if each.id == name)
        band: Any = steps[0]
        rank = int(steps[1])
        rows = {**table.rows[band], rank: _with(table.rows[band][rank], since, entry)}
        changed = replace(table, rows={**table.rows, band: rows})
        return replace(parameters, tables={**parameters.tables, table.fte: changed})
    for each in fields(parameters):
        held = getattr(parameters, each.name)
        if isinstance(held, Parameter) and held.id == name:
            changes: dict[str, Any] = {
                each.name: replace(held, series=_with(held.series, since, entry))
            }
            return replace(parameters, **changes)
    raise KeyError(name)


def _with(series: Series[Any], since: datetime.date, entry: Entry | None) -> Series[Any]:
    kept = [each for each in series.values if each.since != since]
    if entry is not None:
        reference = entry["reference"]
        told = Reference(reference.get("source"), reference.get("note"))
        kept.append(Dated(since, entry["valeur"], told))
    return Series(tuple(sorted(kept, key=lambda each: each.since)))


@dataclass(frozen=True)
class Years:
    """The years of a contract signed on a day, as computed before and after a change."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    """Year, amount now, amount then."""


def years(before: Parameters, after: Parameters, place: Place) -> list[Years]:
    """Two contracts of an amount's table: signed the day before it holds, and that very day."""
    name, *steps, day = place.key.split("/")
    if not steps:
        return []
    table = next(each for each in before.tables.values() if each.id == name)
    since = datetime.date.fromisoformat(day)
    found = []
    for signed in (since - datetime.timedelta(days=1), since):
        band: Any = steps[0]
        old = _amounts(before, table, band, signed)
        new = _amounts(after, table, band, signed)
        rows = tuple((year, old.get(year, "—"), amount) for year, amount in new.items())
        found.append(
            Years(f"Contrat signé le {long_date(signed)} ({Names.of(before).band(band)})", rows)
        )
    return found


def _amounts(
    parameters: Parameters, table: AmountTable, band: Band, signed: datetime.date
) -> dict[str, str]:
    case = Case(fte=table.fte, band=band, contract_date=signed)
    try:
        projection = project(case, parameters, signed, YEARS_SHOWN)
    except AidError:
        return {}
    return {
        year_rank(year.year): " ou ".join(euros(amount) for amount in year.amounts)
        for year in projection.estimate.years
    }
