"""The answer to a turn: emergency first, then the rules in their order, then what was pending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant_am.dialogue import doctors, guided, smalltalk
from assistant_am.dialogue.acts import RESETS
from assistant_am.dialogue.attention import fitting
from assistant_am.dialogue.choices import starters, suited
from assistant_am.dialogue.exchange import NAMED, Exchange
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.place import located
from assistant_am.dialogue.repetition import mark_of
from assistant_am.dialogue.rules import apply_rules
from assistant_am.dialogue.said_once import without_repeats
from assistant_am.dialogue.world import World
from assistant_am.meaning import Meaning
from assistant_am.rendering.blocks import Alert, Block, Paragraph, Reply, text_blocks

FORGETS_AFTER = 30 * 60
"""Seconds of silence after which the situation is forgotten, and nothing is read in its light."""


@dataclass(frozen=True)
class Response:
    """What to say, what to remember, the `rule` that answered and the `subjects` answered;
    `beside` are those of second readings, answered too."""

    reply: Reply
    memory: Memory
    rule: str
    subjects: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def respond(world: World, meaning: Meaning, memory: Memory, idle_seconds: float = 0) -> Response:
    """Answer a message.

    After half an hour of silence (`idle_seconds`) the situation is forgotten, and that is said.
    """
    emergency = meaning.emergency
    if emergency and emergency.plain:
        part = smalltalk.emergency_part(world, emergency.kind)
        after = replace(memory, pending=None, guided=False, greeted=True)
        return Response(Reply(part.blocks), after.hearing(meaning.text), "urgence")
    if not meaning.text.strip():
        reply = Reply(text_blocks(world.phrase("vide")), starters(world))
        return Response(reply, memory, "vide")
    forgets = idle_seconds > FORGETS_AFTER and bool(memory.situation or memory.subject)
    start = Memory(greeted=True) if forgets else memory
    world, start = located(world, meaning.text, start)
    response = _answer(Exchange(world, meaning, start))
    before: list[Block] = []
    if emergency:
        before.append(Alert(world.phrase("urgence_possible")))
    if forgets:
        before.append(Paragraph(world.phrase("oubli")))
    reply = response.reply
    return replace(response, reply=replace(reply, blocks=(*before, *reply.blocks)))


def _answer(ex: Exchange) -> Response:
    reset = _reset(ex)
    if reset is not None:
        return reset
    rule, parts = apply_rules(ex)
    reply, memory = _assemble(ex, parts)
    answered = tuple(dict.fromkeys(part.subject for part in parts if part.subject))
    beside = tuple(part.beside for part in parts if part.beside)
    return Response(reply, memory.hearing(ex.turn.text), rule, answered, beside)


def _reset(ex: Exchange) -> Response | None:
    """« Recommencer » and « efface mes données » leave nothing of the situation: only when that
    is plainly what was asked."""
    request = ex.turn.requests[0]
    if request.trust == "sur" and request.label in RESETS and request.probability >= NAMED:
        blocks = text_blocks(ex.world.phrase(request.label))
        reply = Reply(blocks, starters(ex.world))
        return Response(reply, Memory(greeted=True), request.label)
    return None


def _assemble(ex: Exchange, parts: Sequence[Part]) -> tuple[Reply, Memory]:
    last = parts[-1]
    blocks = tuple(block for part in parts for block in part.blocks)
    memory = ex.memory
    kindness = _kindness(ex, parts[0])
    if kindness is not None:
        blocks = (*kindness.blocks, *blocks)
        memory = replace(memory, given=(*memory.given, mark_of(kindness)))
    for part in parts:
        if part.doctor:
            memory = doctors.switch(memory, part.doctor)
        memory = memory.with_situation(dict.fromkeys(part.forget))
    pending = last.pending
    choices = last.choices
    digression = ex.before.pending is not None and pending is None and last.guided is None
    asks_again = bool(digression and not last.alone and ex.memory.pending)
    if asks_again and ex.before.asked_again:
        # Who went elsewhere twice is no longer answering it.
        asks_again = False
    elif asks_again and ex.memory.pending:
        pending = ex.memory.pending
        question, choices = guided.ask_again(ex.world, pending)
        blocks = (*blocks, question)
    first = ex.turn.requests[0]
    is_guided = last.guided if last.guided is not None else memory.guided and pending is not None
    blocks, memory = without_repeats(memory, blocks, guided=is_guided and pending is not None)
    if not memory.greeted and not last.alone and first.label != "saluer":
        blocks = (*blocks, Paragraph(ex.world.phrase("premier_message")))
    in_full = {part.subject for part in parts if part.subject and not part.alone}
    answered = in_full | {part.beside for part in parts if part.beside}
    memory = replace(
        memory,
        subject=last.subject or memory.subject,
        pending=pending,
        asked_again=asks_again,
        guided=is_guided,
        cited=_cited(parts) or memory.cited,
        misses=memory.misses + 1 if first.trust == "incompris" else 0,
        greeted=True,
        given=(*memory.given, *(mark_of(part) for part in parts)),
        subjects=tuple(dict.fromkeys((*memory.subjects, *sorted(answered)))),
    )
    asks = pending is not None or ex.turn.requests[-1].trust == "hesitant"
    suggestions = suited(ex.world, memory, last.suggestions, in_full)
    return Reply(blocks, suggestions, choices, asks and bool(choices)), memory


def _cited(parts: Sequence[Part]) -> dict[str, list[str]]:
    """What all the answers of a message rest on, for « d'où ça vient ? »."""
    kinds = dict.fromkeys(kind for part in parts for kind in part.cited)
    return {
        kind: list(dict.fromkeys(key for part in parts for key in part.cited.get(kind, ())))
        for kind in kinds
    }


def _kindness(ex: Exchange, first: Part) -> Part | None:
    """A clause before the fact, when the message calls for one that was not said yet."""
    label = ex.turn.requests[0].label
    fiche = ex.world.knowledge.fiches.get(label)
    if fiche is None or first.subject != label or ex.button or ex.turn.emergency:
        return None
    found = fitting(ex.world.attentions, ex.turn.text, fiche.theme)
    part = Part(text_blocks(found.text)) if found else None
    return part if part and mark_of(part) not in ex.memory.given else None
