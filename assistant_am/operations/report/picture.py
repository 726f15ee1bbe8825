"""The weeks drawn as bars: messages, and how many of them were not understood."""

from __future__ import annotations

import io
from collections.abc import Sequence

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from assistant_am.operations.report.figures import Week

_UNDERSTOOD, _UNSURE, _MISSED = "#0b4f8a", "#8ab4d8", "#d98200"


def weeks_svg(weeks: Sequence[Week]) -> str:
    """One SVG element with its text alternative, that needs nothing else."""
    names = [f"{week.monday:%d/%m}" for week in weeks]
    missed = [week.missed for week in weeks]
    unsure = [week.unsure for week in weeks]
    rest = [week.messages - week.missed - week.unsure for week in weeks]
    with matplotlib.rc_context({"svg.hashsalt": "assistant-am", "svg.fonttype": "none"}):
        figure = Figure(figsize=(7.2, 2.8), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        floor = [0] * len(weeks)
        for label, counts, colour, hatch in (
            ("compris", rest, _UNDERSTOOD, ""),
            ("sujets proposés", unsure, _UNSURE, ""),
            ("non compris", missed, _MISSED, "///"),
        ):
            axes.bar(names, counts, bottom=floor, color=colour, hatch=hatch, label=label)
            floor = [low + count for low, count in zip(floor, counts, strict=True)]
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xlabel("semaine du")
        axes.set_ylabel("messages")
        axes.legend(frameon=False, ncol=3, loc="lower left", bbox_to_anchor=(0, 1))
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    content = buffer.getvalue()
    words = " ; ".join(
        f"semaine du {name}, {week.messages} messages dont {week.missed} non compris"
        for name, week in zip(names, weeks, strict=True)
    )
    body = content[content.index("<svg ") + len("<svg ") :].replace("'sans-serif'", "sans-serif")
    return f'<svg role="img" aria-label="Messages par semaine : {words}." {body}'
