"""Pages of the inbox: what people asked and did not get, and what to do with each."""

from __future__ import annotations

from typing import Any

from assistant_am.atelier import forms
from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit
from assistant_am.atelier.inbox import SORTS, Item, Letters
from assistant_am.atelier.learnt import PHRASES
from assistant_am.atelier.storehouse import Place
from assistant_am.operations.errors import OperationError

_NEAR = 3
_NOT_OURS = "pas pour nous"


class InboxPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._workshop = desk.workshop
        self._inbox = desk.inbox

    def all(self, visit: Visit) -> Reply:
        refused = ""
        try:
            letters = self._inbox.letters()
        except OperationError as error:
            letters, refused = Letters((), (), 0), str(error)
        return self._desk.page(
            visit,
            "boite.html",
            lettres=letters,
            sortes=SORTS,
            fiches=self._workshop.drafted().knowledge.fiches,
            rares=self._inbox.rare,
            refus=refused,
        )

    def show(self, visit: Visit, name: str) -> Reply:
        return self._page(visit, self._item(name), {})

    def learn(self, visit: Visit, name: str) -> Reply:
        """« C'était cette fiche »: keep her sentences in the draft, none as people typed it."""
        item = self._item(name)
        fiche = visit.sent("fiche")
        if fiche not in self._workshop.drafted().knowledge.fiches:
            return self._page(visit, item, {"fiche": ["choisissez la fiche."]})
        place = Place("phrases", fiche)
        held = self._workshop.draft.entry(place) or {PHRASES: []}
        phrases = forms.read("phrases", {PHRASES: []}, visit.form).entry[PHRASES]
        mistakes = self._inbox.said_by_people(name, phrases)
        if not phrases:
            mistakes.append("écrivez au moins une phrase.")
        entry = {PHRASES: [*held[PHRASES], *phrases]}
        mistakes += [each.message for each in self._workshop.mistakes(place, entry)]
        if mistakes:
            return self._page(visit, item, {PHRASES: mistakes})
        self._workshop.draft.keep(place, entry, visit.visitor.name)
        self._inbox.settle(name, f"fiche {fiche}", visit.visitor.name)
        visit.visitor.notice = (
            "C'est dans le brouillon. Une fois publié, l'assistant l'apprendra au prochain "
            "apprentissage."
        )
        return Reply(location="/boite", status=303)

    def put_aside(self, visit: Visit, name: str) -> Reply:
        self._item(name)
        self._inbox.settle(name, _NOT_OURS, visit.visitor.name)
        visit.visitor.notice = "C'est noté : ce n'est pas pour nous."
        return Reply(location="/boite", status=303)

    def take_back(self, visit: Visit, name: str) -> Reply:
        self._item(name)
        self._inbox.take_back(name)
        return Reply(location="/boite", status=303)

    def _near(self, item: Item) -> list[str]:
        """The fiches that the assistant hesitates between; none without a model."""
        try:
            found = self._desk.trials.candidates(item.texts[0][0])
        except OperationError:
            return []
        fiches = self._workshop.drafted().knowledge.fiches
        return list(dict.fromkeys(each for each in found if each in fiches))[:_NEAR]

    def _item(self, name: str) -> Item:
        item = self._inbox.group(name)
        if item is None:
            raise NotFound
        return item

    def _page(self, visit: Visit, item: Item, mistakes: dict[str, list[str]]) -> Reply:
        context: dict[str, Any] = {
            "lettre": item,
            "sortes": SORTS,
            "fiches": self._workshop.drafted().knowledge.fiches,
            "proches": self._near(item),
            "erreurs": mistakes,
            "saisi": visit.form,
        }
        if mistakes:
            return self._desk.refused(visit, "lettre.html", **context)
        return self._desk.page(visit, "lettre.html", **context)
