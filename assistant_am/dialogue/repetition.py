"""Never the same text twice: the second time, what is left to say of it, or that nothing is."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import details_part, who_knows
from assistant_am.dialogue.part import Part
from assistant_am.rendering.blocks import Paragraph, as_text

_CHARACTERS = 8


def mark_of(part: Part) -> str:
    """A short mark of an answer's words, kept in place of the words."""
    return hashlib.sha256(as_text(part.blocks).encode()).hexdigest()[:_CHARACTERS]


def fresh(ex: Exchange, part: Part) -> Part:
    """The part itself, or what replaces it when these words were given before."""
    if mark_of(part) not in ex.memory.given or part.subject is None:
        return part
    fiche = ex.world.knowledge.fiches[part.subject]
    if fiche.computation is None:
        more = details_part(ex.world, part.subject, ex.memory.situation)
        if more is not None and fiche.details and mark_of(more) not in ex.memory.given:
            return more
    first = next((block for block in part.blocks if isinstance(block, Paragraph)), None)
    said = ex.world.phrase("deja_dit")
    contacts = [ex.world.knowledge.contacts[key] for key in fiche.who_knows]
    blocks = (
        Paragraph(f"{said} {_first_sentence(first.text)}" if first else said),
        Paragraph(ex.world.phrase("rien_de_plus")),
        *([who_knows(contacts)] if contacts else []),
    )
    return replace(part, blocks=blocks)


def _first_sentence(text: str) -> str:
    head, stop, _ = text.partition(". ")
    return head + stop.strip() if stop else text
