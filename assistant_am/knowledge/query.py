"""Choose, among what a fiche holds, what applies to this person and this question."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant_am.files.source import Source
from assistant_am.french.fold import words
from assistant_am.french.likeness import fits
from assistant_am.knowledge.model import (
    Contact,
    Disagreement,
    Fiche,
    Knowledge,
    Proposition,
    Situation,
    Variant,
)
from assistant_am.knowledge.text import fill


@dataclass(frozen=True)
class Answer:
    """What the bot may say on a subject: text with its figures, sources, and what is disputed.

    `used` names the inputs of the situation that decided, so that they can be said aloud.
    """

    fiche: Fiche
    text: str
    sources: tuple[Source, ...]
    disagreements: tuple[Disagreement, ...]
    details: str | None
    who_knows: tuple[Contact, ...]
    used: tuple[str, ...] = ()


def answer(knowledge: Knowledge, fiche_id: str, situation: Situation, question: str = "") -> Answer:
    """The answer of a fiche for this person; `question` is the text asked, to find its aspect.

    Raises KeyError when the fiche does not exist.
    """
    fiche = knowledge.fiches[fiche_id]
    variant = _variant(fiche, situation, aspects(fiche, question))
    text, sources, disputed = (
        (variant.text, variant.sources, variant.disagreements)
        if variant
        else (fiche.text, fiche.sources, fiche.disagreements)
    )
    return Answer(
        fiche=fiche,
        text=fill(text, knowledge),
        sources=tuple(knowledge.sources[key] for key in sources),
        disagreements=tuple(knowledge.disagreements[key] for key in disputed),
        details=fill(fiche.details, knowledge) if fiche.details else None,
        who_knows=tuple(knowledge.contacts[key] for key in fiche.who_knows),
        used=tuple(key for key in (variant.when if variant else ()) if key != "aspect"),
    )


def aspects(fiche: Fiche, question: str) -> frozenset[str]:
    """Aspects of the fiche that the question names, by whole folded words (`*` = any ending)."""
    asked = words(question)
    return frozenset(
        name
        for name, patterns in fiche.aspects.items()
        if any(_occurs(words_of(pattern), asked) for pattern in patterns)
    )


def propositions(fiche: Fiche, situation: Situation, question: str) -> tuple[Proposition, ...]:
    """The propositions of a fiche that hold for this person, in the order of the file.

    Of a statement decided for some people and for everybody, the first that holds for this person.
    """
    named = aspects(fiche, question)
    holding = [
        proposition
        for proposition in fiche.propositions
        if all(_holds(key, wanted, situation, named) for key, wanted in proposition.when.items())
    ]
    found: dict[str, Proposition] = {}
    for proposition in sorted(holding, key=lambda each: not each.when):
        found.setdefault(proposition.statement, proposition)
    return tuple(proposition for proposition in holding if proposition in found.values())


@lru_cache(maxsize=10_000)
def words_of(pattern: str) -> tuple[str, ...]:
    """Folded words of a pattern of `knowledge/`, the final `*` of each kept."""
    return tuple(
        "".join(words(part)) + ("*" if part.endswith("*") else "")
        for token in pattern.split()
        for part in _split_apostrophe(token)
    )


def _split_apostrophe(token: str) -> Iterable[str]:
    parts = token.replace("’", "'").replace("-", "'").split("'")
    return [part for part in parts if part]


def _occurs(pattern: Sequence[str], asked: list[str]) -> bool:
    size = len(pattern)
    return any(
        all(fits(word, part) for part, word in zip(pattern, asked[i : i + size], strict=True))
        for i in range(len(asked) - size + 1)
    )


def _variant(fiche: Fiche, situation: Situation, named: frozenset[str]) -> Variant | None:
    """The first variant that applies; a question that names two aspects gets the general answer."""
    applicable = [
        variant
        for variant in fiche.variants
        if all(_holds(key, wanted, situation, named) for key, wanted in variant.when.items())
    ]
    narrow = [variant for variant in applicable if set(variant.when) == {"aspect"}]
    if len(narrow) > 1:
        applicable = [variant for variant in applicable if variant not in narrow]
    return applicable[0] if applicable else None


def _holds(key: str, wanted: tuple[Any, ...], situation: Situation, named: frozenset[str]) -> bool:
    if key == "aspect":
        return not named.isdisjoint(wanted)
    known = situation.get(key)
    if known is None:
        return False
    values = known if isinstance(known, list | tuple) else [known]
    return any(value in wanted for value in values)


def varies_with(fiche: Fiche) -> frozenset[str]:
    """Inputs of the situation that change what the fiche says."""
    return frozenset(key for variant in fiche.variants for key in variant.when if key != "aspect")


SOON = datetime.timedelta(days=60)
"""How long before its date of review a source is announced: the time to find who reads it again."""


def stale(knowledge: Knowledge, today: datetime.date) -> list[Source]:
    """Sources whose date of review has passed."""
    return [source for source in knowledge.sources.values() if source.review_by < today]


def due_soon(knowledge: Knowledge, today: datetime.date) -> list[Source]:
    """Sources to read again within 60 days, those already late left out."""
    return [
        source for source in knowledge.sources.values() if today <= source.review_by <= today + SOON
    ]
