"""What the knowledge is made of: sources, facts, disagreements, contacts and fiches."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant_am.files.source import Source

Situation = Mapping[str, Any]
"""What is known of a person: French slot names (`profil`, `annee`, `tranche`, …) to values."""


@dataclass(frozen=True)
class OtherStatement:
    """What another source says of the same fact."""

    source: str
    says: str


@dataclass(frozen=True)
class Fact:
    """One dated value with the source that prevails."""

    id: str
    label: str
    value: Any
    unit: str
    source: str
    since: datetime.date | None = None
    until: datetime.date | None = None
    also: tuple[str, ...] = ()
    others: tuple[OtherStatement, ...] = ()


@dataclass(frozen=True)
class Disagreement:
    """Sources that differ: the positions, which prevails and why, what to say and never to say."""

    id: str
    topic: str
    positions: tuple[OtherStatement, ...]
    retained: str
    prevailing: tuple[str, ...]
    reason: str
    statement: str
    never_say: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """Who knows more."""

    id: str
    name: str
    purpose: str
    source: str | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    departments: tuple[str, ...] = ()
    """Where it helps, by number; everywhere, when there is none."""


@dataclass(frozen=True)
class Variant:
    """An answer that holds for some people or for a sharper question (`when`, all must hold)."""

    when: Mapping[str, tuple[Any, ...]]
    text: str
    sources: tuple[str, ...]
    disagreements: tuple[str, ...]


Truth = Literal["oui", "non", "selon", "non_dit", "dit"]
"""Of a statement: true, false, true for some only, told by no source, an open question answered."""


@dataclass(frozen=True)
class Proposition:
    """A short affirmative statement that people put to the test, and the sentences that decide it.

    `text` stands alone and states the fact: « Oui » or « Non », when the question calls for one,
    comes before it (see `decide`). It holds for everybody, or for those of `when`. `wordings` put
    the same statement in the same sense, in the words of those who ask. With the truth « dit » the
    statement is an open question (« combien de mois dure la VAE »), and `text` answers it. `key`
    names the point in `data/conversations/`, where turns that ask it say so.
    """

    statement: str
    truth: Truth
    text: str
    sources: tuple[str, ...]
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    wordings: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Fiche:
    """One subject: what a person asks (`intent`) and what the bot answers."""

    id: str
    intent: str
    label: str
    theme: str
    question: str
    text: str
    sources: tuple[str, ...]
    disagreements: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    details: str | None = None
    next: tuple[str, ...] = ()
    offers_profiles: bool = False
    who_knows: tuple[str, ...] = ()
    ellipses: Mapping[str, str] = field(default_factory=dict)
    aspects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsaid: bool = False
    computation: str | None = None


@dataclass(frozen=True)
class Term:
    """A word of the field: its `spellings`, the first being the word itself, what it means (`text`,
    None when the fiche says it) and the fiche that says more."""

    spellings: tuple[str, ...]
    fiche: str
    text: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """All that the bot knows, checked."""

    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    disagreements: Mapping[str, Disagreement]
    contacts: Mapping[str, Contact]
    fiches: Mapping[str, Fiche]
    site: Mapping[str, Any]
    glossary: tuple[Term, ...] = ()
    written: Knowledge | None = None
    """The same as the files have it, when this one is as answers say it."""
    hidden: frozenset[str] = frozenset()
    """Fiches that the site hides: they are understood, and have no answer here."""
