"""Answer a subject of the knowledge base."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant_am.dialogue.choices import speaker
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.shared_words import stems
from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold, words
from assistant_am.french.format import listing
from assistant_am.knowledge import Answer, Contact, Fiche, answer, varies_with
from assistant_am.rendering.blocks import Paragraph, Suggestion, text_blocks

_TELL = "le dire"
_PROFILE_BUTTONS = (
    ("Infirmier", "je suis infirmier"),
    ("Aide-soignant", "je suis aide-soignant"),
    ("Auxiliaire de puériculture", "je suis auxiliaire de puériculture"),
    ("Secrétaire médicale", "je suis secrétaire médicale"),
    ("J'ai le bac", "j'ai le bac"),
    ("Sans le bac", "je suis sans bac"),
)
_PRACTICE = "cabinet"
_OF_PATIENTS = "patients"
_WHO_KNOWS = {
    "medecin": ("cpam",),
    "coordinateur": ("cpam",),
    "candidat": ("cpnefp",),
    "patient": (_PRACTICE,),
}
_AS_A_PATIENT = re.compile(
    r"\b(?:ordonnances?|[ms]on renouvellement(?! d[eu] contrat)|mes resultats|salle d.attente"
    r"|(?:mon|ma|son|un) (?:rdv|rendez.vous)|(?:chez le|mon|le|du) (?:docteur|toubib)"
    r"|mon (?:medecin|generaliste)|me (?:soigner|recevoir))\b"
)
"""Of somebody of whom nothing is known: words of who is looked after."""
_ANYBODY = ("cpam", "cpnefp")
_CONTACTS = 2
_EMPLOYERS = frozenset({"medecin", "coordinateur"})
_TO_THE_PERSON = re.compile(r"\b(?:vos missions|votre diplôme|vous embauche|votre qualification)\b")
DETAILS = Suggestion("En savoir plus", "En savoir plus")


def fiche_part(world: World, fiche_id: str, situation: Mapping[str, Any], question: str) -> Part:
    """The answer of a fiche for this person, with its sources and where to go next."""
    found = answer(world.knowledge, fiche_id, situation, question)
    employs = situation.get("public") in _EMPLOYERS
    if employs and "profil" in found.used and _TO_THE_PERSON.search(found.text):
        # « Elle ferait des glycémies », of a nurse that a doctor hires: not his own diploma.
        own = {key: value for key, value in situation.items() if key != "profil"}
        found = answer(world.knowledge, fiche_id, own, question)
    blocks = [*text_blocks(found.text)]
    ids = who_is_asked(found.fiche, situation.get("public"))
    known = [world.knowledge.contacts[key] for key in ids]
    others = [contact for contact in known if not is_named(contact, found.text)]
    if found.fiche.unsaid and others:
        blocks.append(who_knows(others))
    if found.sources:
        blocks.append(source_note(found.sources))
    suggestions = [*world.buttons(found.fiche.next)]
    if found.details:
        suggestions = [DETAILS, *suggestions]
    choices: tuple[Suggestion, ...] = ()
    if found.fiche.offers_profiles and "profil" not in situation and "profil" not in found.used:
        choices = tuple(Suggestion(title, say) for title, say in _PROFILE_BUTTONS)
    return Part(
        blocks=tuple(blocks),
        suggestions=tuple(suggestions[:4]),
        choices=choices,
        subject=fiche_id,
        cited=_cited(found),
    )


def details_part(world: World, fiche_id: str, situation: Mapping[str, Any]) -> Part | None:
    """What else the sources say, and who knows more; None when there is nothing more."""
    found = answer(world.knowledge, fiche_id, situation)
    if not found.details and not found.who_knows:
        return None
    blocks = [*text_blocks(found.details or "")]
    if found.who_knows:
        blocks.append(who_knows(found.who_knows, "en dire plus"))
    if found.details and found.sources:
        blocks.append(source_note(found.sources))
    return Part(
        tuple(blocks), world.buttons(found.fiche.next), subject=fiche_id, cited=_cited(found)
    )


def responds_to(fiche: Fiche, slots: frozenset[str]) -> bool:
    """Does one of these inputs change what the fiche says?"""
    return not varies_with(fiche).isdisjoint(slots)


def who_knows(contacts: Sequence[Contact], what: str = _TELL) -> Paragraph:
    """Who can tell the person, with the telephone where a source gives one."""
    names = [f"{each.name} ({each.phone})" if each.phone else each.name for each in contacts]
    listed = listing(names, "ou")
    if what == _TELL:
        return Paragraph(f"Je n'en sais pas plus\u00a0: {listed} pourra vous le dire.")
    return Paragraph(f"{listed[:1].upper()}{listed[1:]} pourra vous {what}.")


def who_may_know(
    world: World, memory: Memory, fiche: Fiche | None, what: str = _TELL, question: str = ""
) -> Paragraph:
    """Whom to ask about a point: those of the subject, else those of who speaks; a patient asks at
    the practice."""
    who = speaker(memory)
    if who is None and _AS_A_PATIENT.search(fold(question)):
        who = "patient"
    ids = who_is_asked(fiche, who) if fiche is not None else ()
    known = ids or _WHO_KNOWS.get(who or "", _ANYBODY)
    return who_knows([world.knowledge.contacts[key] for key in known[:_CONTACTS]], what)


def who_is_asked(fiche: Fiche, who: str | None) -> Sequence[str]:
    """Contacts, by id, who know more of a subject than our sources; a patient asks at the
    practice."""
    patient = who == "patient" or fiche.theme == _OF_PATIENTS
    return (_PRACTICE,) if patient else fiche.who_knows


def about(world: World, fiche: Fiche) -> frozenset[str]:
    """The stems of what a fiche is about: its question, its label, the words of its aspects."""
    patterns = (pattern for each in fiche.aspects.values() for pattern in each)
    return stems(world, " ".join((fiche.question, fiche.label, *patterns)))


def is_named(contact: Contact, text: str) -> bool:
    """Is the person already sent there? « votre CPAM (CGSS outre-mer) » is named by « CPAM »."""
    name = " ".join(words(contact.name.partition(" (")[0]))
    name = re.sub(r"^(?:votre|la|le|l) ", "", name).replace("delegue de l assurance maladie", "dam")
    return f" {name.split(' des ')[0]} " in f" {' '.join(words(text))} "


def _cited(found: Answer) -> dict[str, list[str]]:
    return {
        "sources": [source.id for source in found.sources],
        "divergences": [entry.id for entry in found.disagreements],
    }
