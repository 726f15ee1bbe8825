"""Pages of Excel: give the entries as a file, take one back after showing what it would change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from assistant_am.atelier import forms, spreadsheets, typed
from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit
from assistant_am.atelier.differences import sentence
from assistant_am.atelier.draft import Change
from assistant_am.atelier.learnt import PHRASES, intent_of
from assistant_am.atelier.spreadsheets import KEY, Kind, Read, Row, Unreadable
from assistant_am.atelier.storehouse import Entry, Place
from assistant_am.knowledge.locality import SITE

_BLANK: dict[str, dict[str, Any]] = {
    "faits": {"libelle": "", "valeur": "", "unite": "", "source": ""},
    "contacts": {"nom": "", "pour_quoi": ""},
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_OURS, _SHIPPED = "la nôtre", "livrée"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Import:
    """What a file would change, entry by entry, and its mistakes."""

    entries: dict[Place, Entry] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)


class SpreadsheetPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._workshop = desk.workshop

    def show(self, visit: Visit) -> Reply:
        return self._page(visit, Import(), [])

    def export(self, visit: Visit, name: str) -> Reply:
        """« atelier.xlsx », or « faits.csv »."""
        if name == "atelier.xlsx":
            sheets = {kind: self._rows(kind) for kind in spreadsheets.SHEETS}
            return Reply(file=(name, spreadsheets.to_workbook(sheets)), content_type=XLSX)
        kind = next((each for each in spreadsheets.SHEETS if name == f"{each}.csv"), None)
        if kind is None:
            raise NotFound
        content = spreadsheets.to_csv(kind, self._rows(kind))
        return Reply(file=(name, content), content_type="text/csv; charset=utf-8")

    def take(self, visit: Visit) -> Reply:
        """Show what the file would change; nothing is kept."""
        visit.visitor.imported = ()
        try:
            rows = spreadsheets.read(visit.files.get("tableur", b""))
        except Unreadable as error:
            return self._page(visit, Import(mistakes=[str(error)]), [])
        found = self._read(rows)
        if not found.mistakes:
            visit.visitor.imported = tuple(rows)
        return self._page(visit, found, self._said(found.entries))

    def keep(self, visit: Visit) -> Reply:
        """Keep in the draft what was shown. Somebody may have changed an entry meanwhile."""
        found = self._read(visit.visitor.imported)
        if found.mistakes:
            return self._page(visit, found, [])
        with self._workshop.draft.locked():
            for place, entry in found.entries.items():
                self._workshop.draft.keep(place, entry, visit.visitor.name)
        visit.visitor.imported = ()
        visit.visitor.notice = "C'est dans le brouillon. Rien n'est encore publié."
        return Reply(location="/publier", status=303)

    def _read(self, rows: Iterable[Read]) -> Import:
        found = Import()
        phrases: dict[str, list[str]] = {}
        for each in rows:
            key = each.row.get(KEY, "")
            if each.kind == "phrases":
                if each.row.get("origine", "") != _SHIPPED and each.row.get("phrase"):
                    phrases.setdefault(key, []).append(each.row["phrase"])
            elif not _NAME.fullmatch(key):
                said = "en minuscules sans accent, « _ » pour les espaces"
                found.mistakes.append(f"{each.where} : « {key} » n'est pas un nom ({said}).")
            else:
                self._read_entry(each, Place(each.kind, key), found)
        for fiche, texts in phrases.items():
            self._read_phrases(fiche, texts, found)
        return found

    def _read_entry(self, each: Read, place: Place, found: Import) -> None:
        held = self._workshop.draft.entry(place)
        before = dict(held or _BLANK[each.kind])
        form = {name: [text] for name, text in each.row.items() if name != KEY}
        reading = forms.read(place.kind, before, form)
        said = [message for messages in reading.mistakes.values() for message in messages]
        if reading.entry == held:
            return
        if place in found.entries and found.entries[place] != reading.entry:
            said.append(f"« {place.key} » est écrit deux fois : gardez une seule ligne.")
        if not said:
            said = [mistake.message for mistake in self._workshop.mistakes(place, reading.entry)]
        found.mistakes += [f"{each.where} : {message}" for message in said]
        if not said:
            found.entries[place] = reading.entry

    def _read_phrases(self, fiche: str, texts: list[str], found: Import) -> None:
        if fiche not in self._workshop.drafted().knowledge.fiches:
            found.mistakes.append(f"Phrases : la fiche « {fiche} » est inconnue.")
            return
        place = Place("phrases", fiche)
        held = list((self._workshop.draft.entry(place) or {PHRASES: []})[PHRASES])
        added = [each for each in dict.fromkeys(texts) if each not in held]
        if not added:
            return
        entry = {PHRASES: held + added}
        said = [each.message for each in self._workshop.mistakes(place, entry)]
        found.mistakes += [f"Phrases de « {fiche} » : {message}" for message in said]
        if not said:
            found.entries[place] = entry

    def _said(self, entries: dict[Place, Entry]) -> list[str]:
        world = self._workshop.drafted()
        return [
            sentence(
                Change(place, self._workshop.draft.entry(place), entry, "", ""),
                world.knowledge,
                world.parameters,
            )
            for place, entry in entries.items()
        ]

    def _rows(self, kind: Kind) -> list[Row]:
        """Of the draft: what she sees is what she gets."""
        knowledge = self._workshop.drafted().knowledge
        if kind == "phrases":
            learnt = self._workshop.storehouse.learnt
            fiche_of = {intent_of(key): key for key in knowledge.fiches}
            return [
                {
                    KEY: fiche_of[each.intent],
                    "phrase": each.text,
                    "origine": _SHIPPED if each.file.parent == learnt.shipped else _OURS,
                }
                for each in self._workshop.sentences()
                if each.intent in fiche_of
            ]
        keys = knowledge.facts if kind == "faits" else knowledge.contacts
        rows = []
        for key in keys:
            entry = self._workshop.draft.entry(Place(kind, key)) if key != SITE else None
            if entry is not None:
                rows.append({KEY: key, **{name: _text(value) for name, value in entry.items()}})
        return rows

    def _page(self, visit: Visit, found: Import, said: list[str]) -> Reply:
        context: dict[str, Any] = {
            "feuilles": {key: sheet.title for key, sheet in spreadsheets.SHEETS.items()},
            "erreurs": found.mistakes,
            "differences": said,
            "lu": bool(visit.files) or bool(found.entries),
        }
        if found.mistakes:
            return self._desk.refused(visit, "tableur.html", **context)
        return self._desk.page(visit, "tableur.html", **context)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return typed.shown(value)
