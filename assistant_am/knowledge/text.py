"""Fill the placeholders of a fiche's text with facts and site settings."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from assistant_am.french import format as french
from assistant_am.knowledge.model import Fact, Fiche, Knowledge

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")

_NBSP = "\u00a0"
# Nobody who edits a text can see which space it is: it is put right when it is read.
_BEFORE_SIGN = re.compile(r" (?=[;:?!€%»])|(?<=«) ")
_FIRST_PLURAL = 2
_PLURAL_UNITS = {
    "heures": ("heure", "heures"),
    "mois": ("mois", "mois"),
    "ans": ("an", "ans"),
    "patients": ("patient", "patients"),
    "postes": ("poste", "postes"),
    "contrats": ("contrat", "contrats"),
}


def value(fact: Fact) -> str:
    """A fact as it is written in a sentence: « 279 heures », « 24 juillet 2019 », « 10 % »."""
    if isinstance(fact.value, datetime.date):
        return french.long_date(fact.value)
    if fact.unit in _PLURAL_UNITS and not isinstance(fact.value, str):
        singular, plural = _PLURAL_UNITS[fact.unit]
        return f"{bare_number(fact)}{_NBSP}{singular if fact.value < _FIRST_PLURAL else plural}"
    if isinstance(fact.value, str):
        return fact.value
    suffix = {
        "euros": f"{_NBSP}€",
        "euros_par_mois": f"{_NBSP}€ brut par mois",
        "euros_par_an": f"{_NBSP}€ par an",
        "pourcent": f"{_NBSP}%",
    }.get(fact.unit, "")
    return bare_number(fact) + suffix


def bare_number(fact: Fact) -> str:
    """The figure without its unit: « 1 801 »."""
    if isinstance(fact.value, int | float):
        return french.number(fact.value)
    return str(fact.value)


PARTS = ("nombre", "source", "qui")
"""What may follow a fact's name after a full stop."""


def facts_in(said: str | Fiche, knowledge: Knowledge) -> Iterator[Fact]:
    """The facts that a text cites, or a fiche in all of its texts, in order."""
    for text in (said,) if isinstance(said, str) else _texts(said):
        for name in PLACEHOLDER.findall(text):
            key = name.partition(".")[0]
            if key in knowledge.facts:
                yield knowledge.facts[key]


def answers_of(fiche: Fiche) -> Iterator[str]:
    """Its answer, those for some people or for a sharper question, and those of propositions."""
    yield fiche.text
    yield from (variant.text for variant in fiche.variants)
    yield from (proposition.text for proposition in fiche.propositions)


def _texts(fiche: Fiche) -> Iterator[str]:
    yield from answers_of(fiche)
    yield fiche.details or ""
    yield from (proposition.statement for proposition in fiche.propositions)


def spaced(text: str) -> str:
    """The text with the spaces that French wants before and after its signs."""
    return _BEFORE_SIGN.sub(_NBSP, text)


def fill(text: str, knowledge: Knowledge) -> str:
    """Replace `{fact}`, `{fact.nombre}`, `{fact.source}`, `{fact.qui}` (all who say it) and
    `{site.key}`, which were checked.

    The source may be unknown: an editor shows drafts.
    """

    def replace(match: re.Match[str]) -> str:
        key, _, rest = match.group(1).partition(".")
        if key == "site":
            return str(knowledge.site[rest])
        fact = knowledge.facts[key]
        if rest == "source":
            return _publisher(fact.source, knowledge)
        if rest == "qui":
            told = (_teller(each, knowledge) for each in (fact.source, *fact.also))
            return french.listing(dict.fromkeys(told))
        return bare_number(fact) if rest == "nombre" else value(fact)

    return PLACEHOLDER.sub(replace, text)


def _teller(source: str, knowledge: Knowledge) -> str:
    """The publisher; of an article, which has none, what it is."""
    found = knowledge.sources.get(source)
    if found and found.kind == "article":
        return found.short.partition(" (")[0]
    return _publisher(source, knowledge)


def _publisher(source: str, knowledge: Knowledge) -> str:
    found = knowledge.sources.get(source)
    return found.publisher if found else source
