"""« Et à mi-temps ? », « et pour une infirmière ? »: the last subject, one thing changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.aid_answers import SUBJECT_AMOUNT, SUBJECT_BUDGET, SUBJECT_ELIGIBILITY
from assistant_am.dialogue.changes import destination
from assistant_am.dialogue.fiches import responds_to
from assistant_am.dialogue.memory import AID_SLOTS, DOCTOR_SLOTS, SITUATION_OF_THE_AID, Memory
from assistant_am.dialogue.turn import Segment, Turn
from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold, words
from assistant_am.knowledge import Fiche, aspects
from assistant_am.reading.entity import Entity

_COMPUTED = (SUBJECT_AMOUNT, SUBJECT_ELIGIBILITY, SUBJECT_BUDGET, "estimer_aide")
_AMOUNT_SLOTS = frozenset(
    {"quotite", "annee", "horizon", "tranche", "bareme", "date_contrat", "second_assistant"}
)
STATE_AN_AMOUNT = frozenset({"quotite", "annee", "tranche", "horizon", "bareme"})
"""Two of these and no other subject are a question about the amount."""
_AID_ASKED = _AMOUNT_SLOTS | {"operation", "montant_cite"}
PROFILE_HOME = "acces_metier"
SUBJECT_SECOND = "second_assistant"
_TWO = 2
_FEW = 4
_LINKS = frozenset({"et", "c", "ce", "ca", "est", "cest"})
_THEMES_OF_THE_AID = frozenset({"aide", "conditions"})
_INPUTS_OF_THE_AID_ALONE = frozenset({"tranche", "bareme", "second_assistant"})
_NAMES_THE_AID = re.compile(r"\baides?\b(?![- ](?:a domicile|dent|hosp|med|menag|puer|soig))")
_REQUIRED = re.compile(
    r"\b(?:faut|obligatoire|oblige|besoin|necessaire|doit[- ]on|reserve)\b"
    r".{0,12}\b(?:etre|avoir|aux?|d'etre|d'avoir)\b"
)
_ALREADY = re.compile(
    r"\b(?:deja|quand on (?:est|a)|si (?:on|elle|il|je) (?:est|a|suis|ai)|"
    r"avec (?:un|le|mon) diplome|depuis (?:\w+ )?(?:ans?|mois|toujours|longtemps)|"
    r"en tant qu|titulaire|je suis|j'ai|elle est|il est)\b"
)


def residue(world: World, turn: Turn, segment: Segment | None = None) -> list[str]:
    """Words of the message, or of one of its questions, that are neither a value nor a filler:
    what it asks by itself."""
    start, end = (segment.start, segment.end) if segment else (0, None)
    return _uncovered(world, turn, turn.entities, start, end)


def _uncovered(
    world: World, turn: Turn, entities: Iterable[Entity], start: int, end: int | None
) -> list[str]:
    covered = list(turn.text)
    for entity in entities:
        covered[entity.start : entity.end] = " " * (entity.end - entity.start)
    return [
        word
        for word in words(fold("".join(covered[start:end])))
        if word not in world.script.empty_words and not word.isdigit()
    ]


def questions(world: World, turn: Turn) -> tuple[Segment, ...]:
    """The segments that ask something: « P92, deuxième année, 1 ETP » holds values alone."""
    if len(turn.segments) == 1:
        return turn.segments
    inputs = [entity for entity in turn.entities if entity.slot in SITUATION_OF_THE_AID]
    asking = tuple(
        segment
        for segment in turn.segments
        if segment.end is None
        or not any(segment.start <= each.start < segment.end for each in inputs)
        or _uncovered(world, turn, inputs, segment.start, segment.end)
    )
    if asking:
        return asking
    if residue(world, turn) and len({each.slot for each in inputs} & STATE_AN_AMOUNT) < _TWO:
        # « Dr Durand, 1 450 patients. Je voudrais embaucher ma secrétaire »: told, and read.
        return turn.segments[:1]
    return (replace(turn.segments[0], text=turn.text, band="incompris", intent=""),)


def target(
    world: World, memory: Memory, said: Said, text: str, *, about_self: bool = False
) -> str | None:
    """Subject that a message made of values alone is about; None when nothing fits.

    First what the last subject says of the change itself, then where `changements.yml` leads.
    """
    slots = set(said.slots - {"operation"})
    if said.operation and about_amount(memory, said):
        slots.add("operation")
    fiche = world.knowledge.fiches.get(memory.subject or "")
    if fiche is None or _turns_to_the_aid(fiche, slots, text):
        return _opens(slots)
    own = _of_last_subject(fiche, memory, said, slots, text)
    if own is not None:
        return own
    if about_self and "profil" in slots:
        # « je suis infirmière »: who one is opens a subject of its own.
        return PROFILE_HOME
    if len(slots & _AMOUNT_SLOTS) >= _TWO or slots & (DOCTOR_SLOTS | {"salaire_brut"}):
        return _opens(slots)
    return destination(world.changes, said.slots, fiche.theme)


def names_the_aid(text: str) -> bool:
    """« l'aide » of the Assurance Maladie, not « aide-soignante »."""
    return bool(_NAMES_THE_AID.search(fold(text)))


