"""What one column of amounts leaves out when the band of the doctor is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant_am.aid import GENERAL_ROW, PAID_BANDS, TOP_BAND, Band, Line, Names, Path, YearAmount
from assistant_am.french.format import euros, year_rank
from assistant_am.rendering.amount_words import in_words

_Cells = tuple[int, ...]
"""Amounts of one band in one year, one for each column."""


def general(line: Line) -> tuple[Path, ...]:
    """One hypothesis for each number of FTE: the lowest band, on which most doctors are."""
    first: dict[float, Path] = {}
    for path in line.paths:
        first.setdefault(path.fte, path)
    return tuple(first.values())


def exceptions(lines: Sequence[Line], names: Names) -> str:
    """The other bands, where their amounts differ from the columns shown: "" when they do not."""
    open_lines = [line for line in lines if len({path.band for path in line.paths}) > 1]
    if not open_lines:
        return ""
    sentences = []
    for band in PAID_BANDS:
        said = _told(open_lines, band) if band != GENERAL_ROW else ""
        if said:
            opening = names.of_band(band)
            sentences.append(f"{opening[:1].upper()}{opening[1:]} : {said}.")
    return " ".join(sentences)


def _told(lines: Sequence[Line], band: Band) -> str:
    """Runs of years with the same amounts; the fixed amount of the top band is told each year."""
    years = lines[0].years
    columns = [path for line in lines for path in general(line)]
    own = [path for line in lines for path in line.paths if path.band == band]
    cells = [tuple(path.amounts[i] for path in own) for i in range(len(years))]
    differs = [cell != tuple(p.amounts[i] for p in columns) for i, cell in enumerate(cells)]
    if not any(differs):
        return ""
    kept = [i for i in range(len(years)) if differs[i] or band == TOP_BAND]
    runs = [list(run) for _, run in groupby(kept, lambda i: cells[i])]
    if len(runs) == 1 and len(kept) == len(years) and band == TOP_BAND:
        fixed = f"{_said(cells[0], own)} chaque année"
        return fixed + ", montant fixe"
    return ", ".join(
        f"{_said(cells[run[0]], own)} {when([years[i] for i in run], years)}" for run in runs
    )


def _said(cells: _Cells, paths: Sequence[Path]) -> str:
    if len(set(cells)) == 1:
        return euros(cells[0])
    named = [f"{euros(cell)} ({in_words(p.fte)})" for cell, p in zip(cells, paths, strict=True)]
    if len({path.fte for path in paths}) < len(paths):
        named = [euros(cell) for cell in cells]
    return " ou ".join(dict.fromkeys(named))


def when(run: Sequence[YearAmount], years: Sequence[YearAmount]) -> str:
    """« en 2e année », « à partir de la 3e année », « les 2 premières années »."""
    first, last = run[0], run[-1]
    if last is years[-1] and (len(run) > 1 or last.and_following):
        return f"à partir de la {year_rank(first.year)}"
    if first is last:
        return f"en {year_rank(first.year)}"
    if first.year == 1:
        return f"les {last.year} premières années"
    return f"de la {year_rank(first.year)} à la {year_rank(last.year)}"


def rank_of(year: YearAmount) -> str:
    """« 3e année », « 3e année et suivantes »."""
    return year_rank(year.year, and_following=year.and_following)
