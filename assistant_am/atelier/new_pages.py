"""Pages that add an entry: a fact, a fiche with its sentences, a source, a contact."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from assistant_am.atelier import forms
from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit
from assistant_am.atelier.entry_pages import TEMPLATES, EntryPages, address
from assistant_am.atelier.learnt import PHRASES
from assistant_am.atelier.storehouse import Entry, Kind, Place
from assistant_am.dialogue.acts import ACTS
from assistant_am.french.fold import words

_TITLES = {
    "faits": "Un nouveau fait",
    "fiches": "Une nouvelle fiche",
    "sources": "Une nouvelle source",
    "contacts": "Un nouveau contact",
}
_NAMED_BY = {"faits": "libelle", "fiches": "libelle", "sources": "court", "contacts": "nom"}
_LONGEST_KEY = 40
_READ_AGAIN_DAYS = 180


class NewPages:
    """`kind` is one of the four; the name of the entry is made of what people call it."""

    def __init__(self, desk: Desk, entries: EntryPages) -> None:
        self._desk = desk
        self._workshop = desk.workshop
        self._entries = entries
        self._inbox = desk.inbox

    def show(self, visit: Visit, kind: Kind) -> Reply:
        return self._page(visit, kind, self._blank(kind, ""), {})

    def add(self, visit: Visit, kind: Kind) -> Reply:
        place, reading, mistakes = self._read(visit, kind)
        if mistakes:
            return self._page(visit, kind, reading.entry, mistakes)
        who, draft = visit.visitor.name, self._workshop.draft
        with draft.locked():
            draft.keep(place, reading.entry, who)
            if kind == "fiches":
                draft.keep(Place("phrases", place.key), {PHRASES: self._phrases(visit)}, who)
        self._inbox.settle(visit.sent("groupe"), f"fiche {place.key}", who)
        visit.visitor.notice = "C'est dans le brouillon. Rien n'est encore publié."
        return Reply(location=address(place), status=303)

    def preview(self, visit: Visit, kind: Kind) -> Reply:
        """While the form is being filled, what is still empty is no mistake."""
        place, reading, mistakes = self._read(visit, kind)
        told = {name: said for name, said in mistakes.items() if visit.sent(name).strip()}
        data: dict[str, Any] = {"erreurs": told, "doutes": {}, "autre": ""}
        pairs = [] if mistakes else self._entries.pairs(place, reading)
        data["compte"] = "" if mistakes else "Voici la réponse." if pairs else "Tout est rempli."
        if not told:
            data["apercu"] = self._desk.render(
                "_apercu.html", paires=pairs, au_plus=len(pairs), genre=kind
            )
        return Reply(data=data)

    def _read(
        self, visit: Visit, kind: Kind
    ) -> tuple[Place, forms.Reading, Mapping[str, list[str]]]:
        place = Place(kind, self._key(kind, visit.sent(_NAMED_BY.get(kind, ""))))
        reading = forms.read(kind, self._blank(kind, place.key), visit.form)
        mistakes = dict(self._entries.mistakes(place, reading))
        if kind == "fiches":
            said = self._mistakes_of_phrases(visit, place.key)
            mistakes |= {PHRASES: said} if said else {}
        return place, reading, mistakes

    def _mistakes_of_phrases(self, visit: Visit, fiche: str) -> list[str]:
        phrases = self._phrases(visit)
        if not phrases:
            return ["il faut au moins une phrase : écrivez comment les gens le demandent."]
        said = self._inbox.said_by_people(visit.sent("groupe"), phrases)
        entry = {PHRASES: phrases}
        found = self._workshop.mistakes(Place("phrases", fiche), entry)
        return [*said, *(each.message for each in found)]

    def _phrases(self, visit: Visit) -> list[str]:
        return list(forms.read("phrases", {PHRASES: []}, visit.form).entry[PHRASES])

    def _page(
        self, visit: Visit, kind: Kind, entry: Entry, mistakes: Mapping[str, list[str]]
    ) -> Reply:
        if kind not in _TITLES:
            raise NotFound
        group = self._inbox.group(visit.sent("groupe") or visit.query.get("groupe", ""))
        context = {
            **self._entries.choices(),
            "genre": kind,
            "cle": "",
            "nouveau": True,
            "adresse": f"/nouveau/{kind}",
            "titre": _TITLES[kind],
            "entree": entry,
            "saisi": visit.form,
            "empreinte": "",
            "change": None,
            "publie": None,
            "autre_entree": None,
            "erreurs": mistakes,
            "doutes": {},
            "commence": False,
            "paires": [],
            "compte": "",
            "phrases": "\n".join(group.whole) if group else "",
            "groupe": group,
        }
        page = TEMPLATES[kind]
        if mistakes:
            return self._desk.refused(visit, page, **context)
        return self._desk.page(visit, page, **context)

    def _key(self, kind: Kind, name: str) -> str:
        """A name for the files: « Places de parking » → places_de_parking."""
        folded = "_".join(word.replace(",", "_").replace(".", "_") for word in words(name))
        stem = folded[:_LONGEST_KEY].strip("_") or "sans_nom"
        stem = stem if stem[0].isalpha() else f"n_{stem}"
        key, count = stem, 1
        while self._is_taken(kind, key):
            count += 1
            key = f"{stem}_{count}"
        return key

    def _is_taken(self, kind: Kind, key: str) -> bool:
        knowledge = self._workshop.drafted().knowledge
        taken = {
            "faits": knowledge.facts,
            "fiches": {*knowledge.fiches, *knowledge.hidden},
            "sources": knowledge.sources,
            "contacts": knowledge.contacts,
        }[kind]
        return key in taken or (kind == "fiches" and (key in ACTS or f"demander_{key}" in ACTS))

    def _blank(self, kind: Kind, key: str) -> Entry:
        today = self._workshop.today()
        again = today + datetime.timedelta(days=_READ_AGAIN_DAYS)
        blanks: dict[str, dict[str, Any]] = {
            "faits": {"libelle": "", "valeur": "", "unite": "heures", "source": ""},
            "fiches": {
                "id": key,
                "intention": f"demander_{key}",
                "libelle": "",
                "theme": "metier",
                "question": "",
                "reponse": "",
                "sources": [],
                "divergences": [],
            },
            "sources": {
                "court": "",
                "titre": "",
                "editeur": "",
                "publie": "inconnue",
                "consulte": today.isoformat(),
                "a_revoir": again.isoformat(),
                "officiel": False,
                "confiance": "moyenne",
                "nature": "association",
            },
            "contacts": {"nom": "", "pour_quoi": ""},
        }
        if kind not in blanks:
            raise NotFound
        return blanks[kind]
