"""Never the same text twice: the second time, what is left to say of it, or that nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import details_part, who_knows
from assistant_am.dialogue.memory import MESSAGE_KEPT, mark
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.shared_words import sentences, stems
from assistant_am.french.fold import words
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, SourceNote, Table, as_text


def mark_of(part: Part) -> str:
    """A short mark of an answer's words, kept in place of the words."""
    return mark(as_text(part.blocks))


def fresh(ex: Exchange, part: Part) -> Part:
    """The part itself, or the first of what may replace it that was not said yet; the same words
    typed again ask for the same answer."""
    if _words(ex.turn.text) == _words(ex.before.message):
        return part
    last = part
    for last in _versions(ex, part):
        if mark_of(last) not in ex.memory.given:
            break
    return last


def _versions(ex: Exchange, part: Part) -> Iterator[Part]:
    yield part
    fiche = ex.world.knowledge.fiches.get(part.subject or "")
    known = fiche is not None and fiche.computation is None and fiche.details
    more = details_part(ex.world, fiche.id, ex.memory.situation) if fiche and known else None
    new = _of_use(ex, more) if more is not None else None
    if new is not None:
        yield new
    said = ex.world.phrase("deja_dit")
    told = [block for block in part.blocks if not isinstance(block, SourceNote)]
    if fiche is None or fiche.computation is not None:
        # A figure asked for a third time is given all the same, without what stood around it.
        figures = told[:2] if any(isinstance(b, Bullets | Table) for b in told[1:2]) else told[:1]
        for opening in (said, ex.world.phrase("toujours_vrai")):
            yield replace(part, blocks=(Paragraph(opening), *figures))
        return
    if told and isinstance(told[0], Paragraph):
        first = _sentence_for(ex, told[0].text)
        listed = told[1:2] if first.endswith(":") else []
        yield replace(part, blocks=(Paragraph(f"{said} {first}"), *listed))
    if more is not None:
        yield _added(ex, more, more.blocks)
    end: list[Block] = [Paragraph(ex.world.phrase("rien_de_plus"))]
    if fiche is not None and fiche.who_knows:
        end.append(who_knows([ex.world.knowledge.contacts[key] for key in fiche.who_knows]))
    yield replace(part, blocks=tuple(end))


def _of_use(ex: Exchange, more: Part) -> Part | None:
    """What the details have for this question: the lines that share a word with it, if any."""
    asked = stems(ex.world, ex.turn.text)
    kept: list[Block] = []
    for block in more.blocks:
        if isinstance(block, Bullets):
            items = tuple(item for item in block.items if asked & stems(ex.world, item))
            kept += [Bullets(items)] if items else []
        elif isinstance(block, Paragraph) and asked & stems(ex.world, block.text):
            kept.append(block)
    notes = [block for block in more.blocks if isinstance(block, SourceNote)]
    return _added(ex, more, [*kept, *notes]) if kept else None


def _added(ex: Exchange, more: Part, blocks: Iterable[Block]) -> Part:
    return replace(more, blocks=(Paragraph(ex.world.phrase("deja_dit_plus")), *blocks))


def _words(text: str) -> list[str]:
    return [word for word in words(text[:MESSAGE_KEPT]) if not word.isdigit()]


def _sentence_for(ex: Exchange, text: str) -> str:
    """The sentence that shares most words with the question, else the first."""
    asked = stems(ex.world, ex.turn.text)
    return max(sentences(text), key=lambda each: len(asked & stems(ex.world, each)))
