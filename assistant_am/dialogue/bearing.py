"""To who only tells something: one line that bears on it, of a subject not spoken of yet, or the
point of it that the remark touches."""

from __future__ import annotations

from dataclasses import replace

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import about
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.repetition import mark_of, point_for
from assistant_am.dialogue.shared_words import stems
from assistant_am.dialogue.subjects import for_fiche, subject_answer
from assistant_am.dialogue.verdict import verdict_part
from assistant_am.knowledge import Fiche
from assistant_am.meaning import Request
from assistant_am.rendering.blocks import Paragraph, SourceNote

_LIKELY = 0.12
"""Of a reading beside « it asks nothing »: on 60 conversations, from here most bear on what was
told."""
_NAMED = 0.05
"""The same, where the message names something that this subject is about."""
_SURE = 0.6
"""Of a point that was read in a remark: it is said even of a subject that was answered."""
_NO_WORD = 0.5
"""A remark asks nothing: its point is said without « oui » or « non »."""


def bearing_part(ex: Exchange, request: Request) -> Part | None:
    """The sentence that suits the message best, with its source; None without such a subject."""
    fiches, text = ex.world.knowledge.fiches, request.text or ex.turn.text
    for label, probability in request.ranking:
        fiche = fiches.get(label)
        if fiche is None or fiche.computation or label in ex.world.knowledge.hidden:
            continue
        named = stems(ex.world, text) & about(ex.world, fiche)
        if probability < (_NAMED if named else _LIKELY):
            continue
        if pointed := _point(ex, request, fiche):
            return pointed
        if label in ex.memory.subjects:
            continue
        part = subject_answer(ex, label, text)
        told, *others = part.blocks
        if part.pending or part.guided or not isinstance(told, Paragraph):
            continue
        point = point_for(ex, told.text, text)
        notes = tuple(block for block in others if isinstance(block, SourceNote))
        line = replace(part, blocks=(Paragraph(point), *notes))
        if not point.endswith(":") and mark_of(line) not in ex.memory.given:
            button = ex.world.buttons([label])
            return replace(line, suggestions=(*button, *part.suggestions[:3]), choices=())
    return None


def _point(ex: Exchange, request: Request, fiche: Fiche) -> Part | None:
    """The sentence of the point that the remark touches, with its source, unless it was said."""
    key, probability = request.point(fiche.id) or ("", 0.0)
    if probability < _SURE:
        return None
    text = request.text or ex.turn.text
    part = verdict_part(ex.world, fiche, text, for_fiche(ex), (key, _NO_WORD))
    if part is None:
        return None
    notes = tuple(block for block in part.blocks if isinstance(block, SourceNote))
    line = replace(part, blocks=(*part.blocks[:1], *notes))
    if mark_of(line) in ex.memory.given:
        return None
    buttons = (*ex.world.buttons([fiche.id]), *part.suggestions[:3])
    return replace(line, suggestions=buttons, choices=())
