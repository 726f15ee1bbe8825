"""The report's tables for a spreadsheet: UTF-8 with its mark, semicolons, as French ones expect."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from assistant_am.operations.report.figures import Figures
from assistant_am.operations.report.groups import HIDDEN, Discretion, Group

ENCODING = "utf-8-sig"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheets(figures: Figures, discretion: Discretion, *, texts: bool) -> dict[str, str]:
    """The content of each file, by its name; `texts` as for the page."""
    return {
        "semaines.csv": _csv(
            ("semaine", "messages", "non_compris", "proposes", "incidents", "urgences"),
            (
                (w.monday.isoformat(), w.messages, w.missed, w.unsure, w.incidents, w.emergencies)
                for w in figures.weeks
            ),
        ),
        "sujets.csv": _csv(
            ("sujet", "reponses", "personnes", "utile", "pas_utile"),
            ((s.label, s.answers, s.persons, s.useful, s.useless) for s in figures.subjects),
        ),
        "questions.csv": _questions(figures.groups, discretion, texts=texts),
        "sans_fiche.csv": _questions(figures.uncovered, discretion, texts=texts),
        "estimations.csv": _csv(("derniere_question", "personnes"), figures.unfinished),
        "sources.csv": _csv(
            ("source", "a_relire_le"),
            ((s.title, s.review_by.isoformat()) for s in (*figures.stale, *figures.soon)),
        ),
    }


def _questions(groups: Iterable[Group], discretion: Discretion, *, texts: bool) -> str:
    return _csv(
        ("groupe", "question", "fois", "personnes_du_groupe"),
        (
            (number, text, count, group.persons)
            for number, group in enumerate(groups, start=1)
            for text, count in _texts(group, discretion, texts=texts)
        ),
    )


def _texts(group: Group, discretion: Discretion, *, texts: bool) -> Iterable[tuple[str, int]]:
    if texts:
        return group.texts
    shown = HIDDEN if group.is_small else discretion.shown(group.texts[0][0])
    return [(shown, group.size)]


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> object:
    """A text that a spreadsheet will not run: what people typed may begin like a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
