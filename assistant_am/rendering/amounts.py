"""The right to the aid, and the steps of a computation, as blocks: the conclusion first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from assistant_am.aid import Assessment, Band, BandAmount, Estimate, Names, YearAmount
from assistant_am.french.format import euros, listing, uncapitalised, year_rank
from assistant_am.rendering.amount_words import (
    assumptions,
    in_words,
    posts,
    qualifiers,
    short_fte,
)
from assistant_am.rendering.bands import rank_of
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, Reserve

__all__ = [
    "OpeningWord",
    "assumptions",
    "eligibility_blocks",
    "open_conditions",
    "open_in_brief",
    "opened",
    "posts",
    "qualifiers",
    "refusal_blocks",
    "short_fte",
    "step_lines",
]

_TOLD_INFOS = (
    "UPKEEP_65", "UPKEEP_TOP", "FEE_TEST", "NEW_DOCTOR_OBJECTIVE", "NEW_DOCTOR_NOTE",
    "FIRST_ASSISTANT_MEP",
)  # fmt: skip
"""Beside the conditions, what the situation told makes worth saying."""
_FEW = 2

OpeningWord = Literal["Oui", "Non", "Si", ""]
"""What answers a question on the right to the aid; nothing when none is put or decided."""


def refusal_blocks(estimate: Estimate) -> tuple[Block, ...]:
    """Why there is no aid, what would change it, and what remains possible with one assistant."""
    blocks: list[Block] = list(_refused(estimate.assessment))
    fallback = estimate.fallback
    if fallback and fallback.years:
        year = fallback.years[-1]
        low, high = year.amounts[0], year.amounts[-1]
        shown = euros(low) if low == high else f"{euros(low)} à {euros(high)}"
        blocks.append(
            Paragraph(
                "L'aide d'un seul AM à temps plein reste possible : "
                f"{shown} par an au maximum en {rank_of(year)}."
            )
        )
    return tuple(blocks)


_BELOW = ("NEW_DOCTOR", "UNDER_GP_THRESHOLD")
"""Open conditions of a panel that is below the threshold told: « éligible » would not fit."""


def eligibility_blocks(assessment: Assessment, word: OpeningWord = "") -> tuple[Block, ...]:
    """The answer on the right to the aid, opened by the word that the question calls for."""
    if assessment.status == "not_eligible":
        return tuple(_refused(assessment, word))
    said = _met(assessment)
    if assessment.status == "eligible":
        agreed = word in ("Oui", "Si")
        possible = f"{word}, a priori" if agreed else opened(word, "Éligible a priori")
        opening = f"**{possible}** : les conditions connues sont remplies."
    elif any(reason.code == "SURGEON_EXCEPTION" for reason in assessment.reasons):
        opening = "**En principe, pas d'aide**, sauf exception."
    elif any(reason.code in _BELOW for reason in assessment.reasons):
        opening = "**À confirmer par votre CPAM.**"
    else:
        opening = "**Éligible a priori**, sous réserve de ce qui reste à vérifier."
    blocks: list[Block] = [Paragraph(f"{opening} {said}".strip())]
    if assessment.status == "to_confirm":
        blocks += open_conditions(assessment)
    return (*blocks, *_infos(assessment))


def _met(assessment: Assessment) -> str:
    """The conditions that hold: the panel, whose number was told, first."""
    met = {r.condition: r.sentence_fr for r in assessment.conditions if r.state == "met"}
    if "sector" in met and "specialty" in met:
        del met["specialty"]
        met["sector"] = "Votre secteur et votre spécialité ouvrent droit à l'aide."
    panel = met.pop("patients", "")
    return " ".join(each for each in (panel, *met.values()) if each)


def open_conditions(assessment: Assessment) -> list[Block]:
    """Conditions that are not known yet, each once."""
    sentences = [reason.sentence_fr for reason in assessment.reasons if reason.state == "unknown"]
    if not sentences:
        return []
    if len(sentences) == 1:
        return [Paragraph(f"À vérifier : {uncapitalised(sentences[0])}")]
    return [Paragraph("À vérifier :"), Bullets(tuple(sentences))]


def open_in_brief(assessment: Assessment) -> Reserve:
    """« Sous réserve de votre secteur (1, ou 2 avec OPTAM) et de votre patientèle. »"""
    unknown = [reason.brief_fr for reason in assessment.reasons if reason.state == "unknown"]
    return Reserve(f"Sous réserve {listing(dict.fromkeys(unknown))}.")


def step_lines(estimate: Estimate) -> tuple[str, ...]:
    """The computation, one line for years read alike: scale, post, band, amount, then the sums."""
    by_scale: list[str] = []
    for _, group in groupby(estimate.years, _reading):
        years = list(group)
        for fte, cells in _cells(years[0].possible, estimate.names).items():
            by_scale.append(f"{_from_to(years)}, {in_words(fte)} : {cells}")
    totals = [
        f"Total sur {len(estimate.years)} ans, {in_words(fte)} : {cells}"
        for fte, cells in _cells(estimate.totals, estimate.names).items()
    ]
    return (*_scales(estimate), *by_scale, *totals)


def _reading(year: YearAmount) -> object:
    return year.scale, tuple((each.fte, each.band, each.max_eur) for each in year.possible)


def _cells(amounts: Sequence[BandAmount], names: Names) -> dict[float, str]:
    """By number of FTE: « 28 000 € (P30 à P94), 38 000 € (P95 et plus) »."""
    found: dict[float, dict[int, list[Band]]] = {}
    for amount in amounts:
        found.setdefault(amount.fte, {}).setdefault(amount.max_eur, []).append(amount.band)
    return {
        fte: ", ".join(
            euros(value) + (f" ({names.bands(alike)})" if names.bands(alike) else "")
            for value, alike in values.items()
        )
        for fte, values in found.items()
    }


def _from_to(years: list[YearAmount]) -> str:
    first, last = years[0], years[-1]
    if first is last:
        return rank_of(first)
    if last.and_following:
        return year_rank(first.year, and_following=True)
    return f"{year_rank(first.year).split(chr(0xA0))[0]} à {year_rank(last.year)}"


def _scales(estimate: Estimate) -> list[str]:
    """The reason of each scale, once for the years it holds for."""
    lines = []
    for _, group in groupby(estimate.years, lambda year: year.scale):
        years = list(group)
        reason = years[0].scale_reason_fr
        lines.append(f"Barème : {reason}")
    return lines


def opened(word: OpeningWord, said: str) -> str:
    """« Non, pas d'aide », « Oui : pas d'aide » (to « est-il exclu ? »), « Pas d'aide »."""
    if not word:
        return said
    return f"{word}{', ' if word == 'Non' else ' : '}{uncapitalised(said)}"


def _refused(assessment: Assessment, word: OpeningWord = "") -> list[Block]:
    sentences = [reason.sentence_fr for reason in assessment.reasons]
    said = opened(word, "Pas d'aide dans cette situation")
    opening = f"**{said}.**"
    infos = _infos(assessment)
    if len(sentences) == 1:
        return [Paragraph(f"{opening} {sentences[0]}"), *infos]
    return [Paragraph(opening), Bullets(tuple(sentences)), *infos]


def _infos(assessment: Assessment) -> list[Block]:
    said = [info.sentence_fr for info in assessment.infos if info.code in _TOLD_INFOS]
    return [Paragraph(" ".join(said[:_FEW]))] if said else []
