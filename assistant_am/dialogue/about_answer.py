"""Acts about the last answer, and courtesy: « d'où ça vient ? », « pourquoi ? », « merci »."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant_am.dialogue import explain, smalltalk
from assistant_am.dialogue.aid_answers import (
    SUBJECT_AMOUNT,
    SUBJECT_BUDGET,
    SUBJECT_ELIGIBILITY,
    steps_part,
)
from assistant_am.dialogue.choices import next_steps
from assistant_am.dialogue.disputed import disputed_part
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import details_part
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.subjects import for_fiche
from assistant_am.french.fold import fold, words
from assistant_am.rendering.blocks import text_blocks

_ON_THE_BOT = re.compile(
    r"\b(?:repon\w*|questions?|compre\w*|compri\w*|entend\w*|ecout\w*|lis|lisez|hors sujet"
    r"|rien a voir|demand\w*|sers?|servez|nul\w*|debile\w*|bot|robot|machine|rond|toujours pareil"
    r"|deja dit|repet\w*|aides?|aidez)\b"
)
_A_GRUMBLE = 3
"""Words: a shorter protest is about the answer as a whole."""


def act_answer(ex: Exchange, label: str) -> Part:
    """The answer to an act: what is no subject."""
    world, memory = ex.world, ex.memory
    match label:
        case "demander_source":
            return explain.source_part(world, memory)
        case "demander_fraicheur":
            return explain.freshness_part(world, memory)
        case "contester":
            return disputed_part(ex)
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
            return _protest(ex)
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


def _protest(ex: Exchange) -> Part:
    """« Ce n'est pas ma question » is about the bot; another grumble is about what was said."""
    if _ON_THE_BOT.search(fold(ex.turn.text)) or len(words(ex.turn.text)) <= _A_GRUMBLE:
        return smalltalk.protest_part(ex.world, ex.memory)
    if ex.memory.subject is None:
        return smalltalk.presentation_part(ex.world, ex.memory, ex.turn.text)
    return disputed_part(ex)


def _cancel(ex: Exchange) -> Part:
    key = "annuler" if ex.memory.pending or ex.memory.guided else "rien_a_annuler"
    ex.memory = replace(ex.memory, pending=None, guided=False)
    return Part(
        text_blocks(ex.world.phrase(key)),
        next_steps(ex.world, ex.memory),
        subject=ex.memory.subject,
        alone=True,
    )
