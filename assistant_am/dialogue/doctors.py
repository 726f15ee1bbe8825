"""Several doctors in one conversation: their situations, and whose turn it is.

« Dr A, P92, mi-temps ; Dr B, P60, temps plein » keeps two situations; `Memory.situation` is that of
the doctor at hand, `Memory.doctors` holds all of them as they were left.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant_am.dialogue.memory import AID_SLOTS, MAX_DOCTORS, OF_THE_QUESTION, Memory
from assistant_am.dialogue.part import Part
from assistant_am.french.fold import fold
from assistant_am.french.format import uncapitalised
from assistant_am.rendering.blocks import Paragraph

FIRST_CASE = "Premier cas"
"""Name of what was said before anybody was named."""
_ALL = re.compile(
    r"\b(?:ensemble|au total|en tout|tous|toutes|total|les deux|les trois|les quatre|"
    r"chacune?|chaque medecin|le sort|lesquel\w*|lequel|qui d'entre|"
    r"(?:pour|toute) (?:la|notre|l') ?(?:maison de sante|msp|equipe|structure|cabinet)|"
    r"pour le cabinet|le cabinet (?:a|touche\w*|recoit|recevr\w*|aura\w*)|tout le monde)\b"
)
_TWO = 2


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
        if key in OF_THE_QUESTION and OF_THE_QUESTION.isdisjoint(mine)
    }
    if name not in kept.doctors and len(kept.doctors) >= MAX_DOCTORS:
        return kept
    return replace(kept, doctor=name, situation={**person, **asked, **mine})


def remember(memory: Memory) -> Memory:
    """The memory with the situation at hand written back under its doctor's name."""
    situation = {key: value for key, value in memory.situation.items() if key in AID_SLOTS}
    name = memory.doctor or (FIRST_CASE if set(situation) - OF_THE_QUESTION else None)
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


def is_a_word_for_all(word: str) -> bool:
    """« tous », « ensemble », « chacun »."""
    return bool(_ALL.fullmatch(word))
