"""« Et à mi-temps ? », « et pour une infirmière ? »: the last subject, one thing changed."""

from __future__ import annotations

from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.aid_answers import SUBJECT_AMOUNT, SUBJECT_BUDGET, SUBJECT_ELIGIBILITY
from assistant_am.dialogue.fiches import responds_to
from assistant_am.dialogue.memory import AID_SLOTS, DOCTOR_SLOTS, Memory
from assistant_am.dialogue.turn import Turn
from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold, words
from assistant_am.knowledge import Fiche

_COMPUTED = (SUBJECT_AMOUNT, SUBJECT_ELIGIBILITY, SUBJECT_BUDGET, "estimer_aide")
_AMOUNT_SLOTS = frozenset(
    {"quotite", "annee", "horizon", "tranche", "bareme", "date_contrat", "second_assistant"}
)
_PROFILE_HOME = "acces_metier"


def residue(world: World, turn: Turn) -> list[str]:
    """Words of the message that are neither a value nor a filler: what it asks by itself."""
    covered = list(turn.text)
    for entity in turn.entities:
        covered[entity.start : entity.end] = " " * (entity.end - entity.start)
    return [
        word
        for word in words(fold("".join(covered)))
        if word not in world.script.empty_words and not word.isdigit()
    ]


def target(world: World, memory: Memory, said: Said) -> str | None:
    """Subject that a message made of values alone is about; None when nothing fits."""
    slots = set(said.slots - {"operation"})
    if said.operation and about_amount(memory, said):
        slots.add("operation")
    fiche = world.knowledge.fiches.get(memory.subject or "")
    if fiche is not None:
        for slot in slots:
            for key in (f"{slot}={said.values.get(slot)}", slot):
                if key in fiche.ellipses:
                    return fiche.ellipses[key]
    aid_slots = slots & (_AMOUNT_SLOTS | {"operation", "montant_cite"})
    doctor_slots = slots & DOCTOR_SLOTS
    if memory.subject in _COMPUTED and (slots & set(AID_SLOTS) or aid_slots or doctor_slots):
        return memory.subject
    if fiche is not None and responds_to(fiche, frozenset(slots)):
        return fiche.id
    if aid_slots:
        return SUBJECT_AMOUNT
    if doctor_slots:
        return SUBJECT_ELIGIBILITY
    if "profil" in slots:
        return _PROFILE_HOME
    if "salaire_brut" in slots:
        return SUBJECT_BUDGET
    return None


def about_amount(memory: Memory, said: Said) -> bool:
    """An input of the amount was said, or another input of the aid after a computed answer."""
    after_amount = memory.subject in _COMPUTED and not said.slots.isdisjoint(
        {*AID_SLOTS, "operation"}
    )
    return after_amount or not _AMOUNT_SLOTS.isdisjoint(said.slots)


def varies(fiche: Fiche, said: Said) -> bool:
    """Does one of the values said lead from this fiche to another answer?"""
    keys = {f"{slot}={value}" for slot, value in said.values.items()} | said.slots
    return responds_to(fiche, said.slots) or not keys.isdisjoint(fiche.ellipses)
