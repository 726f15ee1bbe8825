"""Backing: an answer cites the source of each fact that it says, as the fact gives it today.

A fiche names the sources of its sentences. Those of its figures are lines of `faits/`: were they
copied into each fiche, a fact sourced anew would still be answered with its former sources.
Spaces before signs, which nobody who edits a text can see, are put right at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant_am.knowledge.model import Fiche, Knowledge
from assistant_am.knowledge.text import facts_in, fill, spaced


def as_answered(knowledge: Knowledge) -> Knowledge:
    """The same knowledge: facts' sources under the answers, facts' values in disagreements."""
    return replace(
        knowledge,
        written=knowledge,
        fiches={key: _backed(fiche, knowledge) for key, fiche in knowledge.fiches.items()},
        disagreements={
            key: replace(entry, statement=spaced(fill(entry.statement, knowledge)))
            for key, entry in knowledge.disagreements.items()
        },
    )


def cited(text: str, sources: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Those named, then those of the facts in the text; a draft's fact may name an unknown one."""
    of_facts = (
        source
        for fact in facts_in(text, knowledge)
        for source in (fact.source, *(fact.also if f"{{{fact.id}.qui}}" in text else ()))
    )
    known = (source for source in of_facts if source in knowledge.sources)
    return tuple(dict.fromkeys([*sources, *known]))


def _backed(fiche: Fiche, knowledge: Knowledge) -> Fiche:
    return replace(
        fiche,
        text=spaced(fiche.text),
        details=spaced(fiche.details) if fiche.details else None,
        sources=cited(fiche.text, fiche.sources, knowledge),
        variants=tuple(
            replace(
                variant,
                text=spaced(variant.text),
                sources=cited(variant.text, variant.sources, knowledge),
            )
            for variant in fiche.variants
        ),
        propositions=tuple(
            replace(
                entry,
                text=spaced(entry.text),
                sources=cited(entry.text, entry.sources, knowledge),
            )
            for entry in fiche.propositions
        ),
    )
