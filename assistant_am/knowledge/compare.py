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
from assistant_am.knowledge.text import answers_of, facts_in, value

_FAR = 5
"""A fact that becomes so many times greater, or less, is more likely a slip than news."""
_MARK = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True)
class Changed:
    """A fact before and after, and the fiches, words and disagreements that say it."""

    before: Fact
    after: Fact
    said_by: tuple[str, ...]

    @property
    def said(self) -> str:
        """One line for who made the change."""
        where = f"les réponses de {', '.join(self.said_by)}" if self.said_by else "aucune réponse"
        was, now = value(self.before), value(self.after)
        what = f"« {was} » devient « {now} »" if was != now else "sa source ou ses dates changent"
        return f"fait changé, {self.after.id} : {what} ; touche {where}."


def changed_facts(before: Knowledge, after: Knowledge) -> list[Changed]:
    """Facts that are there before and after, and differ."""
    return [
        Changed(before.facts[key], fact, _said_by(key, after))
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
        yield from _still_named(was, now, knowledge)
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


def _said_by(key: str, knowledge: Knowledge) -> tuple[str, ...]:
    """« duree_formation », « le mot CQP », « le désaccord B-1 »."""
    texts: list[tuple[str, str | Fiche]] = [(key, each) for key, each in knowledge.fiches.items()]
    texts += [(f"le mot {term.spellings[0]}", term.text or "") for term in knowledge.glossary]
    # As they are written: as answered, they are filled.
    written = (knowledge.written or knowledge).disagreements
    texts += [(f"le désaccord {entry.id}", entry.statement) for entry in written.values()]
    return tuple(
        name for name, said in texts if any(fact.id == key for fact in facts_in(said, knowledge))
    )


def answers_touched(name: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """A parameter's file that changed, and the sentences of the computation that say it; `before`
    and `after` are what each sentence says."""
    said = [key for key, text in after.items() if before.get(key) != text]
    where = f" et les phrases {', '.join(said)}" if said else ""
    return (
        f"paramètre changé, {name} : touche les montants, les droits et les estimations calculés"
        f"{where}."
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


def _still_named(was: Fact, now: Fact, knowledge: Knowledge) -> Iterator[str]:
    """Answers whose sentence says the fact and names by hand who said it."""
    former = knowledge.sources.get(was.source)
    if former is None:
        return
    name = re.compile(rf"(?<!\w){re.escape(former.publisher.partition(' des ')[0])}(?!\w)")
    found = [
        fiche.id
        for fiche in knowledge.fiches.values()
        for text in answers_of(fiche)
        for sentence in re.split(r"(?<=[.;!?])\s", text)
        if now in facts_in(sentence, knowledge) and name.search(sentence)
    ]
    if found:
        names = ", ".join(dict.fromkeys(found))
        yield (
            f"« {former.publisher} » est encore nommé avec « {now.id} » dans : {names}. Nommez "
            f"qui le dit maintenant, ou écrivez {{{now.id}.qui}}."
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
