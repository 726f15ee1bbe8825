"""« Estimer mon aide »: the questions that change the amount, one at a time, never twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.aid_answers import SUBJECT_AMOUNT, amount_part, refused_input
from assistant_am.dialogue.choices import options
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.script import Question
from assistant_am.dialogue.world import World, situation_for_aid
from assistant_am.rendering.blocks import (
    Block,
    Bullets,
    Paragraph,
    SourceNote,
    Suggestion,
    Table,
)
from assistant_am.rendering.links import calculator_of

_SECOND_FTE = 1


def guided_part(world: World, memory: Memory, said: Said, *, brief: bool = False) -> Part:
    """The result with what is known, then the next question that would change it.

    `brief`: only the question, while there is one; the figures would push its choices out of sight.
    """
    inputs = situation_for_aid(memory.situation)
    try:
        case = aid.Case.from_french(inputs, world.parameters)
        estimate = aid.estimate(case, world.parameters, world.today)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    refused = estimate.status == "not_eligible"
    question = None if refused else next_question(world, memory, estimate)
    operation = None if refused else memory.operation
    found = amount_part(world, memory.situation, replace(said, operation=operation))
    if question is None:
        return Part(
            found.blocks, found.suggestions, subject=SUBJECT_AMOUNT, cited=found.cited, guided=False
        )
    return Part(
        blocks=(
            *(() if brief else _so_far(found)),
            calculator_of(case, open_now=True),
            Paragraph(question.text),
        ),
        choices=options(question),
        subject=SUBJECT_AMOUNT,
        cited=found.cited,
        pending=question.slot,
        guided=True,
    )


def _so_far(found: Part) -> tuple[Block, ...]:
    """The figures known at this point and their source; the remarks come with the result."""
    figures = [block for block in found.blocks if isinstance(block, Table | Bullets)]
    notes = [block for block in found.blocks if isinstance(block, SourceNote)]
    return (found.blocks[0], *figures[:1], *notes)


def next_question(world: World, memory: Memory, estimate: aid.Estimate) -> Question | None:
    """The first question whose answer is unknown and would change the amount or the right to it."""
    for slot, question in world.questions.items():
        if slot in memory.unknown or question.only_if == "budget":
            continue
        if _is_known(slot, memory.situation) or not _matters(slot, memory.situation, estimate):
            continue
        return question
    return None


def ask_again(world: World, pending: str) -> tuple[Paragraph, tuple[Suggestion, ...]]:
    """The pending question once more, after a digression."""
    question = world.questions[pending]
    return Paragraph(question.text), options(question)


def why_part(world: World, pending: str) -> Part:
    """« Pourquoi ? » in the middle of the questions."""
    question = world.questions[pending]
    return Part(
        (Paragraph(question.why), Paragraph(question.text)),
        choices=options(question),
        pending=pending,
    )


def not_an_answer_part(world: World, pending: str) -> Part:
    """The answer could not be read: say what is expected, and ask again."""
    question = world.questions[pending]
    return Part(
        (
            Paragraph(f"Je n'ai pas compris votre réponse : j'attends {question.expected}."),
            Paragraph(question.text),
        ),
        choices=options(question),
        pending=pending,
    )


def _is_known(slot: str, situation: Mapping[str, Any]) -> bool:
    if slot == "optam":
        return situation.get("secteur") not in (None, "secteur_2")
    if slot == "annee":
        return "annee" in situation or "horizon" in situation
    if slot == "tranche" and situation.get("patients") is not None:
        return False
    return slot in situation


def _matters(slot: str, situation: Mapping[str, Any], estimate: aid.Estimate) -> bool:
    second = (situation.get("quotite") or 0) > _SECOND_FTE
    match slot:
        case "optam":
            return situation.get("secteur") == "secteur_2"
        case "zip" | "mep" | "premier_contrat_temps_plein" | "objectifs_atteints":
            return second
        case "specialite" | "secteur":
            return True
        case "tranche":
            settled = any(
                c.condition == "patients" and c.state == "met"
                for c in estimate.assessment.conditions
            )
            return "band" in estimate.decided_by or not settled
        case "quotite":
            return "fte" in estimate.decided_by
        case _:
            return True
