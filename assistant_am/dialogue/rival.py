"""A question read in two ways almost as likely: both are answered, or the second is offered."""

from __future__ import annotations

from dataclasses import replace

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import fiche_part
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.repetition import mark_of, point_for
from assistant_am.dialogue.subjects import for_fiche
from assistant_am.french.fold import words
from assistant_am.french.format import uncapitalised
from assistant_am.meaning import Request
from assistant_am.rendering.blocks import Block, Paragraph, SourceNote, as_text

CLEAR = 0.6
"""From this probability a reading stands alone."""
_CLOSE = 0.6
"""Below, a second reading at least that share as likely is answered too: on conversations left out
that is one question in seven, where the first is right 53 times in 100, the second 40."""
OFFERED = 0.2
"""Of a second reading worth a button."""
_MOST = 0.75
"""Share of the words of the shorter answer that make two alike."""


def with_the_rival(ex: Exchange, request: Request, part: Part) -> Part:
    """The answer, with that of the second reading when they are close, else with its button."""
    rival = _rival(ex, request, part)
    if rival is None:
        return part
    label, probability = rival
    close = probability >= _CLOSE * request.probability
    if close and ex.world.knowledge.fiches[label].computation in (None, "eligibilite"):
        other = fiche_part(ex.world, label, for_fiche(ex), request.text or ex.turn.text)
        apart = mark_of(other) not in ex.memory.given and not _alike(part, other)
        if apart and not _waits(part) and not _waits(other):
            part = _both(ex, part, label, other, request.text or ex.turn.text)
    offered = ex.world.buttons([label])
    known = [each for each in part.suggestions if each not in offered]
    return replace(part, suggestions=(*offered, *known))


def _rival(ex: Exchange, request: Request, part: Part) -> tuple[str, float] | None:
    if request.probability >= CLEAR:
        return None
    return next(
        (
            (label, probability)
            for label, probability in request.ranking
            if probability >= OFFERED
            and label in ex.world.knowledge.fiches
            and label not in (request.label, part.subject)
        ),
        None,
    )


def _alike(part: Part, other: Part) -> bool:
    """Two answers most of whose words are the same."""
    said, again = (set(words(as_text(each.blocks))) for each in (part, other))
    return len(said & again) > _MOST * min(len(said), len(again))


def _waits(part: Part) -> bool:
    """It asks something back, or must stand alone."""
    return bool(part.pending or part.guided or part.alone)


def _both(ex: Exchange, part: Part, label: str, other: Part, question: str) -> Part:
    """The first in full, then the point of the second under its name, its button giving the rest;
    the sources of both on one line."""
    told: list[Block] = [block for block in part.blocks if not isinstance(block, SourceNote)]
    told += _in_short(ex, label, other, question)
    notes = [b for each in (part, other) for b in each.blocks if isinstance(b, SourceNote)]
    if notes:
        entries = tuple(dict.fromkeys(entry for note in notes for entry in note.entries))
        told.append(SourceNote(entries, " ".join(n.remark for n in notes if n.remark)))
    cited = {
        key: list(dict.fromkeys([*part.cited.get(key, []), *other.cited.get(key, [])]))
        for key in (*part.cited, *other.cited)
    }
    return replace(part, blocks=tuple(told), cited=cited, beside=label)


def _in_short(ex: Exchange, label: str, other: Part, question: str) -> list[Block]:
    """« Attestation FAE : c'est la formation… », with the list that it opens."""
    first, *others = (block for block in other.blocks if not isinstance(block, SourceNote))
    heading = ex.world.knowledge.fiches[label].label.removesuffix("?").rstrip()
    if not isinstance(first, Paragraph):
        return [Paragraph(f"{heading}\u00a0:"), first, *others]
    point = point_for(ex, first.text, question)
    opened = others[:1] if point.endswith(":") else []
    return [Paragraph(f"{heading}\u00a0: {uncapitalised(point)}"), *opened]
