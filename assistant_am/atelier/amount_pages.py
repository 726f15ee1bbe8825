"""Pages of the dated amounts: see the values in force, add a line, see both contracts."""

from __future__ import annotations

from typing import Any

from assistant_am.atelier import amounts
from assistant_am.atelier.amounts import Group
from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit


class AmountPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._workshop = desk.workshop

    def all(self, visit: Visit) -> Reply:
        groups = amounts.groups(self._workshop.drafted().parameters)
        return self._desk.page(visit, "montants.html", groupes=groups)

    def show(self, visit: Visit, name: str) -> Reply:
        return self._page(visit, self._group(name), {})

    def add(self, visit: Visit, name: str) -> Reply:
        """Add the line to the draft, in each row ticked."""
        group = self._group(name)
        world = self._workshop.drafted()
        read = amounts.read(group, world.knowledge.sources, visit.form)
        if read.mistakes:
            return self._page(visit, group, read.mistakes)
        with self._workshop.draft.locked():
            for place, entry in read.added.items():
                self._workshop.draft.keep(place, entry, visit.visitor.name)
        count = len(read.added)
        visit.visitor.notice = (
            f"{count} ligne{'s' if count > 1 else ''} dans le brouillon. Rien n'est encore publié."
        )
        return Reply(location=f"/montants/{name}", status=303)

    def preview(self, visit: Visit, name: str) -> Reply:
        group = self._group(name)
        world = self._workshop.drafted()
        read = amounts.read(group, world.knowledge.sources, visit.form)
        # While the form is being filled, what is still empty is no mistake.
        empty = {field for field in read.mistakes if not visit.sent(field).strip()}
        mistakes = {field: said for field, said in read.mistakes.items() if field not in empty}
        tables = [] if read.mistakes else self._years(read.added)
        count = "Les années de deux contrats :" if tables else ""
        html = self._desk.render("_annees.html", tables=tables)
        return Reply(data={"erreurs": mistakes, "apercu": html, "compte": count, "autre": ""})

    def _group(self, name: str) -> Group:
        group = amounts.group(self._workshop.drafted().parameters, name)
        if group is None:
            raise NotFound
        return group

    def _page(self, visit: Visit, group: Group, mistakes: Any) -> Reply:
        drafted = {
            change.place.key: change
            for change in self._workshop.draft.changes()
            if change.place.kind == "montants" and change.place.key.startswith(f"{group.id}/")
        }
        sources = self._workshop.drafted().knowledge.sources
        context = {
            "groupe": group,
            "erreurs": mistakes,
            "saisi": visit.form,
            "ajoutes": drafted,
            "sources": sources,
            "tables": self._years({each.place: each.after for each in drafted.values()}),
        }
        if mistakes:
            return self._desk.refused(visit, "montant.html", **context)
        return self._desk.page(visit, "montant.html", **context)

    def _years(self, added: Any) -> list[amounts.Years]:
        """As published, and with the draft and these lines; each contract once."""
        before = self._workshop.published().parameters
        after = self._workshop.drafted().parameters
        for place, entry in added.items():
            after = amounts.with_line(after, place, entry)
        found = [each for place in added for each in amounts.years(before, after, place)]
        return list({each.title: each for each in found}.values())
