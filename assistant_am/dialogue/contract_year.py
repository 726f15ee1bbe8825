"""« Contrat de 2022 »: the scale that a year alone settles, or the question that it leaves open."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold
from assistant_am.rendering.blocks import Block, Paragraph

_NOW = re.compile(r"\b(?:cette annee|actuellement|en ce moment|aujourd'hui|maintenant)\b")


def year_now(world: World, situation: Mapping[str, Any], said: Said, text: str) -> int | None:
    """« Combien je touche cette année ? »: rank of the contract year in progress, when the day of
    signature is known and no year was said; 0 before that day."""
    signed = situation.get("date_contrat")
    if not signed or not said.slots.isdisjoint({"annee", "horizon"}) or not _NOW.search(fold(text)):
        return None
    return max(0, aid.current_rank(datetime.date.fromisoformat(signed), world.today))


def scale_of_year(world: World, situation: Mapping[str, Any], said: Said) -> str | None:
    """`bareme` of the contract year asked, "?" when the day of signature decides, None when no
    year of signature was said or when a date or a scale says more."""
    signed = said.values.get("annee_contrat")
    if signed is None or "date_contrat" in situation or "bareme" in situation:
        return None
    turning = world.parameters.agreement_start.dated_latest.value.year
    ranks = situation.get("annee") or [1, situation.get("horizon") or turning]
    begins = {signed + rank - 1 for rank in (min(ranks), max(ranks))}
    if max(begins) < turning:
        return "ancien"
    return "nouveau" if min(begins) > turning else "?"


def ask_the_day(signed: int) -> tuple[Block, ...]:
    """Both scales are possible: say what decides."""
    return (
        Paragraph(
            f"Pour un contrat de {signed}, le barème dépend de la date exacte : chaque année suit "
            "celui en vigueur à son anniversaire. Donnez le jour et le mois de la signature."
        ),
    )
