"""A message that comes while a question of the bot waits for its answer."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant_am.dialogue import explain, guided
from assistant_am.dialogue.aid_answers import SUBJECT_BUDGET, budget_part
from assistant_am.dialogue.everyone import everyone_answer
from assistant_am.dialogue.exchange import FEW_WORDS, Exchange
from assistant_am.dialogue.memory import SITUATION_OF_THE_AID
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.pending import answered
from assistant_am.french.format import NBSP, number
from assistant_am.rendering.blocks import Paragraph

_TOLD = ("aucune", "reponse")
"""Labels of what only tells, or answers a question of ours."""
_FIGURE = re.compile(r"\d")


def pending_answer(ex: Exchange) -> Part | None:
    """The answer to the question put, or None when the message is about something else."""
    pending = ex.memory.pending
    assert pending is not None
    request = ex.turn.requests[0]
    label = request.label if request.trust == "sur" else ""
    if label == "demander_pourquoi":
        return guided.why_part(ex.world, pending)
    if label == "ne_sait_pas":
        unknown = (*ex.memory.unknown, pending)
        ex.memory = replace(ex.memory, unknown=unknown, pending=None)
        return _go_on(ex, pending)
    value = answered(pending, ex.turn, label, ex.said)
    if value is not None:
        ex.memory = replace(ex.memory.with_situation(value), pending=None)
        part = _go_on(ex, pending)
        return _counting(part, value["patients"]) if "patients" in value else part
    if ex.said.slots and not ex.residue:
        if not ex.said.slots.isdisjoint(SITUATION_OF_THE_AID):
            return _go_on(ex, pending)
        # « et celle d'avant ? » changes nothing that has a name.
        if changed := ex.said.slots & set(ex.world.changes):
            return explain.same_for_all_part(ex.world, ex.memory, changed)
    outside = request.trust == "hors_sujet" and len(ex.residue) > FEW_WORDS
    remark = label in _TOLD and len(ex.residue) > FEW_WORDS and not _FIGURE.search(ex.turn.text)
    if outside or remark or label not in ("", *_TOLD):
        return None
    return guided.not_an_answer_part(ex.world, pending)


def _counting(part: Part, patients: int) -> Part:
    """« 1 100 », where a percentile is asked for: what it was taken for."""
    noted = Paragraph(f"Je note {number(patients)}{NBSP}patients.")
    return replace(part, blocks=(noted, *part.blocks))


def _go_on(ex: Exchange, pending: str) -> Part:
    if ex.memory.everyone:
        return everyone_answer(ex)
    if pending == "salaire_brut" or ex.memory.subject == SUBJECT_BUDGET:
        return budget_part(ex.world, ex.memory.situation)
    memory = replace(ex.memory, pending=None)
    # Who told more, or corrected something, sees what it changes.
    # So does who had asked for an amount, and was told that a value cannot be.
    brief = ex.memory.guided and ex.said.slots <= {pending}
    return guided.guided_part(ex.world, memory, ex.said, brief=brief)
