"""A change in plain French: « Durée du CQP complet : 279 → 300 heures »."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from assistant_am.aid import Names, Parameters
from assistant_am.atelier import forms
from assistant_am.atelier.draft import Change
from assistant_am.atelier.learnt import PHRASES
from assistant_am.atelier.storehouse import Entry
from assistant_am.french.format import euros, long_date, number, year_rank
from assistant_am.knowledge import Knowledge

_NAMES = {
    "libelle": "intitulé",
    "valeur": "valeur",
    "unite": "unité",
    "source": "source",
    "date": "depuis",
    "jusqu_au": "jusqu'au",
    "aussi": "sources d'accord",
    "autres": "ce que disent d'autres sources",
    "question": "question",
    "reponse": "réponse",
    "details": "« En savoir plus »",
    "sources": "sources",
    "suite": "questions proposées ensuite",
    "variantes": "réponses pour certaines personnes",
    "propositions": "ce que les gens demandent ou croient",
    "court": "nom affiché",
    "titre": "titre",
    "editeur": "éditeur",
    "adresse": "adresse",
    "publie": "publiée",
    "consulte": "relue le",
    "a_revoir": "à relire le",
    "officiel": "officielle",
    "confiance": "confiance",
    "note": "note",
    "nature": "de qui elle vient",
    "theme": "thème",
    "non_dit": "nos sources n'en disent rien",
    "qui_sait": "qui en sait plus",
    "nom": "nom",
    "pour_quoi": "pour quoi",
    "telephone": "téléphone",
    "courriel": "courriel",
    "adresse_web": "adresse web",
    "departements": "départements",
    "contacts_departements": "contacts par département",
    **forms.SITE_FIELDS,
}
_LONG = 60


def sentence(change: Change, knowledge: Knowledge, parameters: Parameters) -> str:
    """What the change does, in one line, without what it changes elsewhere."""
    if change.place.kind == "montants":
        return _amount(change, parameters)
    title = title_of(change, knowledge)
    if change.place.kind == "phrases":
        return f"{title} : {_phrases(change)}"
    if change.before is None or change.after is None:
        return f"{title} : {'ajout' if change.before is None else 'retrait'}"
    parts = list(_parts(change.before, change.after, knowledge))
    return f"{title} : {' ; '.join(parts)}"


def title_of(change: Change, knowledge: Knowledge) -> str:
    """What people call the entry."""
    entry: Entry = change.after or change.before or {}
    if change.place.kind == "faits":
        return str(entry.get("libelle") or change.place.key)
    if change.place.kind == "fiches":
        return f"Fiche « {entry.get('libelle')} »"
    if change.place.kind == "sources":
        return f"Source « {entry.get('court')} »"
    if change.place.kind == "contacts":
        return f"Contact « {entry.get('nom')} »"
    if change.place.kind == "phrases":
        fiche = knowledge.fiches.get(change.place.key)
        return f"Phrases de « {fiche.label if fiche else change.place.key} »"
    return "Mon site" if change.place.kind == "site" else change.place.key


def _phrases(change: Change) -> str:
    before, after = (set((each or {}).get(PHRASES, ())) for each in (change.before, change.after))
    counts = ((len(after - before), "ajoutée"), (len(before - after), "retirée"))
    said = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return ", ".join(said) or "ordre changé"


def _parts(before: Entry, after: Entry, knowledge: Knowledge) -> Iterator[str]:
    if "valeur" in after and (before.get("valeur"), before.get("unite")) != (
        after.get("valeur"),
        after.get("unite"),
    ):
        yield _value_change(before, after)
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if key in ("valeur", "unite") or old == new:
            continue
        name = _NAMES.get(key, key)
        if isinstance(old, list | dict) or isinstance(new, list | dict):
            yield _many(name, old, new, knowledge)
        else:
            shown = (_shown(old, knowledge), _shown(new, knowledge))
            short = max(map(len, shown)) <= _LONG
            yield f"{name} : {shown[0]} → {shown[1]}" if short else f"{name} : texte changé"


def _value_change(before: Entry, after: Entry) -> str:
    """« 279 → 300 heures »: the unit once when it stays."""
    old, new = _plain_value(before), _plain_value(after)
    unit = _unit(after)
    if _unit(before) == unit:
        return f"{old} → {new}{unit}"
    return f"{old}{_unit(before)} → {new}{unit}"


def _plain_value(entry: Entry) -> str:
    value = entry.get("valeur")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    return _shown_day(str(value))


def _unit(entry: Entry) -> str:
    unit = str(entry.get("unite"))
    isnumber = isinstance(entry.get("valeur"), int | float)
    return f"\u00a0{forms.UNITS.get(unit, unit)}" if isnumber else ""


def _many(name: str, old: Any, new: Any, knowledge: Knowledge) -> str:
    before, after = _items(old), _items(new)
    if all(isinstance(each, str) for each in (*before.values(), *after.values())):
        added = [_shown(each, knowledge) for each in after.values() if each not in before.values()]
        gone = [_shown(each, knowledge) for each in before.values() if each not in after.values()]
        said = [f"+ {each}" for each in added] + [f"− {each}" for each in gone]
        return f"{name} : {', '.join(said) or 'ordre changé'}"
    changed = sum(after[key] != before[key] for key in after if key in before)
    counts = (
        (changed, "modifiée"),
        (len(after.keys() - before.keys()), "ajoutée"),
        (len(before.keys() - after.keys()), "retirée"),
    )
    said = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return f"{name} : {', '.join(said)}"


def _items(value: Any) -> Mapping[Any, Any]:
    if isinstance(value, Mapping):
        return value
    return dict(enumerate(value or ()))


def _shown(value: Any, knowledge: Knowledge) -> str:
    if value is None:
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str) and value in knowledge.sources:
        return knowledge.sources[value].short
    if isinstance(value, str) and value in knowledge.fiches:
        return f"« {knowledge.fiches[value].label} »"
    return _shown_day(str(value).strip())


def _shown_day(text: str) -> str:
    try:
        return long_date(datetime.date.fromisoformat(text))
    except ValueError:
        return text


def _amount(change: Change, parameters: Parameters) -> str:
    name, *steps, day = change.place.key.split("/")
    entry: Entry = change.after or change.before or {}
    where = amount_title(name, steps, parameters)
    value = entry.get("valeur", 0)
    shown = euros(value) if _is_money(name, parameters) else number(value)
    since = long_date(datetime.date.fromisoformat(day))
    if change.after is None:
        return f"{where} : la ligne du {since} ({shown}) est retirée"
    return f"{where} : {shown} à partir du {since}"


def amount_title(name: str, steps: list[str], parameters: Parameters) -> str:
    """« Aide pour un AM à mi-temps (0,5 ETP), P30 à P89, 1re année »."""
    for table in parameters.tables.values():
        if table.id == name:
            title = table.description.partition(" : ")[0]
            if not steps:
                return title
            band, rank = steps
            return f"{title}, {Names.of(parameters).band(band)}, {year_rank(int(rank))}"  # type: ignore[arg-type]
    for parameter in vars(parameters).values():
        if getattr(parameter, "id", None) == name:
            return str(parameter.description)
    return name


def _is_money(name: str, parameters: Parameters) -> bool:
    return any(table.id == name for table in parameters.tables.values()) or name == "smic_mensuel"
