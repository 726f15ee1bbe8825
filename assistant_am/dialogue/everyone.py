"""When a message is about all the doctors named, and the answer then."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant_am.dialogue import doctors
from assistant_am.dialogue.aid_answers import (
    SUBJECT_AMOUNT,
    SUBJECT_ELIGIBILITY,
    everyone_part,
)
from assistant_am.dialogue.contract_year import year_now
from assistant_am.dialogue.exchange import FEW_WORDS, NAMED, Exchange
from assistant_am.dialogue.memory import AID_SLOTS, Memory
from assistant_am.dialogue.panel import SUBJECT_PANEL
from assistant_am.dialogue.part import Part
from assistant_am.french.fold import fold

_YEARS = ("annee", "horizon")
_HIM = re.compile(r"\b(?:pour|a|de|chez|et|mais) (?:lui|elle)\b|\bson (?:cas|aide)\b")


def is_about_everyone(ex: Exchange) -> bool:
    """Two doctors described, the sum of those known, or one corrected in the table of all."""
    if ex.roll and ex.roll.several and ex.roll.describes:
        return True
    corrected = (
        ex.roll is not None and ex.roll.describes and ex.before.everyone and not asks_else(ex)
    )
    known = ex.memory.subject in (SUBJECT_AMOUNT, SUBJECT_ELIGIBILITY, None)
    left = [word for word in ex.residue if not doctors.is_a_word_for_all(word)]
    wants_all = doctors.means_all(ex.turn.text, ex.memory) and (
        ex.said.operation == "total" or (known and len(left) <= FEW_WORDS)
    )
    one = ex.memory.doctor is not None and bool(_HIM.search(fold(ex.turn.text)))
    follows = (
        ex.roll is None
        and ex.before.everyone
        and not one
        and not ex.residue
        and _asks_other_years(ex)
    )
    return corrected or wants_all or follows


def asks_else(ex: Exchange) -> bool:
    """« le Dr B est-il éligible en secteur 2 ? » is about him alone."""
    request = ex.turn.requests[0]
    subject = request.label if request.label in ex.world.knowledge.fiches else SUBJECT_AMOUNT
    sure = request.trust == "sur" and request.probability >= NAMED
    return bool(ex.residue) and sure and subject != SUBJECT_AMOUNT


def _asks_other_years(ex: Exchange) -> bool:
    return bool(ex.said.slots) and ex.said.slots <= {"annee", "horizon", "operation"}


def everyone_answer(ex: Exchange) -> Part:
    """All the doctors side by side, for the year or the years asked."""
    asked = {k: v for k, v in ex.said.values.items() if k in _YEARS} or _asked_before(ex)
    ex.memory = replace(doctors.remember(_told_of_all(ex)), everyone=True, pending=None)
    if asked:
        # The years asked of all are those of each, until others are asked.
        of_all = {
            name: {k: v for k, v in situation.items() if k not in _YEARS} | asked
            for name, situation in ex.memory.doctors.items()
        }
        ex.memory = replace(ex.memory, doctors=of_all)
    current = {
        name: {**situation, "annee": [rank]}
        for name, situation in ex.memory.doctors.items()
        if (rank := year_now(ex.world, situation, ex.said, ex.turn.text))
    }
    ex.memory = replace(ex.memory, doctors={**ex.memory.doctors, **current})
    total = "horizon" in asked or len(asked.get("annee", ())) > 1
    return everyone_part(ex.world, ex.memory.doctors, asked, total=total)


def _told_of_all(ex: Exchange) -> Memory:
    """« Des mi-temps pour les trois »: said of each of those known."""
    told = {k: v for k, v in ex.said.values.items() if k in AID_SLOTS and k not in _YEARS}
    if ex.roll is not None or not told:
        return ex.memory
    known = {name: {**situation, **told} for name, situation in ex.memory.doctors.items()}
    return replace(ex.memory, doctors=known)


def _asked_before(ex: Exchange) -> dict[str, Any]:
    """A correction in the table of all keeps the years asked, unless each has told his own."""
    before = ex.before
    own = all("annee" in situation for situation in before.doctors.values())
    if ex.roll is None or not before.everyone or own:
        return {}
    return {k: v for k, v in before.situation.items() if k in _YEARS and v}


def computed_subject(ex: Exchange) -> str:
    """What is asked again of another doctor: the last computed subject, else the amount."""
    fiche = ex.world.knowledge.fiches.get(ex.memory.subject or "")
    if fiche is not None and fiche.id == SUBJECT_PANEL:
        return SUBJECT_PANEL
    computed = fiche is not None and fiche.computation not in (None, "estimation")
    return fiche.id if computed and fiche else SUBJECT_AMOUNT
