"""The amounts of the aid, copied by hand from the tables of ameli.fr: the fuzzers' own oracle.

Nothing here is read from knowledge/ or computed by assistant_am. Euros a year, by full-time
equivalents (ETP) and band; the three figures are those of the 1st year, the 2nd, and the 3rd and
all later ones; an option exists from the 3rd year on only.
"""

from __future__ import annotations

from datetime import date

NEW_FROM = date(2024, 6, 22)
"""Contract years that begin on this day or later have the new amounts."""
BANDS = ("p30_p89", "p90_p94", "p95_plus")
_OLD = {
    (0.5, "p30_p89"): (18_000, 13_500, 10_500),
    (0.5, "p90_p94"): (18_000, 13_500, 12_500),
    (0.5, "p95_plus"): (18_000, 18_000, 18_000),
    (1.0, "p30_p89"): (36_000, 27_000, 21_000),
    (1.0, "p90_p94"): (36_000, 27_000, 25_000),
    (1.0, "p95_plus"): (36_000, 36_000, 36_000),
}
_NEW = {
    (0.5, "p30_p89"): (19_000, 14_000, 11_000),
    (0.5, "p90_p94"): (19_000, 14_000, 13_000),
    (0.5, "p95_plus"): (19_000, 19_000, 19_000),
    (1.0, "p30_p89"): (38_000, 28_000, 22_000),
    (1.0, "p90_p94"): (38_000, 28_000, 26_000),
    (1.0, "p95_plus"): (38_000, 38_000, 38_000),
    (1.5, "p30_p89"): (None, None, 33_000),
    (1.5, "p90_p94"): (None, None, 39_000),
    (1.5, "p95_plus"): (None, None, 57_000),
    (2.0, "p30_p89"): (None, None, 44_000),
    (2.0, "p90_p94"): (None, None, 52_000),
    (2.0, "p95_plus"): (None, None, 76_000),
}
_TABLES = {"ancien": _OLD, "nouveau": _NEW}


def scale_of(signed: date, rank: int) -> str:
    """The scale of a contract year: that of its first day. Not for a 29 February."""
    begins = signed.replace(year=signed.year + rank - 1)
    return "nouveau" if begins >= NEW_FROM else "ancien"


def band_of(percentile: float) -> str | None:
    """None below P30, where there is no aid."""
    if percentile < 30:
        return None
    return "p95_plus" if percentile >= 95 else "p90_p94" if percentile >= 90 else "p30_p89"


def amount(fte: float, band: str, rank: int, scale: str) -> int | None:
    """Euros of one contract year; None where that option does not exist."""
    years = _TABLES[scale].get((fte, band))
    return years[min(rank, 3) - 1] if years else None


def cells() -> set[int]:
    """Every amount of the tables."""
    return {each for rows in _TABLES.values() for row in rows.values() for each in row if each}


def sums() -> set[int]:
    """Of years of one doctor that follow each other, the scale changing once or never."""
    found: set[int] = set()
    for fte, band in _NEW:
        for turning in range(11):
            years = [_supposed(fte, band, rank, rank <= turning) for rank in range(1, 11)]
            found |= {sum(years[a:b]) for a in range(10) for b in range(a + 1, 11)}
    return found


def _supposed(fte: float, band: str, rank: int, old: bool) -> int:
    """In its first two years an option is a first assistant alone."""
    scale = "ancien" if old else "nouveau"
    told = amount(fte, band, rank, scale) or amount(min(fte, 1.0), band, rank, scale)
    assert told is not None
    return told
