"""Checks of facts: a value is of its unit, and its dates follow each other."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from assistant_am.files import forms
from assistant_am.files.errors import Problem
from assistant_am.files.strict_yaml import Document, KeyPath
from assistant_am.knowledge.model import Fact, Knowledge

NUMBERS = frozenset(
    ("heures", "mois", "ans", "euros", "euros_par_mois", "euros_par_an", "pourcent", "patients",
     "postes", "contrats")
)  # fmt: skip
_WHOLE = frozenset(("patients", "postes", "contrats"))
_WRITTEN = {
    "telephone": (r"\+?\d[\d \u00a0.]{1,20}", 'un numéro entre guillemets, "02 43 56 12 12"'),
    "courriel": (r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", "une adresse de courriel seule"),
    "adresse_web": (r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", "une adresse, https://…"),
}


def problems(fact: Fact, document: Document) -> Iterator[Problem]:
    """Mistakes of one fact, at the line of what is wrong."""
    path: KeyPath = (fact.id, "valeur")
    message = _value(fact, document.typed.get(path))
    if message:
        yield document.problem(path, message)
    if fact.since and fact.until and fact.until < fact.since:
        message = f"« {fact.id} » finit ({fact.until}) avant de commencer ({fact.since})."
        yield document.problem((fact.id, "jusqu_au"), f"{message} Corrigez l'une des deux dates.")
    if fact.source in fact.also:
        message = f"« {fact.source} » est déjà la source de « {fact.id} » : retirez-la d'ici."
        yield document.problem((fact.id, "aussi"), message)


def doubts(knowledge: Knowledge, today: datetime.date) -> Iterator[tuple[str, str]]:
    """What may be right and is worth a second look: the fact, and a sentence."""
    for fact in knowledge.facts.values():
        if fact.since and fact.since > today:
            yield (
                fact.id,
                (
                    f"« {fact.id} » est daté du {fact.since}, un jour à venir, et il est déjà "
                    "dit : vérifiez la date."
                ),
            )


def leading_zero(typed: Mapping[KeyPath, str]) -> Iterator[tuple[KeyPath, str]]:
    """0243561212 is read in base eight: what was typed is not what is kept."""
    for path, written in typed.items():
        if re.fullmatch(r"[-+]?0[\d_]+", written):
            yield path, f"« {written} » commence par un zéro : mettez-le entre guillemets."


def _value(fact: Fact, typed: str | None) -> str:
    value = fact.value
    if fact.unit in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            number = forms.as_number(str(value))
            remedy = f"écrivez {number}" if number else "écrivez-la en chiffres"
            return (
                f"« {typed or value} » n'est pas un nombre : l'unité de « {fact.id} » est "
                f"« {fact.unit} », {remedy}, sans guillemets, ni unité, ni espace, ni virgule."
            )
        if typed and re.fullmatch(r"\d{1,3}[.]\d{3}", typed):
            return (
                f"« {typed} » est lu comme un nombre à virgule : pour les milliers, écrivez "
                f"{forms.as_number(typed)}."
            )
        if value < 0 or (fact.unit in _WHOLE and value != int(value)):
            return f"« {typed or value} » n'est pas possible pour l'unité « {fact.unit} »."
        return ""
    if fact.unit == "date":
        if isinstance(value, datetime.date):
            return ""
        return (
            f"« {typed or value} » n'est pas une date : {forms.expected(forms.DAY, typed or value)}"
        )
    if not isinstance(value, str):
        return (
            f"« {typed or value} » n'est pas lu comme un texte : mettez-le entre guillemets, "
            f'"{typed or value}".'
        )
    form, remedy = _WRITTEN.get(fact.unit, (r"(?s).*\S.*", "un texte"))
    if not re.fullmatch(form, value):
        return f"« {value} » n'est pas possible pour l'unité « {fact.unit} » : écrivez {remedy}."
    return ""
