"""Results of the aid as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from assistant_am.aid import Estimate, Practice, PracticeLine

from .aid_json import as_json
from .aid_words import STATUS_KEYS


def years_csv(estimate: Estimate) -> str:
    """One line for each year and possible amount."""
    header = ("annee", "et_suivantes", "bareme", "debut", "quotite", "tranche", "max_eur")
    rows = (
        (
            year.year,
            "oui" if year.and_following else "non",
            year.scale,
            year.starts_on or "",
            amount.fte,
            amount.band,
            amount.max_eur,
        )
        for year in estimate.years
        for amount in year.possible
    )
    return _csv(header, rows)


def practice_csv(practice: Practice) -> str:
    """One line for each doctor, and the total of those that have an amount."""
    header = ("ligne", "medecin", "statut", "min_eur", "max_eur", "motifs")
    low, high = practice.total_range or ("", "")
    note = f"{practice.without_amount} ligne(s) sans montant" if practice.without_amount else ""
    total = ("", "TOTAL", "", low, high, note)
    return _csv(header, [*map(_practice_row, practice.lines), total])


def practice_json(practice: Practice) -> dict[str, Any]:
    low, high = practice.total_range or (None, None)
    return {
        "cas": [
            {"ligne": line.number, "medecin": line.name, **as_json(line.estimate)}
            for line in practice.lines
        ],
        "total_eur": low if low == high else None,
        "total_min_eur": low,
        "total_max_eur": high,
        "sans_montant": practice.without_amount,
    }


def _practice_row(line: PracticeLine) -> tuple[object, ...]:
    low, high = line.estimate.total_range or ("", "")
    reasons = " ".join(reason.sentence_fr for reason in line.estimate.assessment.reasons)
    if line.estimate.years and not line.estimate.total_range:
        reasons = f"Donnez l'année de contrat ou l'horizon. {reasons}"
    return (line.number, line.name, STATUS_KEYS[line.estimate.status], low, high, reasons)


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()
