"""The answer to a turn: emergency first, then each question in order, then what was pending."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant_am.dialogue import doctors, explain, followup, guided, smalltalk
from assistant_am.dialogue.acts import RESETS
from assistant_am.dialogue.everyone import (
    asks_else,
    computed_subject,
    everyone_answer,
    is_about_everyone,
)
from assistant_am.dialogue.exchange import FEW_WORDS, NAMED, SURE, Exchange
from assistant_am.dialogue.expected import pending_answer
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.questions import (
    answer_among_others,
    elliptical_answer,
    is_an_act,
    names_a_subject,
    question_answer,
    tells_the_pay,
)
from assistant_am.dialogue.subjects import subject_answer
from assistant_am.dialogue.turn import Turn
from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold
from assistant_am.rendering.blocks import Paragraph, Reply, text_blocks

_FORGETS_AFTER = 30 * 60
_WHO = re.compile(
    r"\W*(?:et )?(?:(?:c'?\s?est|c) (?:qui|ki)(?: (?:ca|lui|elle|eux))?|(?:qui|ki) c'est)\W*$"
)

# « et c où ? », « c'est quand ? », not « d'où ? »: the place or the day of what was spoken of.
_WHERE = re.compile(
    r"\W*(?:(?:et|ok|mais|alors)\W+)*(?:(?:c'?\s?est|c)\s+)?(?:ou|quand|kan)"
    r"(?:\s+(?:ca|donc|exactement|du coup))?\W*$"
)


def respond(
    world: World, turn: Turn, memory: Memory, idle_seconds: float = 0
) -> tuple[Reply, Memory]:
    """Answer a message; returns what to say and what to remember.

    After half an hour of silence (`idle_seconds`) the situation is forgotten, and that is said.
    """
    if turn.emergency:
        part = smalltalk.emergency_part(world, turn.emergency)
        return Reply(part.blocks), replace(memory, pending=None, guided=False, greeted=True)
    if not turn.text.strip():
        return Reply(text_blocks(world.phrase("vide")), smalltalk.starters(world)), memory
    if idle_seconds > _FORGETS_AFTER and (memory.situation or memory.subject):
        reply, after = _answer(Exchange(world, turn, Memory(greeted=True)))
        forgotten = Paragraph(world.phrase("oubli"))
        return replace(reply, blocks=(forgotten, *reply.blocks)), after
    return _answer(Exchange(world, turn, memory))


def _answer(ex: Exchange) -> tuple[Reply, Memory]:
    reset = _reset(ex)
    if reset is not None:
        return reset
    parts = _parts(ex)
    return _assemble(ex, parts)


def _reset(ex: Exchange) -> tuple[Reply, Memory] | None:
    """« Recommencer » and « efface mes données » leave nothing of the situation: only when that
    is plainly what was asked."""
    segment = ex.turn.segments[0]
    if segment.band == SURE and segment.intent in RESETS and segment.confidence >= NAMED:
        blocks = text_blocks(ex.world.phrase(segment.intent))
        return Reply(blocks, smalltalk.starters(ex.world)), Memory(greeted=True)
    return None


def _parts(ex: Exchange) -> list[Part]:
    if ex.button:
        return [subject_answer(ex, ex.button, ex.turn.text)]
    if is_about_everyone(ex):
        return [everyone_answer(ex)]
    if _WHO.match(fold(ex.turn.text)):
        return [explain.who_part(ex.world, ex.memory)]
    if ex.memory.pending:
        part = pending_answer(ex)
        if part is not None:
            return [part]
    own_question = names_a_subject(ex) or asks_else(ex)
    if ex.roll and len(ex.residue) <= FEW_WORDS and not own_question:
        return [subject_answer(ex, computed_subject(ex), ex.turn.text, follows=True)]
    short = followup.short_question(ex.world, ex.memory, ex.turn.text, ex.residue)
    if short and not ex.said.slots and (not is_an_act(ex) or _WHERE.match(fold(ex.turn.text))):
        return [subject_answer(ex, short, ex.turn.text)]
    values_alone = (not ex.residue and ex.said.slots) or tells_the_pay(ex)
    if values_alone and not names_a_subject(ex):
        part = elliptical_answer(ex)
        if part is not None:
            return [part]
    return _one_after_another(ex)


def _one_after_another(ex: Exchange) -> list[Part]:
    """Each question is read after the answer to the one before it, as if it had come alone."""
    parts: list[Part] = []
    for segment in ex.questions:
        part = answer_among_others(ex, segment) if len(ex.questions) > 1 else None
        if part is None and parts and segment.band != SURE:
            # A few words after a question that was answered: « … ? ok ? ».
            continue
        parts.append(part or question_answer(ex, segment))
        subject = parts[-1].subject or ex.memory.subject
        ex.memory = replace(ex.memory, subject=subject, cited=parts[-1].cited or ex.memory.cited)
    return parts


def _assemble(ex: Exchange, parts: list[Part]) -> tuple[Reply, Memory]:
    last = parts[-1]
    blocks = tuple(block for part in parts for block in part.blocks)
    memory = ex.memory
    for part in parts:
        if part.doctor:
            memory = doctors.switch(memory, part.doctor)
        memory = memory.with_situation(dict.fromkeys(part.forget))
    pending = last.pending
    choices = last.choices
    digression = ex.before.pending is not None and pending is None and last.guided is None
    if digression and not last.alone and ex.memory.pending:
        pending = ex.memory.pending
        question, choices = guided.ask_again(ex.world, pending)
        blocks = (*blocks, question)
    missed = ex.turn.segments[0].band == "incompris"
    is_guided = last.guided if last.guided is not None else memory.guided and pending is not None
    if not memory.greeted and not last.alone and ex.turn.segments[0].intent != "saluer":
        blocks = (*blocks, Paragraph(ex.world.phrase("premier_message")))
    memory = replace(
        memory,
        subject=last.subject or memory.subject,
        pending=pending,
        guided=is_guided,
        cited=last.cited or memory.cited,
        misses=memory.misses + 1 if missed else 0,
        greeted=True,
    )
    asks = pending is not None or ex.turn.segments[-1].band == "hesitant"
    return Reply(blocks, last.suggestions, choices, asks and bool(choices)), memory
