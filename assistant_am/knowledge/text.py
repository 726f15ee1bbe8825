"""Fill the placeholders of a fiche's text with facts and site settings."""

from __future__ import annotations

import datetime
import re

from assistant_am.french import format as french
from assistant_am.knowledge.model import Fact, Fiche, Knowledge

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")

_NBSP = "\u00a0"
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


def facts_of(fiche: Fiche) -> tuple[str, ...]:
    """Facts that a fiche quotes, in the order of its texts."""
    texts = (
        fiche.text,
        *(variant.text for variant in fiche.variants),
        *(proposition.text for proposition in fiche.propositions),
        fiche.details or "",
    )
    names = (name.partition(".")[0] for text in texts for name in PLACEHOLDER.findall(text))
    return tuple(dict.fromkeys(name for name in names if name != "site"))


def fill(text: str, knowledge: Knowledge) -> str:
    """Replace `{fact}`, `{fact.nombre}` and `{site.key}`, which the loader has checked."""

    def replace(match: re.Match[str]) -> str:
        key, _, rest = match.group(1).partition(".")
        if key == "site":
            return str(knowledge.site[rest])
        fact = knowledge.facts[key]
        return bare_number(fact) if rest == "nombre" else value(fact)

    return PLACEHOLDER.sub(replace, text)
