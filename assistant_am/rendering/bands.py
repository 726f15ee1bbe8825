"""What a table of amounts leaves out when the band of the doctor is unknown."""

from __future__ import annotations

from collections.abc import Sequence

from assistant_am.aid import Estimate, YearAmount
from assistant_am.french.format import euros, year_rank
from assistant_am.rendering.blocks import Block, Paragraph


def exceptions(estimates: Sequence[Estimate]) -> list[Block]:
    """What the table leaves out when the band is unknown: P90 to P94, then P95 and more."""
    unknown = [each for each in estimates if each.case.band is None and each.years]
    sentences = []
    for band, opening in (("p90_p94", "De P90 à P94"), ("p95_plus", "À partir du P95")):
        spans = _differing(unknown, band)
        if spans:
            sentences.append(f"{opening} : {_year_by_year(spans, unknown[0].years)}.")
    return [Paragraph(" ".join(sentences))] if sentences else []


_FIXED = "p95_plus"
_Span = tuple[YearAmount, YearAmount, str]
"""First and last contract year of a run with the same amounts, and these amounts."""


def _differing(estimates: Sequence[Estimate], band: str) -> list[_Span]:
    """Runs of years in which a band has another amount than P30 to P89: a contract that began
    before the rise of June 2024 has several. The amount of P95 and more is fixed: once it differs,
    all its years are told."""
    spans: list[_Span] = []
    differs = False
    for place, year in enumerate(estimates[0].years if estimates else ()):
        alike = [each.years[place] for each in estimates if place < len(each.years)]
        mine = [(a, each) for each in alike for a in each.possible if a.band == band]
        others = [a for a, each in mine if a.max_eur != general_amount(each, a.fte)]
        differs = differs or bool(others)
        told = [a for a, _ in mine] if band == _FIXED else others
        said = " ou ".join(dict.fromkeys(euros(amount.max_eur) for amount in told))
        if said and spans and spans[-1][2] == said:
            spans[-1] = (spans[-1][0], year, said)
        elif said:
            spans.append((year, year, said))
    return spans if differs else []


def _year_by_year(spans: Sequence[_Span], years: Sequence[YearAmount]) -> str:
    first, last, said = spans[0]
    if len(spans) == 1:
        if first is years[0] and last is years[-1]:
            return f"{said} chaque année, montant fixe"
        since = (
            year_rank(first.year) if first.and_following or first is not last else rank_of(first)
        )
        return f"{said} en {since}"
    return ", ".join(f"{said} {_when(first, last)}" for first, last, said in spans)


def _when(first: YearAmount, last: YearAmount) -> str:
    if last.and_following:
        return f"à partir de la {year_rank(first.year)}"
    if first is last:
        return f"en {rank_of(first)}"
    if first.year == 1:
        return f"les {last.year} premières années"
    return f"de la {year_rank(first.year)} à la {year_rank(last.year)}"


def general_amount(year: YearAmount, fte: float) -> int:
    """Amount of the first possible band: the general row when the band is unknown."""
    return next(amount.max_eur for amount in year.possible if amount.fte == fte)


def rank_of(year: YearAmount) -> str:
    """« 3e année », « 3e année et suivantes »."""
    return year_rank(year.year, and_following=year.and_following)
