"""The whole table, every combination, in a file that a person can read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

from assistant_am import aid
from assistant_am.french import format as fr

_SNAPSHOT = Path(__file__).with_name("montants.txt")
_SCALES = get_args(aid.Scale)
_BANDS = ("p30_p89", "p90_p94", "p95_plus", None)


def test_every_combination_is_as_reviewed(params: aid.Parameters, today: date) -> None:
    """AM_ECRIRE=1 writes the file anew; its difference is then for a person to read."""
    text = "\n".join(_lines(params, today)) + "\n"
    if os.environ.get("AM_ECRIRE"):
        _SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == _SNAPSHOT.read_text(encoding="utf-8")


def _lines(params: aid.Parameters, today: date) -> Iterator[str]:
    for scale in _SCALES:
        for fte in params.tables:
            yield f"barème {scale}, {fr.number(fte)} ETP"
            for band in _BANDS:
                amounts = (_amount(params, today, scale, fte, band, year) for year in range(1, 6))
                yield f"  {band or 'tranche inconnue':<17}" + "".join(f"{a:>20}" for a in amounts)


def _amount(
    params: aid.Parameters,
    today: date,
    scale: aid.Scale,
    fte: float,
    band: aid.Band | None,
    year: int,
) -> str:
    case = aid.Case(fte=fte, band=band, scale=scale, contract_years=(year,))
    result = aid.estimate(case, params, today)
    if result.status == "not_eligible":
        return "refus"
    return "/".join(str(amount) for amount in result.years[0].amounts)