def of_the_aid(world: World, fiche: str) -> bool:
    """Is the subject the doctor's: the aid, its conditions?"""
    return world.knowledge.fiches[fiche].theme in _THEMES_OF_THE_AID


def _turns_to_the_aid(fiche: Fiche, slots: set[str], text: str) -> bool:
    """« Aide pour un mi-temps en 2e année ? » after the salary: the aid is named, or an input that
    means nothing elsewhere stands beside another one."""
    if fiche.theme in _THEMES_OF_THE_AID or fiche.id in _COMPUTED:
        return False
    inputs = slots & (_AID_ASKED | DOCTOR_SLOTS)
    alone = bool(slots & _INPUTS_OF_THE_AID_ALONE) and len(slots & _AMOUNT_SLOTS) >= _TWO
    return alone or bool(inputs and names_the_aid(text))


def _of_last_subject(
    fiche: Fiche, memory: Memory, said: Said, slots: set[str], text: str
) -> str | None:
    """The subject itself when it answers otherwise with this change, or the one it names."""
    one_post = (said.values.get("quotite") or _TWO) <= 1 and len(slots & _AMOUNT_SLOTS) >= _TWO
    if fiche.id == SUBJECT_SECOND and one_post:
        # « combien la première année à temps plein ? »: back to the first one.
        return SUBJECT_AMOUNT
    for slot in sorted(slots):
        for key in (f"{slot}={said.values.get(slot)}", slot):
            if key in fiche.ellipses:
                return fiche.ellipses[key]
    if memory.subject in _COMPUTED and slots & (set(AID_SLOTS) | _AID_ASKED | DOCTOR_SLOTS):
        return memory.subject
    if responds_to(fiche, frozenset(slots)) or aspects(fiche, text):
        return fiche.id
    return None


def _opens(slots: set[str]) -> str | None:
    """The subject of values said without any before them."""
    if slots & _AID_ASKED:
        return SUBJECT_AMOUNT
    if slots & DOCTOR_SLOTS:
        return SUBJECT_ELIGIBILITY
    if "profil" in slots:
        return PROFILE_HOME
    return SUBJECT_BUDGET if "salaire_brut" in slots else None


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


def short_question(
    world: World, memory: Memory, text: str, left: list[str], *, whole: bool = False
) -> str | None:
    """« c'est payé ? » after the registration: the subject that these few words mean there.

    `left` are the words of the text that are no filler; any that the theme does not know makes
    it another question. `whole`: only the entries of several words count, which say by themselves
    what is asked (« qui paye ? »).
    """
    fiche = world.knowledge.fiches.get(memory.subject or "")
    said = words(fold(text))
    if fiche is None or sum(word not in _LINKS for word in said) > _FEW:
        return None
    for subject, patterns in world.short_questions.get(fiche.theme, {}).items():
        known = _known(said, [each for each in patterns if " " in each or not whole])
        if known and known.issuperset(left):
            return subject
    return None


def _known(said: list[str], patterns: Iterable[str]) -> set[str]:
    """The words of a text that one of the patterns, of one word or several in a row, holds."""
    known: set[str] = set()
    for pattern in patterns:
        parts = pattern.split()
        for start in range(len(said) - len(parts) + 1):
            run = said[start : start + len(parts)]
            if all(_is(word, part) for word, part in zip(run, parts, strict=True)):
                known.update(run)
    return known


def _is(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def narrowed(world: World, subject: str, said: Said) -> str:
    """« Y a-t-il une aide pour mon radiologue ? »: a general subject of which the classifier is not
    sure, and a value that leads from it to a narrower one."""
    fiche = world.knowledge.fiches[subject]
    keys = (key for slot in said.values for key in (f"{slot}={said.values[slot]}", slot))
    return next((fiche.ellipses[key] for key in keys if key in fiche.ellipses), subject)


def asks_whether_required(text: str, said: Said) -> bool:
    """« Faut-il être infirmier pour ce travail ? » is about who may become one."""
    return "profil" in said.values and bool(_REQUIRED.search(fold(text)))


def tells_a_profile(text: str, said: Said) -> bool:
    """Is the job named what somebody already is?"""
    return "profil" in said.values and bool(_ALREADY.search(fold(text)))
