"""Several doctors in one conversation: who says what of whom, and whose turn it is.

« Dr A, P92, mi-temps ; Dr B, P60, temps plein » keeps two situations; `Memory.situation` is that of
the doctor at hand, `Memory.doctors` holds all of them as they were left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant_am.dialogue.memory import AID_SLOTS, MAX_DOCTORS, Memory
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.turn import Turn
from assistant_am.french.fold import fold
from assistant_am.french.format import uncapitalised
from assistant_am.reading.doctor_name import OTHER
from assistant_am.reading.entity import Entity
from assistant_am.rendering.blocks import Paragraph

SLOT = "medecin"
FIRST_CASE = "Premier cas"
"""Name of what was said before anybody was named."""
_QUESTION_SLOTS = frozenset({"annee", "horizon", "operation", "montant_cite"})
_OF_THE_QUESTION = frozenset({"annee", "horizon", "salaire_brut"})
_ALL = re.compile(
    r"\b(?:ensemble|au total|en tout|tous|toutes|total|les deux|les trois|les quatre|"
    r"(?:pour|toute) (?:la|notre|l') ?(?:maison de sante|msp|equipe|structure|cabinet)|"
    r"pour le cabinet|tout le monde)\b"
)
_TWO = 2


@dataclass(frozen=True)
class Roll:
    """Doctors of a message, each with what is said of this one; `common` is said of all."""

    each: Mapping[str, tuple[Entity, ...]]
    common: tuple[Entity, ...] = ()

    @property
    def several(self) -> bool:
        return len(self.each) >= _TWO

    @property
    def describes(self) -> bool:
        """Is anything of the aid said of one of them?"""
        return any(_about_aid(entities) for entities in self.each.values())


def call(turn: Turn, memory: Memory) -> Roll | None:
    """The doctors that a message is about; None when it names none that counts.

    A name counts by itself. « Mon associé », « le 2e médecin » count when something of the aid is
    said of them or when they are known already: « mon associé est-il d'accord ? » is no situation.
    """
    mentions = [entity for entity in turn.entities if entity.slot == SLOT]
    if not mentions:
        return None
    spans, before = _spans(turn, mentions)
    known = set(memory.doctors) | {memory.doctor}
    each: dict[str, tuple[Entity, ...]] = {}
    for mention, entities in spans:
        name = _other(memory) if mention.value == OTHER else str(mention.value)
        if name and (name.startswith("Dr ") or name in known or _about_aid(entities)):
            each[name] = (*each.get(name, ()), *entities)
    if not each:
        return None
    if before and not any(name.startswith("Dr ") for name in each):
        # « je suis P92 à mi-temps et mon associé P60 »: the first words are about the speaker.
        each = {memory.doctor or FIRST_CASE: before, **each}
        before = ()
    told = {entity for entities in each.values() for entity in entities}
    asked = tuple(e for e in turn.entities if e.slot in _QUESTION_SLOTS and e not in told)
    return Roll(each, (*before, *asked))


def switch(memory: Memory, name: str) -> Memory:
    """The memory with this doctor at hand; the one before is kept as it was left.

    What the question is about (the contract year) follows; nothing of the other's situation does.
    """
    kept = remember(memory)
    if name == memory.doctor:
        return kept
    mine = dict(kept.doctors.get(name, {}))
    person = {key: value for key, value in memory.situation.items() if key not in AID_SLOTS}
    asked = {
        key: value
        for key, value in memory.situation.items()
        if key in _OF_THE_QUESTION and _OF_THE_QUESTION.isdisjoint(mine)
    }
    if name not in kept.doctors and len(kept.doctors) >= MAX_DOCTORS:
        return kept
    return replace(kept, doctor=name, situation={**person, **asked, **mine})


def for_these(memory: Memory, roll: Roll) -> Memory:
    """The memory before several doctors are named: a case estimated earlier for nobody in
    particular is none of them, and does not count in their sum."""
    if not roll.several or memory.doctor is not None or FIRST_CASE in roll.each:
        return memory
    return memory.with_situation(dict.fromkeys(AID_SLOTS))


def remember(memory: Memory) -> Memory:
    """The memory with the situation at hand written back under its doctor's name."""
    situation = {key: value for key, value in memory.situation.items() if key in AID_SLOTS}
    name = memory.doctor or (FIRST_CASE if set(situation) - _OF_THE_QUESTION else None)
    if name is None:
        return memory
    return replace(memory, doctors={**memory.doctors, name: situation})


def about(name: str, part: Part) -> Part:
    """The answer with the name of the doctor it is about."""
    first, *others = part.blocks
    if not isinstance(first, Paragraph):
        return replace(part, blocks=(Paragraph(f"{name} :"), *part.blocks))
    return replace(part, blocks=(Paragraph(f"{name} : {uncapitalised(first.text)}"), *others))


def means_all(text: str, memory: Memory) -> bool:
    """« Au total pour la maison de santé ? », « et les deux ensemble ? » with several doctors."""
    return len(remember(memory).doctors) >= _TWO and bool(_ALL.search(fold(text)))


def _spans(
    turn: Turn, mentions: Sequence[Entity]
) -> tuple[list[tuple[Entity, tuple[Entity, ...]]], tuple[Entity, ...]]:
    """Each mention with the values that go with it, and those said before all of them.

    A name comes before what is said of it, or after it (« P92 pour le Dr A, P60 pour le Dr B »)
    when nothing is said after the last one.
    """
    years = [e for e in turn.entities if e.slot == "annee"]
    own_years = len(years) >= len({mention.value for mention in mentions}) > 1
    values = [
        e
        for e in turn.entities
        if e.slot != SLOT and (e.slot not in _QUESTION_SLOTS or (own_years and e.slot == "annee"))
    ]
    last = mentions[-1]
    leading = [e for e in values if e.end <= mentions[0].start]
    after_last = [e for e in values if e.start >= last.end]
    bounds = [mention.start for mention in mentions]
    if leading and not after_last:
        starts = [0, *(mention.end for mention in mentions[:-1])]
        ends = [mention.end for mention in mentions]
        leading = []
    else:
        starts, ends = bounds, [*bounds[1:], len(turn.text)]
    found = [
        (mention, tuple(e for e in values if start <= e.start and e.end <= end))
        for mention, start, end in zip(mentions, starts, ends, strict=True)
    ]
    return found, tuple(leading)


def _other(memory: Memory) -> str | None:
    """« L'autre », when there are exactly two."""
    others = [name for name in remember(memory).doctors if name != memory.doctor]
    return others[0] if len(others) == 1 else None


def _about_aid(entities: Sequence[Entity]) -> bool:
    return any(entity.slot in AID_SLOTS for entity in entities)
