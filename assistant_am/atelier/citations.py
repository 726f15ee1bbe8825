"""What answers still cite when a fact has got another source.

The source of a fact is under each answer that gives it; the one it had may be named there as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant_am.atelier.storehouse import Entry
from assistant_am.knowledge import Knowledge
from assistant_am.knowledge.text import PLACEHOLDER


def still_citing(knowledge: Knowledge, fact: str, source: str) -> int:
    """How many answers that give the fact name its former source, and no other fact of it."""
    return sum(
        _gives(text, fact) and source in sources and not _relies(knowledge, text, fact, source)
        for fiche in (knowledge.written or knowledge).fiches.values()
        for text, sources in (
            (fiche.text, fiche.sources),
            *((each.text, each.sources) for each in fiche.variants),
            *((each.text, each.sources) for each in fiche.propositions),
        )
    )


def citing(knowledge: Knowledge, fiche: Entry, fact: str, old: str, new: str) -> Entry:
    """A fiche whose answers that give the fact cite its new source.

    The old one goes, unless the answer gives another fact of it. `knowledge` has the fact already.
    """

    def cited(entry: Mapping[str, Any], *texts: str) -> dict[str, Any]:
        sources = list(entry.get("sources", ()))
        text = " ".join(texts)
        if not sources or new in sources or not _gives(text, fact):
            return dict(entry)
        if old in sources and not _relies(knowledge, text, fact, old):
            sources[sources.index(old)] = new
        else:
            sources.append(new)
        return {**entry, "sources": sources}

    # Those of a belief that has none of its own are the fiche's.
    changed = cited(fiche, fiche["reponse"], fiche.get("details", ""))
    for part in ("variantes", "propositions"):
        if part in fiche:
            changed[part] = [cited(each, each["reponse"]) for each in fiche[part]]
    return changed


def _gives(text: str, fact: str) -> bool:
    return fact in _named(text)


def _relies(knowledge: Knowledge, text: str, but: str, source: str) -> bool:
    """Does the text give another fact of this source?"""
    found = (knowledge.facts.get(key) for key in _named(text) if key != but)
    return any(source in (fact.source, *fact.also) for fact in found if fact is not None)


def _named(text: str) -> Iterable[str]:
    return {name.partition(".")[0] for name in PLACEHOLDER.findall(text)}
