"""Which buttons go with an answer: where this person probably goes next, nothing just answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.script import Question
from assistant_am.dialogue.world import World, key_of
from assistant_am.rendering.blocks import Suggestion

STARTERS = ("definition_metier", "acces_metier", "salaire_debutant", "estimer_aide")
_FIRST_QUESTIONS = {
    "coordinateur": ("estimer_aide", "mutualisation", "conditions_aide", "organisation_msp"),
    "medecin": ("estimer_aide", "conditions_aide", "engagements", "recruter"),
    "candidat": ("acces_metier", "duree_formation", "salaire_debutant", "ou_se_former"),
    "patient": ("definition_metier", "preparation_consultation", "secret_medical", "cout_patient"),
}
_OF_DOCTORS = frozenset({"aide", "conditions", "recruter"})
_OF_A_DOCTOR = frozenset({"secteur", "patients", "nouvel_installe", "tranche"})
_MOST = 4
UNKNOWN = Suggestion("Je ne sais pas", "Je ne sais pas")


def options(question: Question) -> tuple[Suggestion, ...]:
    """All that may be answered, and « je ne sais pas »."""
    return (*question.choices, UNKNOWN)


def starters(world: World) -> tuple[Suggestion, ...]:
    """Four ways to begin, for somebody of whom nothing is known."""
    return world.buttons(STARTERS)


def next_steps(world: World, memory: Memory) -> tuple[Suggestion, ...]:
    """Four ways to go on: from the last subject, else what such a person asks first."""
    fiche = world.knowledge.fiches.get(memory.subject or "")
    first = _FIRST_QUESTIONS.get(speaker(memory) or "", STARTERS)
    following = fiche.next if fiche else ()
    return world.buttons(list(dict.fromkeys((*following, *first)))[:_MOST])


def suited(
    world: World, memory: Memory, suggestions: Iterable[Suggestion], answered: Collection[str]
) -> tuple[Suggestion, ...]:
    """The suggestions without those of `answered` subjects, and without the doctor's ones for
    somebody who is none."""
    kept = []
    for suggestion in suggestions:
        fiche = world.fiche_by_wording.get(key_of(suggestion.say))
        if fiche in answered:
            continue
        theme = world.knowledge.fiches[fiche].theme if fiche else None
        if theme in _OF_DOCTORS and speaker(memory) in ("candidat", "patient"):
            continue
        kept.append(suggestion)
    return tuple(kept)


def speaker(memory: Memory) -> str | None:
    """Who speaks: told, or plain from a profile, or from what only a doctor says of himself."""
    public = memory.situation.get("public")
    if public is not None:
        return str(public)
    if "profil" in memory.situation:
        return "candidat"
    alone = memory.told is None and not memory.doctors
    return "medecin" if alone and not _OF_A_DOCTOR.isdisjoint(memory.situation) else None
