"""From what a form sends to an entry, with each mistake beside its field.

A field is named by the path of its value: « valeur », « variantes.0.reponse ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant_am.atelier import typed
from assistant_am.atelier.learnt import PHRASES
from assistant_am.atelier.storehouse import Entry, Kind
from assistant_am.atelier.typed import Misread

Sent = Mapping[str, Sequence[str]]
"""A form as it came: each name with its values."""

UNITS = {
    "heures": "heures",
    "mois": "mois",
    "ans": "ans",
    "euros": "€",
    "euros_par_mois": "€ brut par mois",
    "euros_par_an": "€ par an",
    "pourcent": "%",
    "patients": "patients",
    "postes": "postes",
    "contrats": "contrats",
    "date": "date",
    "texte": "texte",
    "telephone": "téléphone",
    "courriel": "courriel",
    "adresse_web": "adresse web",
}
_WORDS = ("texte", "telephone", "courriel", "adresse_web")
TRUTHS = {
    "oui": "vrai",
    "non": "faux",
    "selon": "cela dépend de la personne",
    "non_dit": "aucune source ne le dit",
    "dit": "question ouverte, la réponse y répond",
}
TRUSTS = {"haute": "haute", "moyenne": "moyenne", "faible": "faible"}
NATURES = {
    "officiel": "organisme officiel",
    "institution": "institution",
    "association": "association",
    "presse": "presse",
    "editeur_prive": "éditeur privé",
    "article": "article",
}
MOST_ROWS = 60


@dataclass
class Reading:
    """The entry under construction, and what could not be read of the form."""

    sent: Sent
    entry: dict[str, Any]
    mistakes: dict[str, list[str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return str((self.sent.get(name) or [""])[0])

    def read(self, name: str, reader: Callable[[str], Any]) -> Any:
        """What the field holds; None, and a mistake, when it cannot be read."""
        try:
            return reader(self.text(name))
        except Misread as error:
            self.mistakes.setdefault(name, []).append(str(error))
            return None

    def set(self, name: str, reader: Callable[[str], Any], *, optional: bool = False) -> None:
        """Put a field into the entry; one that is optional and empty leaves it."""
        if optional and not self.text(name).strip():
            self.entry.pop(name, None)
        elif name in self.sent:
            self.entry[name] = self.read(name, reader)

    def chosen(self, name: str) -> list[str]:
        """The boxes ticked, in their order, each once."""
        return [each for each in dict.fromkeys(self.sent.get(name, ())) if each][:MOST_ROWS]

    def put_list(self, name: str) -> None:
        """The boxes ticked; those that were there keep their order."""
        found = self.chosen(name)
        held = [each for each in self.entry.get(name, ()) if each in found]
        ordered = held + [each for each in found if each not in held]
        if ordered or name in self.entry:
            self.entry[name] = ordered
        if not ordered and name in ("aussi", "suite", "qui_sait"):
            self.entry.pop(name, None)


def read(kind: Kind, before: Entry, sent: Sent) -> Reading:
    """The entry that the form describes, starting from the one it was made of."""
    reading = Reading(sent, dict(before))
    _READERS[kind](reading)
    return reading


def _fact(reading: Reading) -> None:
    reading.set("libelle", typed.line)
    reading.set("unite", typed.line)
    unit = str(reading.entry.get("unite"))
    reader: Callable[[str], Any] = typed.number
    if unit == "date":
        reader = typed.day
    elif unit in _WORDS:
        reader = _filled
    value = reading.text("valeur").strip()
    # A value that nobody touched stays as it is, whatever its form.
    if value != typed.shown(reading.entry.get("valeur")) or unit != reading.entry.get("unite"):
        reading.set("valeur", reader)
    reading.set("source", typed.line)
    reading.set("date", typed.day, optional=True)
    reading.set("jusqu_au", typed.day, optional=True)
    if "aussi.presentes" in reading.sent or "aussi" in reading.sent:
        reading.put_list("aussi")
    also = [each for each in reading.entry.get("aussi", ()) if each != reading.entry["source"]]
    if also != reading.entry.get("aussi", []):
        # The new source was one of those that say the same.
        reading.entry["aussi"] = also
    if not also:
        reading.entry.pop("aussi", None)
    if any(name.startswith("autres.") for name in reading.sent):
        rows = [row for row in _rows(reading, "autres", ("source", "dit")) if row.get("dit")]
        _put_rows(reading, "autres", rows)


THEMES = {
    "acces": "accès au métier",
    "aide": "aide aux médecins",
    "assistant": "l'assistant lui-même",
    "conditions": "conditions de l'aide",
    "contacts": "contacts",
    "emploi": "emploi",
    "formation": "formation",
    "metier": "métier",
    "patients": "patients",
    "recruter": "recruter",
    "salaire": "salaire",
}
CONTACT_FIELDS = {
    "nom": "Nom, comme il vient dans une phrase",
    "pour_quoi": "Pour quoi le joindre",
    "telephone": "Téléphone (facultatif)",
    "courriel": "Courriel (facultatif)",
    "adresse_web": "Adresse web (facultatif)",
}


def _fiche(reading: Reading) -> None:
    for name in ("libelle", "question", "theme"):
        reading.set(name, typed.line)
    if "qui_sait.presentes" in reading.sent:
        reading.put_list("qui_sait")
        if reading.text("non_dit"):
            reading.entry["non_dit"] = True
        else:
            reading.entry.pop("non_dit", None)
    _set_block(reading, reading.entry, "reponse", "reponse")
    if reading.text("details").strip():
        _set_block(reading, reading.entry, "details", "details")
    else:
        reading.entry.pop("details", None)
    reading.put_list("sources")
    suite = [each for at in range(4) for each in reading.chosen(f"suite.{at}")]
    reading.entry["suite"] = list(dict.fromkeys(suite))
    if not suite:
        reading.entry.pop("suite")
    variants = []
    for index, variant in enumerate(reading.entry.get("variantes", ())):
        if reading.text(f"variantes.{index}.retirer"):
            continue
        changed = dict(variant)
        _set_block(reading, changed, "reponse", f"variantes.{index}.reponse")
        _choose_sources(reading, changed, f"variantes.{index}.sources")
        variants.append(changed)
    variants += _new_variant(reading, f"variantes.{len(reading.entry.get('variantes', ()))}")
    _put_rows(reading, "variantes", variants)
    _put_rows(reading, "propositions", _propositions(reading))


def _new_variant(reading: Reading, name: str) -> list[dict[str, Any]]:
    """The answer that the form adds for some people, « profil:infirmier » saying whom; or none."""
    if not reading.text(f"{name}.reponse").strip():
        return []
    kind, _, who = reading.text(f"{name}.pour").partition(":")
    if not who:
        reading.mistakes[f"{name}.pour"] = ["dites pour qui est cette réponse."]
        return []
    variant: dict[str, Any] = {"quand": {kind: who}, "reponse": "", "sources": []}
    _set_block(reading, variant, "reponse", f"{name}.reponse")
    _choose_sources(reading, variant, f"{name}.sources")
    return [variant]


def _propositions(reading: Reading) -> list[dict[str, Any]]:
    held = list(reading.entry.get("propositions", ()))
    kept = []
    for index in range(len(held) + 1):
        name = f"propositions.{index}"
        if reading.text(f"{name}.retirer"):
            continue
        changed = dict(held[index]) if index < len(held) else {}
        if not changed and not reading.text(f"{name}.enonce").strip():
            continue
        for part in ("enonce", "vrai"):
            if f"{name}.{part}" in reading.sent:
                changed[part] = reading.read(f"{name}.{part}", typed.line)
        _set_block(reading, changed, "reponse", f"{name}.reponse")
        _choose_sources(reading, changed, f"{name}.sources")
        if "sources" in changed and not changed["sources"]:
            del changed["sources"]
        kept.append(changed)
    return kept


def _choose_sources(reading: Reading, changed: dict[str, Any], name: str) -> None:
    if f"{name}.presentes" not in reading.sent:
        return
    found = reading.chosen(name)
    held = [each for each in changed.get("sources", ()) if each in found]
    changed["sources"] = held + [each for each in found if each not in held]


def _source(reading: Reading) -> None:
    for name in ("court", "titre", "editeur"):
        reading.set(name, typed.line)
    reading.set("adresse", typed.line, optional=True)
    reading.set("note", typed.line, optional=True)
    if reading.text("publie").strip() != typed.shown(reading.entry.get("publie")):
        reading.set("publie", typed.line)
    reading.set("consulte", typed.day)
    reading.set("a_revoir", typed.day)
    if "officiel" in reading.sent:
        reading.entry["officiel"] = reading.text("officiel") == "oui"
    reading.set("confiance", typed.line)
    reading.set("nature", typed.line, optional=True)


def _contact(reading: Reading) -> None:
    for name in CONTACT_FIELDS:
        reading.set(name, typed.line, optional=name not in ("nom", "pour_quoi"))
    reading.set("source", typed.line, optional=True)
    numbers = reading.read("departements", typed.line) if "departements" in reading.sent else None
    if numbers:
        reading.entry["departements"] = [each.upper() for each in re.split(r"[\s,;]+", numbers)]
    elif numbers is not None:
        reading.entry.pop("departements", None)


def _phrases(reading: Reading) -> None:
    if PHRASES in reading.sent:
        lines = (line.strip().lstrip("-–•*").strip() for line in reading.text(PHRASES).splitlines())
        reading.entry[PHRASES] = [line for line in lines if line]


SITE_FIELDS = {
    "hebergeur": "Qui propose l'assistant, comme dans « Il est proposé par … »",
    "contact_nom": "Personne ou service à joindre",
    "contact_territoire": "Territoire (par exemple « en Mayenne »)",
    "contact_telephone": "Téléphone",
    "contact_courriel": "Courriel",
    "contact_adresse_web": "Adresse web",
    "donnees_contact_nom": "Contact pour les données personnelles",
    "donnees_contact_courriel": "Courriel pour les données personnelles",
    "conservation_jours": "Nombre de jours de conservation d'une conversation",
}
_DEPARTEMENT = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-46]|97[57]|98[678]")
SITE_OPTIONAL = ("contact_adresse_web",)
DEPARTMENT_FIELDS = {
    "departement": "Numéro",
    "nom": "Nom",
    "telephone": "Téléphone",
    "courriel": "Courriel",
    "adresse_web": "Adresse web",
}


def _site(reading: Reading) -> None:
    for name in SITE_FIELDS:
        reader: Callable[[str], Any] = typed.number if name == "conservation_jours" else typed.line
        reading.set(name, reader, optional=name in SITE_OPTIONAL)
    departments: dict[str, Any] = {}
    for row in _rows(reading, "contacts_departements", tuple(DEPARTMENT_FIELDS)):
        number = row.pop("departement", "").upper()
        if not number and not row:
            continue
        at = row.pop("rang")
        field_name = f"contacts_departements.{at}"
        if number in departments:
            message = f"le département « {number} » est écrit deux fois : gardez-en un seul."
            reading.mistakes[f"{field_name}.departement"] = [message]
        elif not _DEPARTEMENT.fullmatch(number):
            message = f"« {number} » n'est pas un département : écrivez 53, 01, 2A ou 974."
            reading.mistakes[f"{field_name}.departement"] = [message]
        if not row.get("nom"):
            reading.mistakes[f"{field_name}.nom"] = ["il manque le nom du contact : ajoutez-le."]
        departments[number] = row
    if departments or "contacts_departements" in reading.entry:
        reading.entry["contacts_departements"] = departments
    if not departments:
        reading.entry.pop("contacts_departements", None)


def _rows(reading: Reading, name: str, parts: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a table of fields, without the empty parts; « rang » says where a site's was."""
    rows = []
    for index in range(MOST_ROWS):
        if not any(f"{name}.{index}.{part}" in reading.sent for part in parts):
            break
        row = {part: reading.read(f"{name}.{index}.{part}", typed.line) for part in parts}
        filled = {part: value for part, value in row.items() if value}
        if filled and name == "contacts_departements":
            filled["rang"] = str(index)
        rows.append(filled)
    return rows


def _put_rows(reading: Reading, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        reading.entry[name] = rows
    else:
        reading.entry.pop(name, None)


def _set_block(reading: Reading, entry: dict[str, Any], key: str, name: str) -> None:
    """A long text: untouched, it stays to the letter, with its last line break."""
    if name not in reading.sent:
        return
    held = str(entry.get(key, ""))
    if reading.text(name).replace("\r\n", "\n").strip() == held.strip():
        return
    text = reading.read(name, typed.paragraph)
    entry[key] = f"{text}\n" if text and held.endswith("\n") else text


def _filled(text: str) -> str:
    if not text.strip():
        raise Misread("la valeur est vide : complétez-la.")
    return typed.line(text)


_READERS: Mapping[Kind, Callable[[Reading], None]] = {
    "faits": _fact,
    "fiches": _fiche,
    "phrases": _phrases,
    "sources": _source,
    "contacts": _contact,
    "site": _site,
}


def field_of(path: Iterable[Any], fields: Iterable[str]) -> str:
    """The field nearest to a value: its own, else that of what holds it; « » for the whole."""
    steps = [str(step) for step in path]
    known = set(fields)
    while steps:
        name = ".".join(steps)
        if name in known:
            return name
        steps.pop()
    return ""
