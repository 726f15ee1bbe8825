"""The confusions drawn: only the intents that are confused, so that their names can be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from assistant_am.evaluation.metrics import Confusion, Quality

_PAIRS = 40
_DPI = 150
_INCHES_A_CELL = 0.26
_DARK = 0.6


def draw_confusions(
    classes: Sequence[Quality], confusions: Sequence[Confusion], path: Path
) -> None:
    """A grid of the intents of the most frequent confusions: expected by row, read by column.

    The shade is the share of the row's sentences, the figure their number.
    """
    shown = confusions[:_PAIRS]
    if not shown:
        return
    rows = sorted({each.expected for each in shown})
    columns = sorted({each.read for each in shown})
    support = {quality.name: quality.support for quality in classes}
    counts = {(each.expected, each.read): each.count for each in confusions}
    grid = [[counts.get((row, column), 0) / support[row] for column in columns] for row in rows]
    figure = Figure(
        figsize=(5 + _INCHES_A_CELL * len(columns), 3.5 + _INCHES_A_CELL * len(rows)),
        layout="constrained",
    )
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    top = max(max(row) for row in grid)
    image = axes.imshow(grid, cmap="Oranges", vmin=0, vmax=top, aspect="auto")
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            if count := counts.get((row, column)):
                colour = "white" if grid[y][x] > _DARK * top else "black"
                axes.text(x, y, str(count), ha="center", va="center", fontsize=7, color=colour)
    axes.set_xticks(range(len(columns)), [_name(each) for each in columns], rotation=90, fontsize=8)
    axes.set_yticks(range(len(rows)), [_name(each) for each in rows], fontsize=8)
    axes.set_xticks([x - 0.5 for x in range(1, len(columns))], minor=True)
    axes.set_yticks([y - 0.5 for y in range(1, len(rows))], minor=True)
    axes.grid(which="minor", color="#dddddd", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    axes.set_xlabel("intention lue")
    axes.set_ylabel("intention attendue")
    axes.set_title(f"Les {len(shown)} confusions les plus fréquentes, en validation croisée")
    figure.colorbar(image, ax=axes, label="part des phrases de l'intention", shrink=0.6)
    figure.savefig(path, dpi=_DPI, format="png")


def _name(intent: str) -> str:
    return intent.removeprefix("demander_")
