"""Pages of facts, fiches, sources and of the site: change one entry and see what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from assistant_am.atelier import citations, doubts, forms
from assistant_am.atelier.answers import for_whom
from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit
from assistant_am.atelier.draft import Conflict
from assistant_am.atelier.forms import Reading, Sent
from assistant_am.atelier.learnt import ENOUGH, PHRASES, intent_of
from assistant_am.atelier.storehouse import Entry, Kind, Place
from assistant_am.knowledge import Knowledge, Truth
from assistant_am.knowledge.overlay import overlaid

TEMPLATES = {
    "faits": "fait.html",
    "fiches": "fiche.html",
    "phrases": "phrases.html",
    "sources": "source.html",
    "contacts": "contact.html",
    "site": "site.html",
}
_SHOWN_AT_ONCE = 12
"""Answers drawn while somebody types; the others are counted, and drawn on the page itself."""
_CHOICES: dict[str, Any] = {
    "unites": forms.UNITS,
    "verites": {key: forms.TRUTHS[key] for key in get_args(Truth)},
    "confiances": forms.TRUSTS,
    "natures": forms.NATURES,
    "reglages": forms.SITE_FIELDS,
    "reglages_facultatifs": forms.SITE_OPTIONAL,
    "colonnes_departements": forms.DEPARTMENT_FIELDS,
    "themes": forms.THEMES,
    "champs_contact": forms.CONTACT_FIELDS,
    "assez": ENOUGH,
}


class EntryPages:
    """`kind` and `key` come from the address: an entry that is not there is NotFound."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._workshop = desk.workshop

    def show(self, visit: Visit, kind: Kind, key: str) -> Reply:
        place, entry = self._place(kind, key)
        typing = self._desk.typing.find(visit.visitor.name, place)
        resumed = None
        if typing is not None:
            reading = forms.read(kind, entry, typing)
            if not reading.mistakes and reading.entry == entry:
                self._desk.typing.forget(visit.visitor.name, place)
                typing = None
            elif "reprendre" in visit.query:
                resumed = reading
        return self._editor(visit, place, entry, resumed, bool(typing) and resumed is None)

    def keep(self, visit: Visit, kind: Kind, key: str) -> Reply:
        """Keep the change in the draft, unless it has a mistake or somebody was faster."""
        place, entry = self._place(kind, key)
        reading = forms.read(kind, entry, visit.form)
        mistakes = self.mistakes(place, reading)
        if mistakes:
            return self._editor(visit, place, entry, reading, mistakes=mistakes)
        try:
            stamp = visit.sent("empreinte")
            with self._workshop.draft.locked():
                citing = self._citing(place, reading)
                self._workshop.draft.keep(place, reading.entry, visit.visitor.name, stamp)
                for fiche, changed in citing.items():
                    self._workshop.draft.keep(fiche, changed, visit.visitor.name)
        except Conflict:
            return self._editor(visit, place, entry, reading, conflict=True)
        self._desk.typing.forget(visit.visitor.name, place)
        kept = self._workshop.draft.change(place) is not None
        visit.visitor.notice = (
            "C'est dans le brouillon. Rien n'est encore publié."
            if kept
            else "C'est comme ce qui est publié : le brouillon ne change rien ici."
        )
        return Reply(location=address(place), status=303)

    def preview(self, visit: Visit, kind: Kind, key: str) -> Reply:
        """While somebody types: the answers, the mistakes by field, and who else was here."""
        place, entry = self._place(kind, key)
        if visit.visitor.may_write:
            self._desk.typing.keep(visit.visitor.name, place, visit.form)
        reading = forms.read(kind, entry, visit.form)
        mistakes = self.mistakes(place, reading)
        data: dict[str, Any] = {
            "erreurs": mistakes,
            "doutes": {} if mistakes else self._doubts(place, reading.entry),
            "autre": self._other(visit, place),
        }
        if not mistakes:
            pairs = self.pairs(place, reading)
            changed = sum(each.differs for each in pairs)
            data["compte"] = self._counted(place, reading.entry, len(pairs), changed)
            data["apercu"] = self._desk.render(
                "_apercu.html", paires=pairs, au_plus=_SHOWN_AT_ONCE, genre=kind
            )
        return Reply(data=data)

    def forget_typing(self, visit: Visit, kind: Kind, key: str) -> Reply:
        place, _ = self._place(kind, key)
        self._desk.typing.forget(visit.visitor.name, place)
        return Reply(location=address(place), status=303)

    def give_up(self, visit: Visit) -> Reply:
        """Take a change out of the draft: what is published counts again."""
        self._workshop.draft.drop(self._named(visit))
        visit.visitor.notice = "Le changement est retiré du brouillon."
        return Reply(location="/publier", status=303)

    def hold_on(self, visit: Visit) -> Reply:
        """Keep one's own change of an entry that was changed elsewhere as well."""
        self._workshop.draft.rebase(self._named(visit))
        visit.visitor.notice = "Votre changement est gardé : il remplacera l'autre."
        return Reply(location="/publier", status=303)

    def state(self, visit: Visit, kind: Kind, key: str) -> Reply:
        """Has somebody else changed the entry since the page was made?"""
        place, _ = self._place(kind, key)
        return Reply(data={"autre": self._other(visit, place)})

    def _named(self, visit: Visit) -> Place:
        found = [each.place for each in self._workshop.draft.changes()]
        wanted = (visit.sent("genre"), visit.sent("cle"))
        for place in found:
            if (place.kind, place.key) == wanted:
                return place
        raise NotFound

    def _place(self, kind: Kind, key: str) -> tuple[Place, Entry]:
        place = Place(kind, key)
        entry = self._workshop.draft.entry(place) if kind in TEMPLATES else None
        if kind == "phrases" and key not in self._workshop.drafted().knowledge.fiches:
            entry = None
        if entry is None:
            raise NotFound
        return place, entry

    def _editor(
        self,
        visit: Visit,
        place: Place,
        entry: Entry,
        reading: Reading | None = None,
        started: bool = False,
        mistakes: dict[str, list[str]] | None = None,
        conflict: bool = False,
    ) -> Reply:
        shown = reading.entry if reading else entry
        sound = not (mistakes or (reading and self.mistakes(place, reading)))
        pairs = self.pairs(place, reading or Reading({}, dict(entry))) if sound else []
        changed = sum(each.differs for each in pairs)
        context = {
            **self.choices(),
            "genre": place.kind,
            "cle": place.key,
            "adresse": address(place),
            "titre": self._workshop.title(place),
            "entree": shown,
            "saisi": reading.sent if reading else {},
            "empreinte": self._workshop.draft.stamp(place),
            "change": self._workshop.draft.change(place),
            "publie": self._workshop.storehouse.entry(place),
            "autre_entree": entry if conflict else None,
            "erreurs": mistakes or {},
            "doutes": self._doubts(place, shown) if sound else {},
            "commence": started,
            "paires": pairs,
            "compte": self._counted(place, shown, len(pairs), changed) if sound else "",
        }
        if place.kind in ("fiches", "phrases"):
            context["apprises"] = self._shipped_phrases(place.key)
        page = TEMPLATES[place.kind]
        if mistakes or conflict:
            return self._desk.refused(visit, page, **context)
        return self._desk.page(visit, page, **context)

    def choices(self) -> dict[str, Any]:
        """What the fields of every form may hold."""
        knowledge = self._workshop.drafted().knowledge
        return {
            **_CHOICES,
            "sources": knowledge.sources,
            "fiches": knowledge.fiches,
            "faits": knowledge.facts,
            "personnes": _people(knowledge),
            "contacts": knowledge.contacts,
        }

    def _shipped_phrases(self, fiche: str) -> list[str]:
        learnt = self._workshop.storehouse.learnt
        return [
            each.text
            for each in learnt.all()
            if each.intent == intent_of(fiche) and each.file.parent == learnt.shipped
        ]

    def _counted(self, place: Place, entry: Entry, every: int, changed: int) -> str:
        if place.kind != "phrases":
            return counted(every, changed)
        known = len(self._shipped_phrases(place.key)) + len(entry[PHRASES])
        more = "" if known >= ENOUGH else f" ; à partir de {ENOUGH}, il est bien reconnu"
        return f"Ce sujet a {known} phrase{'s' if known > 1 else ''}{more}."

    def pairs(self, place: Place, reading: Reading) -> list[Any]:
        knowledge = self._workshop.knowledge_with(place, reading.entry)
        for fiche, changed in self._citing(place, reading).items():
            knowledge = overlaid(knowledge, fiche.kind, fiche.key, changed)
        found = self._workshop.compared(place, knowledge)
        # A fiche is read in its order; elsewhere what changes comes first.
        return found if place.kind == "fiches" else sorted(found, key=lambda each: not each.differs)

    def _citing(self, place: Place, reading: Reading) -> dict[Place, Entry]:
        """Fiches that would no longer cite the fact's former source, when that is ticked."""
        published = self._workshop.storehouse.entry(place)
        if place.kind != "faits" or not reading.text("citer") or published is None:
            return {}
        knowledge = self._workshop.knowledge_with(place, reading.entry)
        old, new = str(published["source"]), str(reading.entry["source"])
        found: dict[Place, Entry] = {}
        for key in {each.fiche for each in self._workshop.touched(knowledge, place)}:
            fiche = Place("fiches", key)
            entry = self._workshop.draft.entry(fiche) or {}
            changed = citations.citing(knowledge, entry, place.key, old, new)
            if changed != entry:
                found[fiche] = changed
        return found

    def mistakes(self, place: Place, reading: Reading) -> dict[str, list[str]]:
        """By field; what no field of the form shows is under « »."""
        if reading.mistakes:
            return reading.mistakes
        found: dict[str, list[str]] = {}
        for mistake in self._workshop.mistakes(place, reading.entry):
            name = forms.field_of(mistake.path, _fields(reading.sent))
            found.setdefault(name, []).append(mistake.message)
        return found

    def _doubts(self, place: Place, entry: Entry) -> dict[str, str]:
        if place.kind != "faits":
            return {}
        published = self._workshop.storehouse.entry(place)
        found = doubts.of_fact(published, entry, self._workshop.today())
        if published and published.get("valeur") != entry.get("valeur"):
            knowledge = self._workshop.drafted().knowledge
            by_hand = list(doubts.written_by_hand(knowledge, published))
            if by_hand:
                written = f"L'ancienne valeur est aussi écrite ailleurs : {', '.join(by_hand)}."
                found["valeur"] = " ".join(filter(None, (found.get("valeur"), written)))
        if published and published["source"] != entry["source"]:
            still = citations.still_citing(
                self._workshop.drafted().knowledge, place.key, str(published["source"])
            )
            if still:
                found["source"] = (
                    f"{still} réponse{'s citent' if still > 1 else ' cite'} encore l'ancienne "
                    "source : cochez ci-dessous pour l'en retirer."
                )
        return found

    def _other(self, visit: Visit, place: Place) -> str:
        stamp = visit.sent("empreinte") or visit.query.get("empreinte", "")
        if stamp == self._workshop.draft.stamp(place):
            return ""
        change = self._workshop.draft.change(place)
        if change and change.who != visit.visitor.name:
            return f"{change.who} a changé cette entrée pendant que vous écriviez."
        return "Cette entrée a changé depuis que vous avez ouvert cette page."


