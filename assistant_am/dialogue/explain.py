"""« D'où ça vient ? », « c'est à jour ? », « pourquoi ? »: about the last answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.aid_answers import refused_input
from assistant_am.dialogue.fiches import who_knows
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.world import World, situation_for_aid
from assistant_am.files.source import KINDS, Source
from assistant_am.french.format import listing, long_date, month_year
from assistant_am.knowledge import Disagreement
from assistant_am.rendering.aid_words import inputs
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, text_blocks

_TRUST = {"moyenne": "source secondaire", "faible": "à vérifier"}
"""What is said of a source that is not read at first hand."""


def source_part(world: World, memory: Memory) -> Part:
    """The sources of the last answer, with publisher, dates and trust."""
    sources = _sources(world, memory)
    if not sources:
        return Part(text_blocks(world.phrase("pas_de_source")), subject=memory.subject)
    return Part(
        (
            Paragraph("Ma dernière réponse s'appuie sur :"),
            Bullets(tuple(_describe(source) for source in sources)),
            *_disputed(world, memory),
        ),
        subject=memory.subject,
        cited=memory.cited,
    )


def freshness_part(world: World, memory: Memory) -> Part:
    """When the sources were published and last read."""
    sources = _sources(world, memory) or list(world.knowledge.sources.values())[:1]
    oldest = min(source.consulted for source in sources)
    late = [source.short for source in sources if source.review_by < world.today]
    blocks: list[Block] = [
        Paragraph(f"Ces informations ont été relues le {long_date(oldest)}."),
        Bullets(tuple(_describe(source) for source in sources)),
    ]
    if late:
        blocks.append(
            Paragraph(f"À relire depuis : {', '.join(late)}. Vérifiez auprès de l'organisme.")
        )
    return Part(tuple(blocks), subject=memory.subject, cited=memory.cited)


def same_for_all_part(world: World, memory: Memory, slots: Iterable[str]) -> Part:
    """« Et la 3e année ? » on a subject that no source tells apart by year: that is said."""
    fiche = world.knowledge.fiches[memory.subject or ""]
    names = [world.changes[slot].name for slot in world.changes if slot in slots]
    text = world.phrase("pas_combinable").replace("[changement]", listing(names, "ou"))
    contacts = [world.knowledge.contacts[key] for key in fiche.who_knows]
    return Part(
        (
            Paragraph(text.replace("[sujet]", fiche.label)),
            *([who_knows(contacts)] if contacts else []),
        ),
        world.buttons(fiche.next),
        subject=memory.subject,
        cited=memory.cited,
    )


def why_part(world: World, memory: Memory, found: Part | None) -> Part:
    """« Pourquoi ? »: the details (`found`), else the disagreement, else that nobody says."""
    if found is not None:
        return found
    disputed = _disputed(world, memory)
    blocks = tuple(disputed) or text_blocks(world.phrase("pas_de_raison"))
    return Part(blocks, subject=memory.subject, cited=memory.cited)


def _sources(world: World, memory: Memory) -> list[Source]:
    return [
        world.knowledge.sources[key]
        for key in memory.cited.get("sources", ())
        if key in world.knowledge.sources
    ]


def _disagreements(world: World, memory: Memory) -> list[Disagreement]:
    return [
        world.knowledge.disagreements[key]
        for key in memory.cited.get("divergences", ())
        if key in world.knowledge.disagreements
    ]


def _disputed(world: World, memory: Memory) -> list[Paragraph]:
    return [Paragraph(entry.statement) for entry in _disagreements(world, memory)]


def _describe(source: Source) -> str:
    said = [KINDS[source.kind], _published(source.published)]
    said += [f"relu le {long_date(source.consulted)}", _TRUST.get(source.trust, "")]
    where = f" · {source.url}" if source.url else ""
    about = ", ".join(each for each in said if each)
    return f"{source.publisher}, « {source.title} » ({about}){where}"


def _published(on: str) -> str:
    """ "2025-08-26" → "publié le 26 août 2025", "2024-06" → "publié en juin 2024"."""
    match on.count("-"):
        case 2:
            return f"publié le {long_date(datetime.date.fromisoformat(on))}"
        case 1:
            return f"publié en {month_year(datetime.date.fromisoformat(f'{on}-01'))}"
    return "sans date" if on == "inconnue" else f"publié en {on}"


def situation_part(world: World, memory: Memory) -> Part:
    """« Que sais-tu de moi ? »: what is assumed, so that it can be corrected."""
    try:
        case = aid.Case.from_french(situation_for_aid(memory.situation), world.parameters)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    known = inputs(case, aid.Names.of(world.parameters))
    others = [_one_line(world, *each) for each in _other_doctors(memory)]
    if "profil" in memory.situation:
        known.append(("Profil", str(memory.situation["profil"]).replace("_", " ")))
    if not known and not others:
        text = "Vous ne m'avez encore rien dit de votre situation."
        return Part((Paragraph(text),), subject=memory.subject)
    lines = tuple(f"{label} : {value}" for label, value in known)
    closing = Paragraph("Dites-moi ce qui est faux, ou « recommencer » pour tout oublier.")
    whose = f" pour {memory.doctor}" if memory.doctor else ""
    blocks: list[Block] = []
    if lines:
        blocks += [Paragraph(f"Voici ce que je retiens{whose} :"), Bullets(lines)]
    if others:
        blocks += [Paragraph("Et pour les autres médecins :"), Bullets(tuple(others))]
    return Part((*blocks, closing), subject=memory.subject)


def _other_doctors(memory: Memory) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, known) for name, known in memory.doctors.items() if name != memory.doctor]


def _one_line(world: World, name: str, situation: Mapping[str, Any]) -> str:
    try:
        case = aid.Case.from_french(situation_for_aid(situation), world.parameters)
    except aid.InvalidInput as error:
        return f"{name} : {error.message_fr}"
    known = ", ".join(str(value) for _, value in inputs(case, aid.Names.of(world.parameters)))
    return f"{name} : {known or 'rien encore'}"
