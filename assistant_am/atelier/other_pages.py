"""The first page with its search, the trial, and the link for somebody else."""

from __future__ import annotations

from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit
from assistant_am.atelier.search import LONGEST_QUERY, Found, index, search
from assistant_am.atelier.trial import LONGEST_MESSAGE, Trial
from assistant_am.dialogue.world import World
from assistant_am.operations.errors import OperationError


class OtherPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._workshop = desk.workshop
        self._index: tuple[World, list[Found]] | None = None

    def home(self, visit: Visit) -> Reply:
        query = visit.query.get("q", "")[:LONGEST_QUERY]
        entries = self._entries()
        return self._desk.page(
            visit, "accueil.html", q=query, trouves=search(entries, query), entrees=entries
        )

    def trial(self, visit: Visit) -> Reply:
        return self._desk.page(visit, "essayer.html", refus="")

    def say(self, visit: Visit) -> Reply:
        """One message of a trial: the turn alone when the page's script asks for it."""
        trial = visit.visitor.trial
        message = visit.sent("message").strip()[:LONGEST_MESSAGE]
        alone = visit.sent("seul") == "oui"
        try:
            said = self._desk.trials.say(trial, message) if message else None
        except OperationError as error:
            if alone:
                return Reply(data={"refus": str(error)})
            return self._desk.refused(visit, "essayer.html", refus=str(error))
        if alone:
            html = self._desk.render("_tour.html", tour=said) if said else ""
            return Reply(data={"tour": html})
        return Reply(location="/essayer#fin", status=303)

    def again(self, visit: Visit) -> Reply:
        visit.visitor.trial = Trial()
        return Reply(location="/essayer", status=303)

    def share(self, visit: Visit) -> Reply:
        """A page that shows the trial to whoever comes in."""
        if not visit.visitor.trial.turns:
            return Reply(location="/essayer", status=303)
        key = self._desk.shared.share(visit.visitor.name, visit.visitor.trial)
        return Reply(location=f"/essais/{key}", status=303)

    def shared(self, visit: Visit, key: str) -> Reply:
        found = self._desk.shared.find(key)
        if found is None:
            raise NotFound
        return self._desk.page(visit, "essai_partage.html", partage=found, cle=key)

    def again_from(self, visit: Visit, key: str) -> Reply:
        """Say the same messages again, on the draft as it is now."""
        found = self._desk.shared.find(key)
        if found is None:
            raise NotFound
        trial = visit.visitor.trial = Trial()
        try:
            for turn in found.turns:
                self._desk.trials.say(trial, turn.message)
        except OperationError as error:
            return self._desk.refused(visit, "essayer.html", refus=str(error))
        return Reply(location="/essayer", status=303)

    def invite(self, visit: Visit) -> Reply:
        """A link for somebody else at work on the same draft, on this machine."""
        if visit.visitor.from_intranet:
            raise NotFound
        return self._desk.page(visit, "inviter.html", lien=f"/entree/{self._desk.doors.new_link()}")

    def _entries(self) -> list[Found]:
        world = self._workshop.drafted()
        if self._index is None or self._index[0] is not world:
            self._index = (world, index(world))
        return self._index[1]
