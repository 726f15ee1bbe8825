"""A projection drawn as bars: one group a contract year, readable on a phone and in print."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from assistant_am.aid import Estimate, Names, Projection, YearAmount
from assistant_am.french import format as fr

from . import aid_words as words

_COLOURS = ("#0b4f8a", "#d98200", "#3d8c5c")  # told apart in black and white, too
_HATCH = "///"
_WIDTH_INCHES = 7.2
_HEIGHT_INCHES = 4.2
_DPI = 180
_GROUP_WIDTH = 0.8
_CROWDED_BARS = 8
_CAPTION_COLUMNS = 112


@dataclass(frozen=True)
class _Series:
    """Amounts of all years on one hypothesis; equal hypotheses are drawn once."""

    label: str
    amounts: tuple[int, ...]


def draw(projection: Projection, path: Path) -> None:
    """Write the picture; the suffix of `path` chooses PNG or SVG.

    Raises:
        ValueError: a refused estimate has no amount to draw, or another suffix.
    """
    if path.suffix == ".svg":
        path.write_text(svg(projection), encoding="utf-8")
    elif path.suffix == ".png":
        figure = _figure(projection.estimate)
        FigureCanvasAgg(figure)
        text = alternative(projection)
        figure.savefig(path, dpi=_DPI, format="png", metadata={"Description": text})
    else:
        raise ValueError("L'image s'écrit en .png ou en .svg.")


def svg(projection: Projection) -> str:
    """The picture as one SVG element with its text alternative, ready to stand in a page."""
    buffer = io.StringIO()
    # A fixed salt makes the same projection give the same file.
    with matplotlib.rc_context({"svg.hashsalt": "assistant-am", "svg.fonttype": "none"}):
        figure = _figure(projection.estimate)
        FigureCanvasSVG(figure)
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = _xml(alternative(projection))
    body = buffer.getvalue()
    body = body[body.index("<svg ") + len("<svg ") :]
    attributes, _, content = body.partition(">")
    # Quoted, a generic family is a font's name for browsers, and none has it.
    content = content.replace("'sans-serif'", "sans-serif")
    return f'<svg role="img" aria-label="{text}" {attributes}><title>{text}</title>{content}'


def alternative(projection: Projection) -> str:
    """What the picture says, in words."""
    estimate = projection.estimate
    years = (
        f"{words.year_name(y)}, {words.amounts(y.possible, estimate.names)}" for y in estimate.years
    )
    return f"{_title(estimate)}, au maximum : {' ; '.join(years)}."


def _title(estimate: Estimate) -> str:
    case = estimate.case
    details = [] if case.fte is None else [fr.fte(case.fte)]
    details += [] if case.band is None else [estimate.names.band(case.band)]
    return " · ".join(["Aide par année de contrat", *details])


def _figure(estimate: Estimate) -> Figure:
    if not estimate.years:
        raise ValueError("Aucun montant à dessiner : l'aide est refusée dans cette situation.")
    groups = _groups(estimate.years, estimate.names)
    caption = textwrap.fill(_caption(estimate), _CAPTION_COLUMNS)
    figure = Figure(figsize=(_WIDTH_INCHES, _HEIGHT_INCHES * len(groups)), constrained_layout=True)
    figure.suptitle(_title(estimate), fontsize=14, fontweight="bold")
    axes = figure.subplots(len(groups), 1, squeeze=False)[:, 0]
    for axis, (fte, series) in zip(axes, groups.items(), strict=True):
        _draw_bars(axis, estimate.years, series, fte)
        axis.set_ylabel(f"Maximum par an, {fr.fte(fte)}", fontsize=10)
    axes[-1].set_xlabel(caption, fontsize=8, labelpad=10)
    return figure


def _groups(years: Sequence[YearAmount], names: Names) -> dict[float, list[_Series]]:
    """Distinct series by number of FTE; the last year's, for the first may be those of one AM."""
    groups: dict[float, dict[tuple[int, ...], list[str]]] = {}
    for index, last in enumerate(years[-1].possible):
        amounts = tuple(year.possible[index].max_eur for year in years)
        labels = groups.setdefault(last.fte, {}).setdefault(amounts, [])
        labels.append(names.band(last.band))
    return {
        fte: [_Series(fr.listing(labels), amounts) for amounts, labels in series.items()]
        for fte, series in groups.items()
    }


def _draw_bars(
    axis: Any, years: Sequence[YearAmount], series: Sequence[_Series], fte: float
) -> None:
    width = _GROUP_WIDTH / len(series)
    crowded = len(years) * len(series) > _CROWDED_BARS
    for rank, one in enumerate(series):
        offset = (rank - (len(series) - 1) / 2) * width
        places = [index + offset for index in range(len(years))]
        bars = axis.bar(places, one.amounts, width * 0.94, color=_COLOURS[rank])
        for bar, year, amount in zip(bars, years, one.amounts, strict=True):
            if year.modulated:
                bar.set(hatch=_HATCH, edgecolor="white", linewidth=0)
            _write_amount(axis, bar, amount, crowded=crowded)
    axis.set_xticks(
        range(len(years)), [_tick(year, len(years), fte) for year in years], fontsize=10
    )
    axis.yaxis.set_major_formatter(FuncFormatter(lambda euros, _: fr.euros(euros)))
    axis.margins(y=0.28 if crowded else 0.16)
    axis.grid(axis="y", color="#d0d0d0", linewidth=0.6)
    axis.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axis.spines[side].set_visible(False)
    _legend(axis, years, series)


def _write_amount(axis: Any, bar: Any, amount: int, *, crowded: bool) -> None:
    axis.annotate(
        fr.euros(amount),
        (bar.get_x() + bar.get_width() / 2, amount),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        va="bottom",
        rotation=90 if crowded else 0,
        fontsize=9,
    )


def _tick(year: YearAmount, count: int, fte: float) -> str:
    """Rank, start, and the FTE of the years that have another one than the group's."""
    name = fr.ordinal(year.year) if count > _CROWDED_BARS else fr.year_rank(year.year)
    lines = [name]
    if year.and_following:
        lines.append("et suivantes")
    if year.starts_on:
        lines.append(f"{year.starts_on:%m/%Y}")
    ftes = {amount.fte for amount in year.possible}
    if fte not in ftes:
        lines += [fr.fte(other) for other in ftes]
    return "\n".join(lines)


def _legend(axis: Any, years: Sequence[YearAmount], series: Sequence[_Series]) -> None:
    handles = [
        Patch(color=colour, label=one.label) for colour, one in zip(_COLOURS, series, strict=False)
    ]
    if any(year.modulated for year in years):
        label = "modulée selon vos objectifs"
        handles.append(Patch(facecolor="#808080", edgecolor="white", hatch=_HATCH, label=label))
    axis.legend(
        handles=handles,
        fontsize=9,
        frameon=False,
        ncol=len(handles),
        columnspacing=1.2,
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
    )


def _caption(estimate: Estimate) -> str:
    sources = " ; ".join(source.short for source in estimate.sources)
    return (
        "Montants maximaux, indicatifs, à barème constant : seule votre CPAM décide. "
        f"Sources : {sources}. Calculé le {fr.long_date(estimate.made_on)}."
    )


def _xml(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
