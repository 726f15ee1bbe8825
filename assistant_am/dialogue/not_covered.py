"""A point of our field that no source covers: that is said, then the nearest that is, then who
knows."""

from __future__ import annotations

from assistant_am.dialogue.fiches import who_knows
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.world import World
from assistant_am.knowledge import answer
from assistant_am.rendering.blocks import Block, Paragraph, text_blocks

_TOO_LONG = 220
"""Characters above which the nearest answer is offered by its button alone."""


def not_covered_part(world: World, nearest: str | None) -> Part:
    """`nearest` is the closest subject, None when there is none."""
    blocks: list[Block] = [*text_blocks(world.phrase("non_couvert"))]
    if nearest is None:
        return Part(tuple(blocks))
    found = answer(world.knowledge, nearest, {})
    first = found.text.strip().split("\n")[0].partition(". ")[0].rstrip(".") + "."
    if found.fiche.computation is None and not found.fiche.unsaid and len(first) <= _TOO_LONG:
        blocks.append(Paragraph(f"{world.phrase('non_couvert_proche')} {first}"))
        if found.sources:
            blocks.append(source_note(found.sources))
    if found.who_knows:
        blocks.append(who_knows(found.who_knows))
    return Part(tuple(blocks), world.buttons([nearest, *found.fiche.next][:3]), subject=nearest)
