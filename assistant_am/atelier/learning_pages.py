"""Pages of learning: begin, see how far it is, and what came of it."""

from __future__ import annotations

from typing import Any

from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit
from assistant_am.atelier.learning import RUNNING, TooSmall
from assistant_am.atelier.learnt import PHRASES
from assistant_am.atelier.sides import MOST_FALL, NAMES

_STEPS = {
    "entraine": "L'assistant apprend…",
    "mesure": "Il relit les phrases à part, pour comparer avec avant…",
    "interrompu": "Le dernier apprentissage a été interrompu : rien n'a changé.",
    "echec": "L'apprentissage n'a pas abouti : rien n'a changé.",
    "refuse": "Refusé : l'assistant comprendrait moins bien. Celui d'avant reste en place.",
    "en_place": "C'est fait : l'assistant se sert de ce qu'il vient d'apprendre.",
}
_MODEL, _RECORD = "assistant-am.tar.gz", "empreinte.json"


class LearningPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._workshop = desk.workshop

    def show(self, visit: Visit) -> Reply:
        return self._page(visit, "")

    def begin(self, visit: Visit) -> Reply:
        try:
            self._desk.learning.begin(visit.visitor.name)
        except TooSmall as error:
            return self._page(visit, str(error))
        return Reply(location="/apprendre", status=303)

    def stop(self, visit: Visit) -> Reply:
        self._desk.learning.stop()
        return Reply(location="/apprendre", status=303)

    def take(self, visit: Visit) -> Reply:
        """A model trained on another machine, with its record: measured like one of ours."""
        if visit.visitor.from_intranet:
            raise NotFound
        files = {name: visit.files.get(name, b"") for name in ("modele", "empreinte")}
        if not all(files.values()):
            return self._page(visit, "Choisissez les deux fichiers, du dossier « models ».")
        learning = self._desk.learning
        if learning.is_running():
            return self._page(visit, "Un apprentissage est en cours : attendez qu'il finisse.")
        folder = learning.folder / "depot"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MODEL).write_bytes(files["modele"])
        (folder / _RECORD).write_bytes(files["empreinte"])
        learning.begin(visit.visitor.name, folder / _MODEL)
        return Reply(location="/apprendre", status=303)

    def state(self, visit: Visit) -> Reply:
        state = self._desk.learning.state()
        running = state["etape"] in RUNNING
        html = self._desk.render("_apprendre.html", **self._context(state))
        return Reply(data={"apercu": html, "en_cours": running})

    def _page(self, visit: Visit, refused: str) -> Reply:
        drafted = any(each.place.kind == PHRASES for each in self._workshop.draft.changes())
        context: dict[str, Any] = {
            **self._context(self._desk.learning.state()),
            "refus": refused,
            "a_publier": drafted,
            "limites": [(NAMES[name], most) for name, most in MOST_FALL.items()],
            "depot": not visit.visitor.from_intranet,
        }
        if refused:
            return self._desk.refused(visit, "apprendre.html", **context)
        return self._desk.page(visit, "apprendre.html", **context)

    def _context(self, state: dict[str, Any]) -> dict[str, Any]:
        step = state["etape"]
        return {
            "etat": state,
            "dit": _STEPS.get(step, ""),
            "en_cours": step in RUNNING,
            "prevu": sum(state["durees"].values()),
            "fiches": self._workshop.published().knowledge.fiches,
            "reprise": self._desk.reloading.state if step == "en_place" else "",
        }
