"""A point of our field that no source covers: that is said, then the nearest that is, then who
knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant_am.dialogue.fiches import about, who_may_know
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.shared_words import stems
from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold
from assistant_am.french.format import uncapitalised
from assistant_am.knowledge import Answer, answer
from assistant_am.rendering.blocks import Block, Paragraph, text_blocks

_TOO_LONG = 220
"""Characters above which the nearest answer is offered by its button alone."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NEAR = 0.5
"""Share of the words of a question: a subject that is about fewer speaks of something else."""
_IGNORES = re.compile(r"\bsources ne (?!.{0,40}\bque\b)(?:\w+ )?\w+")
"""« Nos sources ne disent pas si… »: one more silence is nothing near."""
NOTHING_KNOWN = Memory()


def not_covered_part(
    world: World,
    question: str,
    candidates: Sequence[str],
    subject: str | None = None,
    memory: Memory = NOTHING_KNOWN,
) -> Part:
    """`candidates` are close subjects, the closest first; the nearest is the first of them that
    is about half of the question's words. Without any, the last `subject` says who may know, else
    who speaks, as far as the `memory` knows."""
    blocks: list[Block] = [*text_blocks(world.phrase("non_couvert"))]
    asked = stems(world, question)
    fiches = world.knowledge.fiches
    near = next((each for each in candidates if _is_near(asked, about(world, fiches[each]))), None)
    home = near or subject
    if near is not None:
        found = answer(world.knowledge, near, {}, question)
        first = _first_sentence(found)
        if first:
            blocks.append(Paragraph(f"{world.phrase('non_couvert_proche')} {uncapitalised(first)}"))
            if found.sources:
                blocks.append(source_note(found.sources))
    blocks.append(who_may_know(world, memory, fiches[home] if home else None, question=question))
    following = [near, *fiches[near].next] if near else list(candidates)
    return Part(tuple(blocks), world.buttons(following[:3]), subject=home)


def _is_near(asked: frozenset[str], subject: frozenset[str]) -> bool:
    return bool(asked) and len(asked & subject) >= _NEAR * len(asked)


def again_part(world: World, part: Part) -> Part:
    """The same, when it was just said of another point: that this one is not there either."""
    said = Paragraph(world.phrase("non_couvert_encore"))
    return replace(part, blocks=(said, *part.blocks[-1:]))


def _first_sentence(found: Answer) -> str:
    """The first sentence of an answer that stands alone; "" where it opens a list, is too long, or
    says that the sources are silent on another point."""
    if found.fiche.computation is not None or found.fiche.unsaid:
        return ""
    first = _SENTENCE.split(found.text.strip().split("\n")[0])[0]
    silent = first.endswith(":") or _IGNORES.search(fold(first))
    return "" if silent or len(first) > _TOO_LONG else first
