"""« 880 ? », « mon associé en a 700 »: above or below the threshold of a general practitioner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant_am.aid.vocabulary import GENERAL_PRACTICE
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.world import World
from assistant_am.french import format as fr
from assistant_am.rendering.blocks import Block, Paragraph

SUBJECT_PANEL = "seuil_patientele"


def panel_part(world: World, counts: Sequence[int], situation: Mapping[str, Any]) -> Part | None:
    """Each count against P30; None for another specialty, whose number is not published."""
    specialty = situation.get("specialite")
    if not counts or specialty not in (None, GENERAL_PRACTICE):
        return None
    needed = world.parameters.gp_threshold.at(world.today)
    blocks: list[Block] = [Paragraph(_compared(world, count, needed)) for count in counts]
    if min(counts) < needed and not situation.get("nouvel_installe"):
        blocks.append(Paragraph(world.phrase("patientele_sauf")))
    if specialty is None:
        blocks.append(Paragraph(world.phrase("patientele_ailleurs")))
    fiche = world.knowledge.fiches[SUBJECT_PANEL]
    sources = [world.knowledge.sources[key] for key in fiche.sources]
    blocks.append(source_note(sources))
    return Part(
        tuple(blocks),
        suggestions=world.buttons(fiche.next),
        subject=SUBJECT_PANEL,
        cited={"sources": list(fiche.sources), "divergences": list(fiche.disagreements)},
    )


def _compared(world: World, count: int, needed: int) -> str:
    key = "juste" if count == needed else "atteinte" if count > needed else "manque"
    return (
        world.phrase(f"patientele_{key}")
        .replace("[patients]", fr.number(count))
        .replace("[seuil]", fr.number(needed))
        .replace("[manque]", fr.number(needed - count))
    )
