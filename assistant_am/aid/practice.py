"""Many doctors at once: one case a line of a CSV text, and the total for the practice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .amount import estimate
from .case import Case
from .errors import InvalidInput
from .parameter_model import Parameters
from .results import Estimate

NAME_COLUMN = "medecin"


@dataclass(frozen=True)
class PracticeLine:
    """One line of the file: its number in the file, the free name of the doctor, the estimate."""

    number: int
    name: str
    estimate: Estimate


@dataclass(frozen=True)
class Practice:
    """Estimates of all the doctors of a file."""

    lines: tuple[PracticeLine, ...]

    @property
    def total_range(self) -> tuple[int, int] | None:
        """Smallest and largest sum of the maxima, over the lines that have an amount."""
        ranges = [r for line in self.lines if (r := line.estimate.total_range)]
        if not ranges:
            return None
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    @property
    def without_amount(self) -> int:
        """Lines refused, or without year or horizon: they are not counted as zero."""
        return sum(line.estimate.total_range is None for line in self.lines)


@dataclass(frozen=True)
class PracticeYear:
    """Sum of the maxima of several doctors in one contract year, in euros per year."""

    year: int
    and_following: bool
    low_eur: int
    high_eur: int


def add_years(estimates: Sequence[Estimate]) -> tuple[PracticeYear, ...]:
    """Add estimates contract year by contract year, each doctor counting from his own contract.

    Only years that every estimate with an amount covers are added; refused estimates count for
    nothing. `low_eur` and `high_eur` differ where an input is unknown.
    """
    paid = [{year.year: year for year in each.years} for each in estimates if each.years]
    if not paid:
        return ()
    common = sorted(set.intersection(*(set(years) for years in paid)))
    return tuple(
        PracticeYear(
            rank,
            all(years[rank].and_following for years in paid),
            sum(years[rank].amounts[0] for years in paid),
            sum(years[rank].amounts[-1] for years in paid),
        )
        for rank in common
    )


def estimate_practice(text: str, params: Parameters, today: date) -> Practice:
    """Estimate every line of a CSV text (comma or semicolon) whose columns are French keys.

    A column `medecin` may name the doctors. Empty cells are unknown.

    Raises:
        InvalidInput: the message names every faulty line; a total that lacks some would mislead.
    """
    lines, faults = [], []
    for number, row in _rows(text):
        name = row.pop(NAME_COLUMN, None) or ""
        try:
            case = Case.from_french(row, params)
            lines.append(PracticeLine(number, name, estimate(case, params, today)))
        except InvalidInput as error:
            faults.append((error.field, f"ligne {number}, {error.field} : {error}"))
    if faults:
        raise InvalidInput(faults[0][0], "\n".join(message for _, message in faults))
    if not lines:
        raise InvalidInput("cas", "Le fichier ne contient aucune ligne de données.")
    return Practice(tuple(lines))


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    header = text.partition("\n")[0]
    delimiter = ";" if ";" in header else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, restkey="")
    for row in reader:
        if "" in row or None in row.values():
            message = f"ligne {reader.line_num} : il n'y a pas autant de valeurs que de colonnes."
            raise InvalidInput("cas", message)
        if any(value.strip() for value in row.values()):
            yield reader.line_num, {key.strip(): value for key, value in row.items()}
