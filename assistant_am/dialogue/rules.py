"""The order of a conversation, on one page.

Each rule looks at the exchange and gives the parts of the answer, or None to leave it to the next.
The first that answers wins; its name goes with the answer (`assistant-am explain` shows it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant_am.dialogue.aid_answers import SCALES, SUBJECT_ELIGIBILITY
from assistant_am.dialogue.choices import options
from assistant_am.dialogue.definition import definition_part
from assistant_am.dialogue.everyone import (
    asks_else,
    computed_subject,
    everyone_answer,
    is_about_everyone,
)
from assistant_am.dialogue.exchange import FEW_WORDS, NAMED, Exchange
from assistant_am.dialogue.expected import pending_answer
from assistant_am.dialogue.panel import SUBJECT_BANDS, band_part
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.place import place_answer
from assistant_am.dialogue.repetition import fresh
from assistant_am.dialogue.requests import TELLS, request_answer
from assistant_am.dialogue.residue import residue
from assistant_am.dialogue.several import named
from assistant_am.dialogue.subjects import subject_answer
from assistant_am.meaning import Request
from assistant_am.rendering.blocks import text_blocks


@dataclass(frozen=True)
class Rule:
    """`answer` gives the parts of the answer, None when the rule does not apply."""

    name: str
    answer: Callable[[Exchange], Sequence[Part] | None]


def _button(ex: Exchange) -> Sequence[Part] | None:
    return [fresh(ex, subject_answer(ex, ex.button, ex.turn.text))] if ex.button else None


def _definition(ex: Exchange) -> Sequence[Part] | None:
    """« c'est quoi la ZIP ? »: before our own question, which it does not answer."""
    part = definition_part(ex)
    return [part] if part else None


def _impossible_date(ex: Exchange) -> Sequence[Part] | None:
    """« 31/06/2024 »: what is wrong with it, before anything is computed from it."""
    dates = ex.turn.values("date_impossible")
    if not dates:
        return None
    text = ex.world.phrase("date_impossible").replace("[date]", str(dates[0]))
    pending = ex.memory.pending
    choices = options(ex.world.questions[pending]) if pending else SCALES
    return [Part(text_blocks(text), (), choices, ex.memory.subject, pending=pending)]


def _band_asked(ex: Exchange) -> Sequence[Part] | None:
    """« Suis-je au P30 ? »: asked, not told; with the other conditions when these are asked too."""
    if ex.band_asked is None or ex.roll:
        return None
    words = ex.turn.text[ex.band_asked.start : ex.band_asked.end]
    part = band_part(ex.world, words, ex.memory.situation)
    if part is None:
        return None
    told = ex.said.slots & {"specialite", "secteur"}
    if told and any(each.label == SUBJECT_ELIGIBILITY for each in ex.turn.requests):
        right = subject_answer(ex, SUBJECT_ELIGIBILITY, ex.turn.text)
        return [part, right] if part.subject == SUBJECT_BANDS else [right]
    return [fresh(ex, part)]


def _all_doctors(ex: Exchange) -> Sequence[Part] | None:
    return [everyone_answer(ex)] if is_about_everyone(ex) else None


def _answer_to_our_question(ex: Exchange) -> Sequence[Part] | None:
    part = pending_answer(ex) if ex.memory.pending else None
    return [part] if part else None


def _one_doctor(ex: Exchange) -> Sequence[Part] | None:
    """« et le Dr B ? »: what was computed last, for him."""
    if not ex.roll or len(ex.residue) > FEW_WORDS or asks_else(ex):
        return None
    first = ex.turn.requests[0]
    if ex.before.subject is None and first.trust == "sur" and first.label != TELLS:
        return None
    return [subject_answer(ex, computed_subject(ex), ex.turn.text, follows=True)]


def _requests(ex: Exchange) -> Sequence[Part] | None:
    """Each request is answered after the one before it, as if it had come alone."""
    parts: list[Part] = []
    asked = [each for each in ex.turn.requests if not _values_alone(ex, each)]
    questions = [each for each in asked if each.label != TELLS or each.trust == "incompris"]
    for request in questions or asked[:1] or ex.turn.requests[:1]:
        part = request_answer(ex, request)
        parts.append(named(ex, request, part) if len(questions) > 1 else part)
        last = parts[-1]
        subject, cited = last.subject or ex.memory.subject, last.cited or ex.memory.cited
        ex.memory = replace(ex.memory, subject=subject, cited=cited)
    return parts


def _values_alone(ex: Exchange, request: Request) -> bool:
    """« …, année 2, P60 ? » beside a question holds its values."""
    fiche = ex.world.knowledge.fiches.get(request.label)
    named = request.probability >= NAMED and fiche is not None and fiche.computation is None
    if request.end is None or named:
        return False
    said = [e for e in ex.turn.entities if request.start <= e.start < request.end]
    return bool(said) and not residue(ex.world, ex.turn, request.start, request.end)


RULES = (
    Rule("bouton", _button),
    Rule("definition", _definition),
    Rule("date_impossible", _impossible_date),
    Rule("tranche_demandee", _band_asked),
    Rule("tous_les_medecins", _all_doctors),
    Rule("reponse_attendue", _answer_to_our_question),
    Rule("lieu", place_answer),
    Rule("un_medecin", _one_doctor),
    Rule("demandes", _requests),
)
"""After an emergency, an empty message and a plain wish to start again (`respond.py`)."""


def apply_rules(ex: Exchange) -> tuple[str, Sequence[Part]]:
    """The name of the first rule that answers, and its parts."""
    for rule in RULES:
        parts = rule.answer(ex)
        if parts is not None:
            return rule.name, parts
    raise AssertionError("the last rule answers everything")
