"""Comparison with the knowledge of before: what a change touches, and what it forgot."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant_am.files.errors import Problem
from assistant_am.files.strict_yaml import Document
from assistant_am.knowledge import parameter_files
from assistant_am.knowledge.model import Disagreement, Fact, Fiche, Knowledge, Proposition, Variant
from assistant_am.knowledge.text import facts_in, value

_FAR = 5
"""A fact that becomes so many times greater, or less, is more likely a slip than news."""
_SHOWN = 6
_MARK = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True)
class Changed:
    """A fact before and after, and the fiches that say it."""

    before: Fact
    after: Fact
    fiches: tuple[str, ...]

    @property
    def said(self) -> str:
        """One line for who made the change."""
        many = len(self.fiches) > _SHOWN
        names = ", ".join(self.fiches[:_SHOWN]) + (", …" if many else "")
        where = f"{len(self.fiches)} fiche(s) : {names}" if names else "aucune fiche"
        was, now = value(self.before), value(self.after)
        what = f"« {was} » devient « {now} »" if was != now else "sa source ou ses dates changent"
        return f"fait changé, {self.after.id} : {what} ; touche {where}."


def changed_facts(before: Knowledge, after: Knowledge) -> list[Changed]:
    """Facts that are there before and after, and differ."""
    return [
        Changed(before.facts[key], fact, _fiches_with(key, after))
        for key, fact in after.facts.items()
        if key in before.facts and before.facts[key] != fact
    ]


def forgotten(change: Changed, knowledge: Knowledge, today: datetime.date) -> Iterator[str]:
    """What usually changes with a fact, and did not."""
    was, now = change.before, change.after
    if _far(was.value, now.value):
        yield f"« {now.id} » passe de {was.value} à {now.value} : comptez les chiffres."
    if now.until and now.until < today and now.until != was.until:
        yield f"« {now.id} » n'est plus valable depuis le {now.until}, et il est encore dit."
    if was.value != now.value and (was.source, was.since) == (now.source, now.since):
        yield (
            f"« {now.id} » change de valeur, mais ni de source ni de date : corrigez-les si un "
            "texte nouveau le dit."
        )
    if was.value != now.value and now.also and now.also == was.also:
        yield (
            f"« {now.id} » : {', '.join(now.also)} (« aussi ») disent-ils la nouvelle valeur ? "
            "Sinon, passez-les dans « autres »."
        )
    if was.source != now.source:
        yield from _still_cited(was, now, knowledge)
    if was.value != now.value:
        yield from _still_said(was, now, knowledge)


def dated_values(before: Any, document: Document) -> Iterator[tuple[Problem, bool]]:
    """Dated values that are gone (True: refused) or that another value replaced (False)."""
    after = dict(parameter_files.series(document.data))
    for path, group in parameter_files.series(before):
        kept = after.get(path, {})
        days = [day for day in group if isinstance(day, datetime.date)]
        for day in kept:
            if day not in group and isinstance(day, datetime.date) and days and day < max(days):
                message = (
                    f"la valeur ajoutée vaut du {day}, avant la dernière connue ({max(days)}) : "
                    "vérifiez l'année."
                )
                yield document.problem((*path, day), message), False
        for day, entry in group.items():
            if day not in kept:
                yield (
                    document.problem(
                        path,
                        f"la valeur du {day} ({_valeur(entry)}) a disparu : remettez-la, les "
                        "contrats de ce temps en dépendent, et ajoutez la nouvelle en dessous.",
                    ),
                    True,
                )
            elif _valeur(kept[day]) != _valeur(entry):
                yield (
                    document.problem(
                        (*path, day, "valeur"),
                        f"la valeur du {day} passe de {_valeur(entry)} à {_valeur(kept[day])}. "
                        "Si le montant change à une autre date, remettez l'ancien et ajoutez une "
                        "ligne datée ; si c'est une correction, vérifiez la référence.",
                    ),
                    False,
                )


def lost_marks(before: Any, document: Document) -> Iterator[Problem]:
    """Phrases that lost a mark between square brackets, or got one that nothing fills."""
    after = document.data if isinstance(document.data, dict) else {}
    for key, text in (before or {}).items():
        was, now = set(_MARK.findall(str(text))), set(_MARK.findall(str(after.get(key, text))))
        if was != now:
            marks = ", ".join(f"[{mark}]" for mark in sorted(was)) or "aucun"
            yield document.problem(
                (key,),
                f"les repères entre crochets de « {key} » ne sont plus les mêmes ; attendus : "
                f"{marks}. Remettez-les tels quels.",
            )


def _valeur(entry: Any) -> Any:
    return entry.get("valeur") if isinstance(entry, Mapping) else entry


def _fiches_with(key: str, knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(
        fiche.id
        for fiche in knowledge.fiches.values()
        if any(fact.id == key for fact in facts_in(fiche, knowledge))
    )


def _far(was: Any, now: Any) -> bool:
    numbers = [each for each in (was, now) if isinstance(each, int | float) and each > 0]
    return len(numbers) == 2 and max(numbers) >= _FAR * min(numbers)  # noqa: PLR2004


def _still_cited(was: Fact, now: Fact, knowledge: Knowledge) -> Iterator[str]:
    """Answers that say the fact and name its former source, which no other fact of theirs has."""
    places = []
    for fiche in knowledge.fiches.values():
        parts: tuple[Fiche | Variant | Proposition, ...]
        parts = (fiche, *fiche.variants, *fiche.propositions)
        for part in parts:
            said = list(facts_in(part.text, knowledge))
            others = {each.source for each in said}
            if now in said and was.source in part.sources and was.source not in others:
                places.append(fiche.id)
    if places:
        names = ", ".join(dict.fromkeys(places))
        yield (
            f"« {was.source} » n'est plus la source de « {now.id} », mais reste dans les "
            f"« sources » de : {names}. Retirez-la où elle ne servait qu'à ce fait."
        )


def _still_said(was: Fact, now: Fact, knowledge: Knowledge) -> Iterator[str]:
    old = re.compile(rf"(?<![\w,]){re.escape(_flat(value(was)))}(?![\w,])")
    for entry in knowledge.disagreements.values():
        if any(old.search(_flat(text)) for text in _own_words(entry)):
            yield (
                f"le désaccord {entry.id} ({entry.topic}) dit encore « {value(was)} », ancienne "
                f"valeur de « {now.id} » : relisez ses positions."
            )


def _own_words(entry: Disagreement) -> Iterator[str]:
    yield from (entry.retained, entry.reason, entry.statement)
    yield from (position.says for position in entry.positions)


def _flat(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)