def address(place: Place) -> str:
    """The page of an entry."""
    if place.kind == "site":
        return "/site"
    if place.kind == "montants":
        return f"/montants/{place.key.partition('/')[0]}"
    return f"/{place.kind}/{place.key}"


def counted(all_of_them: int, changed: int) -> str:
    """« 47 réponses utilisent cette entrée, 12 changent. »"""
    if not all_of_them:
        return "Aucune réponse n'utilise cette entrée."
    many = all_of_them > 1
    said = f"{all_of_them} réponse{'s' if many else ''} utilise{'nt' if many else ''} cette entrée"
    tail = f"{changed} change{'nt' if changed > 1 else ''}" if changed else "aucune ne change"
    return f"{said}, {tail}."


def _people(knowledge: Knowledge) -> list[tuple[str, str]]:
    """The kinds of people that some fiche tells apart, « profil:infirmier » with its words."""
    found = {
        (kind, value)
        for fiche in knowledge.fiches.values()
        for each in fiche.variants
        for kind in ("profil", "public")
        if kind in each.when
        for value in ((each.when[kind],) if isinstance(each.when[kind], str) else each.when[kind])
    }
    named = [(f"{kind}:{value}", for_whom({kind: value})) for kind, value in found]
    return sorted(named, key=lambda each: each[1])


def _fields(sent: Sent) -> Iterable[str]:
    """The names of fields, those of ticked boxes and of numbered ones under their list's name."""
    for name in sent:
        yield name
        yield name.removesuffix(".presentes")
        if name.startswith("suite."):
            yield "suite"
