"""Every answer that the fiches hold, as the assistant would give it: what a change changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant_am.dialogue.part import source_note
from assistant_am.knowledge import Fiche, Knowledge, decide, fill
from assistant_am.rendering.blocks import Block, as_text, text_blocks

_KINDS_OF_PEOPLE = {
    "profil": "pour",
    "public": "pour un",
    "aspect": "si on demande",
    "annee": "année",
    "lieu": "lieu",
    "moment": "moment",
}
_YES_NO = {True: "oui", False: "non"}


@dataclass(frozen=True)
class Answer:
    """One answer: whose it is (`fiche`, `part`), for whom, its text before the figures are put in,
    and its blocks."""

    fiche: str
    part: str
    title: str
    raw: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return as_text(self.blocks)


@dataclass(frozen=True)
class Pair:
    """The same answer before and after a change; None where it does not exist."""

    title: str
    fiche: str
    before: Answer | None
    after: Answer | None

    @property
    def differs(self) -> bool:
        return (self.before and self.before.text) != (self.after and self.after.text)


def of_fiche(knowledge: Knowledge, fiche: Fiche) -> Iterator[Answer]:
    """The answer to everybody, to each kind of person, to each belief, and the details."""

    def make(part: str, title: str, raw: str, sources: tuple[str, ...]) -> Answer:
        blocks = text_blocks(fill(raw, knowledge))
        cited = [knowledge.sources[key] for key in sources]
        note = (source_note(cited),) if cited else ()
        return Answer(fiche.id, part, title, raw, (*blocks, *note))

    yield make("reponse", fiche.question, fiche.text, fiche.sources)
    for index, variant in enumerate(fiche.variants):
        title = f"{fiche.question} ({for_whom(variant.when)})"
        yield make(f"variantes.{index}", title, variant.text, variant.sources)
    for index, proposition in enumerate(fiche.propositions):
        word = decide(fiche, proposition, "affirmee")
        opening = f"**{word}.** " if word else ""
        whom = f" ({for_whom(proposition.when)})" if proposition.when else ""
        title = f"« {fill(proposition.statement, knowledge)} »{whom}"
        yield make(f"propositions.{index}", title, opening + proposition.text, proposition.sources)
    if fiche.details:
        title = f"{fiche.question} (En savoir plus)"
        yield make("details", title, fiche.details, fiche.sources)


def naming(knowledge: Knowledge, key: str) -> Iterator[Answer]:
    """The answers that give a fact; « site » stands for all settings."""
    named = re.compile(rf"\{{{re.escape(key)}[.}}]")
    for fiche in knowledge.fiches.values():
        texts = (fiche.text, fiche.details or "", *(each.text for each in fiche.variants))
        stated = (f"{each.statement} {each.text}" for each in fiche.propositions)
        if any(named.search(text) for text in (*texts, *stated)):
            yield from (each for each in of_fiche(knowledge, fiche) if named.search(each.raw))


def citing(knowledge: Knowledge, source: str) -> Iterator[Answer]:
    """The answers under which a source stands."""
    for fiche in knowledge.fiches.values():
        cited = {
            "reponse": fiche.sources,
            "details": fiche.sources,
            **{f"variantes.{at}": each.sources for at, each in enumerate(fiche.variants)},
            **{f"propositions.{at}": each.sources for at, each in enumerate(fiche.propositions)},
        }
        if any(source in each for each in cited.values()):
            found = of_fiche(knowledge, fiche)
            yield from (each for each in found if source in cited[each.part])


def pairs(before: Iterable[Answer], after: Iterable[Answer]) -> list[Pair]:
    """Put side by side what has the same place in the same fiche."""
    old = {(each.fiche, each.part): each for each in before}
    new = {(each.fiche, each.part): each for each in after}
    found = []
    for key in {**new, **old}:
        shown = new.get(key) or old[key]
        found.append(Pair(shown.title, shown.fiche, old.get(key), new.get(key)))
    return found


def for_whom(when: Mapping[str, Any]) -> str:
    """« pour infirmier, aide soignant »."""
    return " ; ".join(
        f"{_KINDS_OF_PEOPLE.get(key, _spaced(key))} {_listed(when[key])}" for key in when
    )


def _listed(values: Any) -> str:
    several = values if isinstance(values, list | tuple) else [values]
    return ", ".join(_YES_NO.get(each) or _spaced(each) for each in several)


def _spaced(value: Any) -> str:
    return str(value).replace("_", " ")
