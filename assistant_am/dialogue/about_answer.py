"""Acts about the last answer, and courtesy: « d'où ça vient ? », « pourquoi ? », « merci »."""

from __future__ import annotations

from dataclasses import replace

from assistant_am.dialogue import explain, smalltalk
from assistant_am.dialogue.aid_answers import (
    SUBJECT_AMOUNT,
    SUBJECT_BUDGET,
    SUBJECT_ELIGIBILITY,
    steps_part,
)
from assistant_am.dialogue.choices import next_steps
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import details_part
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.subjects import for_fiche
from assistant_am.rendering.blocks import text_blocks


def act_answer(ex: Exchange, label: str) -> Part:
    """The answer to an act: what is no subject."""
    world, memory = ex.world, ex.memory
    match label:
        case "demander_source":
            return explain.source_part(world, memory)
        case "demander_fraicheur":
            return explain.freshness_part(world, memory)
        case "contester":
            return explain.doubt_part(world, memory)
        case "demander_plus":
            return _more(ex) or Part(text_blocks(world.phrase("pas_de_details")))
        case "demander_pourquoi":
            return explain.why_part(world, memory, _more(ex))
        case "demander_calcul":
            if memory.subject in (SUBJECT_AMOUNT, SUBJECT_BUDGET, SUBJECT_ELIGIBILITY):
                return steps_part(world, memory.situation)
            return Part(text_blocks(world.phrase("pas_de_calcul")), subject=memory.subject)
        case "annuler":
            return _cancel(ex)
        case "frustration":
            return smalltalk.protest_part(world, memory)
        case "rappel_situation":
            return explain.situation_part(world, memory)
        case _ if label in smalltalk.OUTSIDE:
            return smalltalk.outside_part(world, label, memory)
        case _ if label in smalltalk.COURTESY:
            return smalltalk.courtesy_part(world, label, memory)
    return smalltalk.missed_part(world, memory)


def _more(ex: Exchange) -> Part | None:
    subject = ex.memory.subject
    if subject == SUBJECT_AMOUNT:
        return steps_part(ex.world, ex.memory.situation)
    if subject is None:
        return Part(text_blocks(ex.world.phrase("sans_sujet")), next_steps(ex.world, ex.memory))
    return details_part(ex.world, subject, for_fiche(ex))


def _cancel(ex: Exchange) -> Part:
    key = "annuler" if ex.memory.pending or ex.memory.guided else "rien_a_annuler"
    ex.memory = replace(ex.memory, pending=None, guided=False)
    return Part(
        text_blocks(ex.world.phrase(key)),
        next_steps(ex.world, ex.memory),
        subject=ex.memory.subject,
        alone=True,
    )
