"""Words for what an amount is about: posts, bands, scales, years, and amounts by band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from assistant_am.aid import Band, Case, Names, Scale, Situation, YearAmount
from assistant_am.french.format import euros, listing, long_date, number, uncapitalised, year_rank
from assistant_am.french.format import fte as as_fte

_HALF = 0.5


def short_fte(fte: float) -> str:
    """0.5 → "Mi-temps", 2 → "2 ETP"."""
    return {_HALF: "Mi-temps", 1.0: "Temps plein"}.get(fte) or as_fte(fte)


def post(fte: float) -> str:
    """0.5 → "un mi-temps (0,5 ETP)", 2 → "deux AM, 2 ETP au total"."""
    if fte > 1:
        return f"deux AM, {as_fte(fte)} au total"
    return f"un {uncapitalised(short_fte(fte))} ({as_fte(fte)})"


def in_words(fte: float) -> str:
    """0.5 → "mi-temps", 2 → "2 ETP"."""
    return uncapitalised(short_fte(fte))


def posts(situation: Situation, fte: float) -> str:
    """« un mi-temps (0,5 ETP) puis, dès la 2e année, un temps plein (1 ETP) »."""
    told = post(fte)
    for change in situation.changes:
        if change.fte is not None:
            told += f" puis, dès la {year_rank(change.since)}, {post(change.fte)}"
    return told


def qualifiers(situation: Situation, names: Names, *, scale: Scale | None = None) -> str:
    """« , P90 à P94, contrat du 2 mai 2023 », to follow the posts."""
    case = situation.case
    parts = []
    if case.band is not None:
        parts.append(names.band(case.band))
    for change in situation.changes:
        if change.band is not None:
            parts.append(f"{names.band(change.band)} dès la {year_rank(change.since)}")
    if case.contract_date is not None:
        parts.append(f"contrat du {long_date(case.contract_date)}")
    named = case.scale or (scale if scale == "ancien" else None)
    if named is not None:
        parts.append(names.scale(named))
    return "".join(f", {part}" for part in parts)


def assumptions(case: Case, names: Names) -> str:
    """What is taken for granted, so that it can be corrected: « mi-temps, P90 à P94 »."""
    told = post(case.fte) if case.fte is not None else ""
    return f"{told}{qualifiers(Situation(case), names)}".removeprefix(", ")


def by_band(amounts: Mapping[Band, float], context: str, names: Names, per: str = "par an") -> str:
    """« **38 000 € par an au maximum** pour … », with the other bands where they differ."""
    (_, first), *_ = amounts.items()
    opening = f"**{euros(first)}{f' {per}' if per else ''} au maximum** {context}"
    if len(set(amounts.values())) == 1:
        return f"{opening}."
    low = [names.band(band) for band, value in amounts.items() if value == first]
    others = [f"{euros(v)} {names.of_band(band)}" for band, v in amounts.items() if v != first]
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
