"""« 19 000, 14 000, 11 000, c'est quoi ? »: the situations that give amounts somebody read."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.aid_answers import (
    REFINE,
    SUBJECT_AMOUNT,
    TWO,
    cited_by,
    estimate_for,
    sources_of,
)
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.world import World
from assistant_am.french.format import euros, listing, year_rank
from assistant_am.rendering import amounts
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, Suggestion


def lookup_part(world: World, cited: Sequence[int], situation: Mapping[str, Any]) -> Part | None:
    """Which situations give the amounts somebody read; None when none does."""
    hits: dict[int, list[tuple[float, str, int, bool]]] = {amount: [] for amount in cited}
    scale = situation.get("bareme", "nouveau")
    for fte, band in itertools.product((0.5, 1.0, 1.5, 2.0), ("p30_p89", "p90_p94", "p95_plus")):
        try:
            estimate = estimate_for(world, {"quotite": fte, "tranche": band, "bareme": scale})
        except aid.InvalidInput:
            continue
        for year in estimate.years:
            for amount in year.possible:
                if amount.max_eur in hits and amount.fte == fte:
                    hits[amount.max_eur].append((fte, band, year.year, year.and_following))
    if not any(hits.values()):
        return None
    lines = []
    common = set.intersection(*({hit[0] for hit in found} for found in hits.values() if found))
    for figure, found in hits.items():
        kept = [hit for hit in found if hit[0] in common] or found
        shown = _describe(kept) if kept else "ce montant n'est dans aucune case du barème"
        lines.append(f"{euros(figure)} : {shown}.")
    blocks: list[Block] = []
    if len(common) == 1 and len(cited) > 1:
        blocks.append(Paragraph(f"Ces montants sont ceux d'**{amounts.FTES[common.pop()]}**."))
    blocks.append(Bullets(tuple(lines)) if len(lines) > 1 else Paragraph(lines[0]))
    estimate = estimate_for(world, {"quotite": 1.0, "bareme": scale})
    return Part(
        blocks=(*blocks, sources_of(world, [estimate])),
        suggestions=(
            Suggestion("Tous les montants", "Tous les montants, année par année"),
            REFINE,
        ),
        subject=SUBJECT_AMOUNT,
        cited=cited_by([estimate]),
    )


def _describe(hits: Sequence[tuple[float, str, int, bool]]) -> str:
    groups: dict[tuple[float, str], list[str]] = {}
    for fte, band, year, following in hits:
        groups.setdefault((fte, band), []).append(year_rank(year, and_following=following))
    by_years: dict[tuple[float, tuple[str, ...]], list[str]] = {}
    for (fte, band), years in groups.items():
        by_years.setdefault((fte, tuple(years)), []).append(amounts.BANDS[band])
    return " ; ".join(
        f"{amounts.FTES[fte]}, {listing(bands)}, "
        f"{listing(years) if len(years) <= TWO else 'chaque année'}"
        for (fte, years), bands in by_years.items()
    )
