"""« 880 ? », « mon associé en a 700 », « suis-je P90 ? »: what can be told of a panel. Only the P30
of general practitioners is published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant_am.aid.vocabulary import GENERAL_PRACTICE
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.world import World
from assistant_am.french import format as fr
from assistant_am.rendering.blocks import Block, Paragraph

SUBJECT_PANEL = "seuil_patientele"
SUBJECT_BANDS = "percentiles"
_THRESHOLD = re.compile(r"(?<!\d)30(?!\d)")


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
    return _sourced(world, SUBJECT_PANEL, blocks)


def unchanged_part(
    world: World, before: int, now: int, situation: Mapping[str, Any]
) -> Part | None:
    """« Elle a 1 200 patients, ça change ? », after 1 020: both are above P30. None where the
    threshold lies between, or where the number is not published."""
    needed = world.parameters.gp_threshold.at(world.today)
    if min(before, now) < needed or situation.get("specialite") != GENERAL_PRACTICE:
        return None
    said = world.phrase("patientele_inchangee").replace("[seuil]", fr.number(needed))
    said = said.replace("[avant]", fr.number(before)).replace("[patients]", fr.number(now))
    return _sourced(world, SUBJECT_PANEL, [Paragraph(said)])


def band_part(world: World, words: str, situation: Mapping[str, Any]) -> Part | None:
    """Is this doctor in the band that `words` name? A general practitioner's count is put against
    P30; of any other band, or specialty, nobody but the CPAM knows. None where a site hides the
    subject."""
    if SUBJECT_BANDS not in world.knowledge.fiches:
        return None
    count, specialty = situation.get("patients"), situation.get("specialite")
    of_the_threshold = bool(_THRESHOLD.search(words))
    if of_the_threshold and count is not None:
        compared = panel_part(world, [int(count)], situation)
        if compared is not None:
            return compared
    if specialty not in (None, GENERAL_PRACTICE):
        key = "tranche_specialite"
    else:
        key = "tranche_seuil" if of_the_threshold else "tranche_inconnue"
    return _sourced(world, SUBJECT_BANDS, [Paragraph(world.phrase(key))])


def _sourced(world: World, subject: str, blocks: Sequence[Block]) -> Part:
    fiche = world.knowledge.fiches[subject]
    sources = [world.knowledge.sources[key] for key in fiche.sources]
    return Part(
        (*blocks, source_note(sources)),
        suggestions=world.buttons(fiche.next),
        subject=subject,
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
