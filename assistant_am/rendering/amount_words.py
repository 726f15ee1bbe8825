"""Words for what an amount is about: posts, bands, scales, years, and amounts by band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from assistant_am.aid import Band, Case, Situation, YearAmount
from assistant_am.french.format import euros, listing, long_date, number, uncapitalised, year_rank

BANDS = {
    "sous_p30": "sous P30",
    "p30_p89": "P30 à P89",
    "p90_p94": "P90 à P94",
    "p95_plus": "P95 et plus",
}
FTES = {
    0.5: "un mi-temps (0,5 ETP)",
    1.0: "un temps plein (1 ETP)",
    1.5: "deux AM, 1,5 ETP au total",
    2.0: "deux AM, 2 ETP au total",
}
SHORT_FTES = {0.5: "Mi-temps", 1.0: "Temps plein", 1.5: "1,5 ETP", 2.0: "2 ETP"}
SCALES = {
    "ancien": "ancien barème, d'avant juin 2024",
    "nouveau": "nouveau barème, de la convention 2024",
}
_IN_A_SENTENCE = {
    "p30_p89": "de P30 à P89",
    "p90_p94": "de P90 à P94",
    "p95_plus": "à partir du P95",
}


def short_fte(fte: float) -> str:
    """0.5 → "Mi-temps"."""
    return SHORT_FTES[fte]


def in_words(fte: float) -> str:
    """0.5 → "mi-temps", 2 → "2 ETP"."""
    return uncapitalised(SHORT_FTES[fte])


def of_band(band: str) -> str:
    """« de P90 à P94 »."""
    return _IN_A_SENTENCE.get(band, BANDS[band])


def bands(found: Sequence[str]) -> str:
    """« P30 à P94 » for two neighbouring bands; "" for all that are paid."""
    if tuple(found) == ("p30_p89", "p90_p94", "p95_plus"):
        return ""
    if tuple(found) == ("p30_p89", "p90_p94"):
        return "P30 à P94"
    return listing(BANDS[band] for band in found)


def posts(situation: Situation, fte: float) -> str:
    """« un mi-temps (0,5 ETP) puis, dès la 2e année, un temps plein (1 ETP) »."""
    told = FTES[fte]
    for change in situation.changes:
        if change.fte is not None:
            told += f" puis, dès la {year_rank(change.since)}, {FTES[change.fte]}"
    return told


def qualifiers(situation: Situation, *, scale: str | None = None) -> str:
    """« , P90 à P94, contrat du 2 mai 2023 », to follow the posts."""
    case = situation.case
    parts = []
    if case.band is not None:
        parts.append(BANDS[case.band])
    for change in situation.changes:
        if change.band is not None:
            parts.append(f"{BANDS[change.band]} dès la {year_rank(change.since)}")
    if case.contract_date is not None:
        parts.append(f"contrat du {long_date(case.contract_date)}")
    named = case.scale or (scale if scale == "ancien" else None)
    if named is not None:
        parts.append(SCALES[named])
    return "".join(f", {part}" for part in parts)


def assumptions(case: Case) -> str:
    """What is taken for granted, so that it can be corrected: « mi-temps, P90 à P94 »."""
    post = FTES[case.fte] if case.fte is not None else ""
    return f"{post}{qualifiers(Situation(case))}".removeprefix(", ")


def by_band(amounts: Mapping[Band, float], context: str, per: str = "par an") -> str:
    """« **38 000 € par an au maximum** pour … », with the other bands where they differ."""
    (_, first), *_ = amounts.items()
    opening = f"**{euros(first)}{f' {per}' if per else ''} au maximum** {context}"
    if len(set(amounts.values())) == 1:
        return f"{opening}."
    low = [BANDS[band] for band, value in amounts.items() if value == first]
    others = [f"{euros(v)} {of_band(band)}" for band, v in amounts.items() if v != first]
    if len(low) > 1:
        return f"{opening}. Exception : {' ; '.join(others)}."
    return f"{opening} ({low[0]}) ; {' ; '.join(others)}."


def signed(amount: float) -> str:
    """5000 → "5 000 € de plus"; nothing → "aucun écart"."""
    if not amount:
        return "aucun écart"
    return f"{euros(abs(amount))} de {'plus' if amount > 0 else 'moins'}"


def signed_percent(value: float) -> str:
    """5.5555 → "+5,56 %"."""
    return f"{'+' if value > 0 else ''}{number(round(value, 2), 2)}\u00a0%"


def ranks(years: Sequence[YearAmount]) -> str:
    """« sur 5 ans », « de la 2e à la 4e année », « en 1re et 3e année »."""
    found = [year.year for year in years]
    if len(found) == 1:
        return f"en {year_rank(found[0])}"
    if any(b - a != 1 for a, b in pairwise(found)):
        return "en " + listing(f"{r}{'re' if r == 1 else 'e'}" for r in found) + " année"
    if found[0] == 1:
        return f"sur {len(found)} ans"
    first = year_rank(found[0]).split("\u00a0")[0]
    return f"de la {first} à la {year_rank(found[-1])}"


def sum_of(values: Iterable[float], years: Sequence[YearAmount]) -> str:
    """« 38 000 € la 1re année, 28 000 € la 2e année, puis 22 000 € par an »."""
    runs: list[tuple[float, list[int]]] = []
    for value, year in zip(values, years, strict=True):
        if runs and runs[-1][0] == value:
            runs[-1][1].append(year.year)
        else:
            runs.append((value, [year.year]))
    said = []
    for value, found in runs:
        if len(found) == 1:
            said.append(f"{euros(value)} la {year_rank(found[0])}")
        else:
            first = year_rank(found[0]).split("\u00a0")[0]
            said.append(f"{euros(value)} par an de la {first} à la {year_rank(found[-1])}")
    return listing(said, "puis")
