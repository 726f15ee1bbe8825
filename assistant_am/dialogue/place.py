"""« Je suis dans le 72 »: where the person is, which decides whom to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant_am.dialogue.exchange import FEW_WORDS, Exchange
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.requests import TELLS
from assistant_am.dialogue.subjects import subject_answer
from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold

CONTACTS = "contact_humain"
_SAYS_WHERE = re.compile(r"\b(?:je|j|nous|on) .?(?:suis|sommes|est|habit|exerc|travaill|viens|viv)")


def located(world: World, text: str, memory: Memory) -> tuple[World, Memory]:
    """The world and the memory of somebody who may have just said where they are."""
    said = world.departements.said(text)
    if said is not None:
        memory = replace(memory, departement=said)
    return world.at(memory.departement), memory


def place_answer(ex: Exchange) -> Sequence[Part] | None:
    """Whom to ask there, when a message says where and nothing else."""
    text = ex.turn.text
    if ex.button or ex.world.departements.said(text) is None:
        return None
    request = ex.turn.requests[0]
    rest = ex.world.departements.rest(text)
    if request.trust == "sur" and request.label in ex.world.knowledge.fiches:
        # « en Sarthe, c'est payé combien ? », and « et en Sarthe ? » on another subject.
        follows = ex.before.subject and not _SAYS_WHERE.search(fold(text))
        return None if rest or follows else [subject_answer(ex, CONTACTS, text)]
    own = set(ex.residue) & set(rest)
    if own and (len(own) > FEW_WORDS or request.label != TELLS):
        return None
    return [subject_answer(ex, CONTACTS, text)]
