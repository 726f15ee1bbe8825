"""Questions on one amount, said in full in many ways, each with the right answer of the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from tests.fuzz import table

_FTES = {
    0.5: ("mi-temps", "un mi-temps", "0,5 ETP", "1/2 ETP", "50 %"),
    1.0: ("temps plein", "à temps plein", "1 ETP", "un ETP", "100 %"),
    1.5: ("option 1,5 ETP", "1,5 ETP", "1.5 etp"),
    2.0: ("option 2 ETP", "2 ETP", "deux ETP"),
}
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
           "octobre", "novembre", "décembre")  # fmt: skip
_ASKED = (
    "quel montant ?",
    "combien ?",
    "quelle aide ?",
    "quel est le maximum ?",
    "combien on touche ?",
)
_NEW = ("nouveau barème", "le nouveau barème", "barème actuel")
_OLD = ("ancien barème", "l'ancien barème")


@dataclass(frozen=True)
class Case:
    """`text` says everything, `euros` is its amount."""

    text: str
    euros: int


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any cell of the tables, in any words and order."""
    fte = draw(st.sampled_from(sorted(_FTES)))
    percentile = draw(st.integers(30, 100))
    rank = draw(st.integers(3 if fte > 1 else 1, 10))
    if fte > 1 or draw(st.booleans()):
        scale = "nouveau" if fte > 1 else draw(st.sampled_from(("ancien", "nouveau")))
        signed = draw(st.sampled_from(_NEW if scale == "nouveau" else _OLD))
    else:
        day = draw(st.dates(date(2019, 8, 14), date(2026, 11, 1)))
        day = day.replace(day=min(day.day, 28))
        signed = draw(st.sampled_from((
            f"signé le {day.day} {_MONTHS[day.month - 1]} {day.year}",
            f"contrat du {day:%d/%m/%Y}",
        )))  # fmt: skip
        scale = table.scale_of(day, rank)
    euros = table.amount(fte, table.band_of(percentile) or "", rank, scale)
    assert euros is not None
    year = "1re année" if rank == 1 else f"{rank}e année"
    parts = draw(st.permutations((
        draw(st.sampled_from(_FTES[fte])),
        f"P{percentile}",
        draw(st.sampled_from((year, f"en {year}"))),
        signed,
    )))  # fmt: skip
    link = draw(st.sampled_from((", ", " ; ", " et ")))
    return Case(f"{link.join(parts)}{link}{draw(st.sampled_from(_ASKED))}", euros)
