"""Never the same text twice: what is new for this question, else the point again, in short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import about, who_may_know
from assistant_am.dialogue.leftovers import best_line, keys, rows
from assistant_am.dialogue.memory import MESSAGE_KEPT, mark
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.shared_words import sentences, stems
from assistant_am.dialogue.subjects import subject_answer
from assistant_am.french.fold import fold, words
from assistant_am.knowledge import Fiche
from assistant_am.meaning import Request
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, SourceNote, Table, as_text

_BESIDE = 0.2
"""Of a second reading: from this probability it is answered in place of a repetition."""
_NAMED_BESIDE = 0.1
"""The same, where the question names something that this reading is about."""
_LONG = 6
_PAY, _EUROS, _FLOOR = "salaire", "€", "SMIC"
_CONFIRMS = re.compile(
    r"\W*(?:(?:ah|ok|bon|et|mais)\W+)*(?:donc|en gros|en clair|bref|si je comprends)\b"
)
"""« Donc c'est lui qui paie »: what was said, said back."""
_LEANS = re.compile(
    r"(?:\*\*)?(?:Ils?|Elles?|Ce|Cet|Cette|Ces|C'est|Cela|Sans lui|Sans elle|Pour le reste|Dans ce"
    r"|La seconde|Le second|L'autre|Exception|Aussi|Puis|Ensuite|Avec lui|De même|Mais)\b"
)
"""A sentence that means nothing without the one before it."""


def mark_of(part: Part) -> str:
    """A short mark of an answer's words, kept in place of the words."""
    return mark(as_text(part.blocks))


def fresh(ex: Exchange, part: Part, request: Request | None = None) -> Part:
    """The part itself, or the first of what may replace it that was not said yet; the same words
    typed again ask for the same answer."""
    if _words(ex.turn.text) == _words(ex.before.message):
        return part
    last = part
    for last in _versions(ex, part, request):
        if mark_of(last) not in ex.memory.given:
            break
    return last


def _versions(ex: Exchange, part: Part, request: Request | None) -> Iterator[Part]:
    yield part
    fiche = ex.world.knowledge.fiches.get(part.subject or "")
    question = (request.text if request else "") or ex.turn.text
    if fiche is not None and (line := best_line(ex, fiche, part, question)):
        yield line
    if request is not None:
        yield from _second_readings(ex, request, question)
    told = [block for block in part.blocks if not isinstance(block, SourceNote)]
    if fiche is None or fiche.computation is not None:
        # A figure asked for a third time is given all the same, without what stood around it.
        figures = told[:2] if any(isinstance(b, Bullets | Table) for b in told[1:2]) else told[:1]
        yield replace(part, blocks=tuple(figures))
        yield replace(part, blocks=(Paragraph(ex.world.phrase("toujours_vrai")), *figures))
        return
    short = _short(ex, fiche, told, question)
    if short:
        asked = stems(ex.world, question)
        if asked <= stems(ex.world, as_text(short)) or _CONFIRMS.match(fold(question)):
            yield replace(part, blocks=short)
        elif asked & stems(ex.world, as_text(tuple(told))):
            # What is asked stands in the rest: « rien de plus » would be false.
            yield replace(part, blocks=tuple(told))
    best, *others = rows(ex, fiche, question) or ("",)
    if best:
        under = (source_note(ex.world.knowledge.sources[key] for key in fiche.sources),)
        yield replace(part, blocks=(*short, Paragraph(best), *(under if fiche.sources else ())))
        for row in others:
            yield replace(part, blocks=(Paragraph(row), *(under if fiche.sources else ())))
    end = (
        Paragraph(ex.world.phrase("rien_de_plus")),
        who_may_know(ex.world, ex.memory, fiche, "en dire plus"),
    )
    if short:
        yield replace(part, blocks=(*short, *end))
    yield replace(part, blocks=end)


def _short(ex: Exchange, fiche: Fiche, told: Sequence[Block], question: str) -> tuple[Block, ...]:
    """The point of an answer, with the list that it opens; of a pay, its legal floor too."""
    if not told or not isinstance(told[0], Paragraph):
        return ()
    point = point_for(ex, told[0].text, question)
    if fiche.theme == _PAY and _EUROS in point and _FLOOR not in point:
        floor = next((each for each in sentences(told[0].text) if _FLOOR in each), "")
        point = f"{point} {floor}".strip()
    return (Paragraph(point), *(told[1:2] if point.endswith(":") else []))


def _second_readings(ex: Exchange, request: Request, question: str) -> Iterator[Part]:
    """What else the question may ask, and nobody has answered yet."""
    memory, fiches = ex.memory, ex.world.knowledge.fiches
    for label, probability in request.ranking:
        known = label in fiches and label not in ex.world.knowledge.hidden
        if not known or label in (request.label, *memory.subjects):
            continue
        named = stems(ex.world, question) & about(ex.world, fiches[label])
        if probability >= (_NAMED_BESIDE if named else _BESIDE):
            other = subject_answer(ex, label, question)
            if not (other.pending or other.guided):
                yield other
            ex.memory = memory


def point_for(ex: Exchange, text: str, question: str) -> str:
    """The sentence of a text that shares most words with a question and stands alone, else the
    first."""
    asked, said = keys(ex, question), _long_words(question)
    first, *others = sentences(text)
    alone = [first, *(each for each in others if not _LEANS.match(each))]
    # « Donc elle m'embauche ? »: a word that many subjects have still tells two sentences apart.
    return max(alone, key=lambda each: (len(asked & keys(ex, each)), len(said & _long_words(each))))


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) >= _LONG)


def _words(text: str) -> list[str]:
    return [word for word in words(text[:MESSAGE_KEPT]) if not word.isdigit()]
