"""Pages of publishing: the draft in plain French, the history, undo, what to read again."""

from __future__ import annotations

import datetime
from typing import Any

from assistant_am.atelier import typed
from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit
from assistant_am.atelier.entry_pages import address
from assistant_am.atelier.storehouse import KINDS, Place
from assistant_am.atelier.typed import Misread
from assistant_am.atelier.workshop import Refused

READ_AGAIN_DAYS = 60


class PublishPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._workshop = desk.workshop

    def draft(self, visit: Visit) -> Reply:
        return self._draft(visit, [], "")

    def publish(self, visit: Visit) -> Reply:
        why = visit.sent("pourquoi")
        try:
            why = typed.line(why)
            if not why:
                raise Refused(["Dites en quelques mots pourquoi : l'historique le garde."])
            published = self._workshop.publish(visit.visitor.name, why)
        except Misread as error:
            return self._draft(visit, [str(error)], why)
        except Refused as error:
            return self._draft(visit, error.reasons, why)
        return self._done(visit, f"C'est publié (n° {published.number}).")

    def settle(self, visit: Visit) -> Reply:
        """What a new version has changed under an entry of the site: hers stays, or goes."""
        kind, ours = visit.sent("genre"), visit.sent("choix") == "garder"
        place = next((each for each in KINDS if each == kind), None)
        if place is None:
            raise NotFound
        try:
            entry = Place(place, visit.sent("cle"))
            self._workshop.settle(entry, visit.visitor.name, ours=ours)
        except KeyError:
            raise NotFound from None
        except Refused as error:
            return self._draft(visit, error.reasons, "")
        if not ours:
            return self._done(visit, "C'est fait : ce que livre la mise à jour est publié.")
        visit.visitor.notice = "C'est noté : votre entrée reste."
        return Reply(location="/publier", status=303)

    def history(self, visit: Visit) -> Reply:
        return self._history(visit, [])

    def undo(self, visit: Visit, number: str) -> Reply:
        try:
            published = self._workshop.undo(int(number), visit.visitor.name)
        except (KeyError, ValueError):
            raise NotFound from None
        except Refused as error:
            return self._history(visit, error.reasons)
        said = f"La publication n° {number} est annulée (n° {published.number})."
        return self._done(visit, said)

    def reminders(self, visit: Visit) -> Reply:
        """Sources to read again, the most pressing first, with what stands on each."""
        knowledge = self._workshop.drafted().knowledge
        today = self._workshop.today()
        last = today + datetime.timedelta(days=READ_AGAIN_DAYS)
        due = sorted(
            (each for each in knowledge.sources.values() if each.review_by <= last),
            key=lambda source: source.review_by,
        )
        later = sorted(
            (each for each in knowledge.sources.values() if each.review_by > last),
            key=lambda source: source.review_by,
        )
        facts = {
            source.id: [each for each in knowledge.facts.values() if each.source == source.id]
            for source in knowledge.sources.values()
        }
        return self._desk.page(
            visit,
            "rappels.html",
            a_relire=due,
            plus_tard=later,
            faits_de=facts,
            aujourdhui=today,
            jours=READ_AGAIN_DAYS,
        )

    def _draft(self, visit: Visit, reasons: list[str], why: str) -> Reply:
        overtaken = {each.place for each in self._workshop.draft.overtaken()}
        context: dict[str, Any] = {
            "differences": self._workshop.differences(),
            "depassees": overtaken,
            "mises_a_jour": self._workshop.updates(),
            "titre": self._workshop.title,
            "publie": self._workshop.storehouse.entry,
            "adresse": address,
            "refus": reasons,
            "pourquoi": why,
        }
        if reasons:
            return self._desk.refused(visit, "publier.html", **context)
        return self._desk.page(visit, "publier.html", **context)

    def _history(self, visit: Visit, reasons: list[str]) -> Reply:
        past = list(reversed(self._workshop.history.all()))
        undone = {each.undoes for each in past}
        context: dict[str, Any] = {
            "publications": past,
            "annulees": undone,
            "refus": reasons,
            "reprise": self._desk.reloading.state,
        }
        if reasons:
            return self._desk.refused(visit, "historique.html", **context)
        return self._desk.page(visit, "historique.html", **context)

    def _done(self, visit: Visit, said: str) -> Reply:
        self._desk.reloading.begin()
        visit.visitor.notice = said
        return Reply(location="/historique", status=303)
