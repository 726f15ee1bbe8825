"""« 12 000 € d'écart »: which two amounts of the tables are so far apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .parameter_model import Parameters
from .query import Place
from .vocabulary import PAID_BANDS, Scale


@dataclass(frozen=True)
class Apart:
    """Two places of the tables that differ by one thing, and their euros a year; the first has the
    larger amount."""

    first: Place
    first_eur: int
    second: Place
    second_eur: int

    @property
    def differs(self) -> str:
        """`band`, `scale`, `year` or `fte`."""
        kinds = ("band", "scale", "year", "fte")
        return next(kind for kind in kinds if _of(self.first, kind) != _of(self.second, kind))


def apart(amount_eur: int, params: Parameters) -> Iterator[Apart]:
    """Pairs of amounts with this difference, in the order: two bands, two scales, two years, two
    posts."""
    cells = list(_year_by_year(params))
    pairs = [
        Apart(first, larger, second, smaller)
        for first, larger in cells
        for second, smaller in cells
        if larger - smaller == amount_eur and _differ_by_one(first, second)
    ]
    order = ("band", "scale", "year", "fte")
    return iter(sorted(pairs, key=lambda pair: order.index(pair.differs)))


def cells_of(params: Parameters) -> Iterator[tuple[Place, int]]:
    """Every amount of the tables, in euros a year, new scale first."""
    for scale, day in scales_of(params):
        for table in params.tables.values():
            for band in PAID_BANDS:
                rows = table.rows[band]
                for rank in rows:
                    dated = table.at(band, rank, day)
                    if dated is not None:
                        last = rank == max(rows)
                        yield Place(scale, table.fte, band, rank, last), dated.value


def _year_by_year(params: Parameters) -> Iterator[tuple[Place, int]]:
    """The same, a fixed amount once for each year of its table."""
    for scale, day in scales_of(params):
        for table in params.tables.values():
            last = max(rank for band in PAID_BANDS for rank in table.rows[band])
            for band in PAID_BANDS:
                for rank in range(1, last + 1):
                    dated = table.at(band, rank, day)
                    if dated is not None:
                        yield Place(scale, table.fte, band, rank, rank == last), dated.value


def scales_of(params: Parameters) -> Iterator[tuple[Scale, date]]:
    """The scales, each with a day on which it holds."""
    effect = params.agreement_start.latest
    yield "nouveau", effect
    yield "ancien", effect - timedelta(days=1)


def _of(place: Place, kind: str) -> object:
    return getattr(place, kind)


def _differ_by_one(first: Place, second: Place) -> bool:
    return sum(_of(first, k) != _of(second, k) for k in ("band", "scale", "year", "fte")) == 1
