"""Finds entries by what people know of them: a figure, an acronym, a word of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant_am.atelier.amounts import groups
from assistant_am.dialogue.world import World
from assistant_am.french.fold import words
from assistant_am.knowledge import fill
from assistant_am.knowledge.locality import SITE
from assistant_am.knowledge.text import value

_DIGITS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d)")
MOST_FOUND = 40
LONGEST_QUERY = 100


@dataclass(frozen=True)
class Found:
    """One entry: its page, its name, what it says in short."""

    url: str
    kind: str
    title: str
    says: str
    named: str
    """What counts first: its name and what it says, folded."""
    whole: str


def index(world: World) -> list[Found]:
    """All entries, facts first."""
    return list(_entries(world))


def search(entries: list[Found], query: str) -> list[Found]:
    """Entries with all the words; those named so come first."""
    wanted = _folded(query[:LONGEST_QUERY]).split()
    if not wanted:
        return []
    found = [each for each in entries if all(word in each.whole for word in wanted)]

    def rank(each: Found) -> int:
        padded = f" {each.named} "
        return -sum(2 * (f" {word} " in padded) + (word in each.named) for word in wanted)

    return sorted(found, key=rank)[:MOST_FOUND]


def _entries(world: World) -> Iterator[Found]:
    knowledge = world.knowledge
    for fact in knowledge.facts.values():
        says_it = knowledge.sources[fact.source].short
        yield _found(f"/faits/{fact.id}", "fait", fact.label, value(fact), f"{fact.id} {says_it}")
    for fiche in knowledge.fiches.values():
        texts = [fiche.text, fiche.details or "", *(each.text for each in fiche.variants)]
        texts += [f"{each.statement} {each.text}" for each in fiche.propositions]
        whole = fill(" ".join(texts), knowledge)
        yield _found(f"/fiches/{fiche.id}", "fiche", fiche.question, fiche.label, whole)
    for group in groups(world.parameters):
        shown = " ".join(line.shown(each.value) for line in group.lines for each in line.values)
        yield _found(f"/montants/{group.id}", "montant", group.title, "", shown)
    for source in knowledge.sources.values():
        about = f"{source.title} {source.publisher} {source.id}"
        yield _found(f"/sources/{source.id}", "source", source.short, source.title, about)
    for contact in knowledge.contacts.values():
        if contact.id != SITE:
            yield _found(f"/contacts/{contact.id}", "contact", contact.name, contact.purpose, "")


def _found(url: str, kind: str, title: str, says: str, more: str) -> Found:
    named = _folded(f"{title} {says}")
    return Found(url, kind, title, says, named, f"{named} {_folded(more)}")


def _folded(text: str) -> str:
    return " ".join(words(_DIGITS.sub("", text)))
