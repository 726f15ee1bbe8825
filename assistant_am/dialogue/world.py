"""What every answer may rely on: knowledge, parameters, phrases, and today's date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.attention import Attention, load_attentions
from assistant_am.dialogue.changes import Change, load_changes
from assistant_am.dialogue.diplomas import Diploma, load_diplomas
from assistant_am.dialogue.script import Question, Script
from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.french.fold import words
from assistant_am.knowledge import (
    Knowledge,
    local,
    names_departement,
    read_checked,
)
from assistant_am.knowledge import load as load_knowledge
from assistant_am.reading.departement import Departements
from assistant_am.rendering.blocks import Suggestion
from assistant_am.site import KNOWLEDGE

NEEDED = ("montant_aide", "conditions_aide", "budget", "estimer_aide", "acces_metier")
"""Subjects that an answer goes to without being asked for."""


class Places:
    """The knowledge and the phrases for each département, made once: a turn would wait 3 ms."""

    def __init__(self, knowledge: Knowledge, script: Script) -> None:
        self._knowledge, self._script = knowledge, script
        self._made: dict[str, tuple[Knowledge, Script]] = {}

    def at(self, departement: str) -> tuple[Knowledge, Script]:
        # One for all those of which nothing is said.
        place = departement if names_departement(self._knowledge, departement) else ""
        if place not in self._made:
            knowledge = local(self._knowledge, departement)
            self._made[place] = knowledge, self._script.said_with(knowledge)
        return self._made[place]


@dataclass(frozen=True)
class World:
    """Loaded once; `today` is given anew at each turn."""

    knowledge: Knowledge
    parameters: aid.Parameters
    script: Script
    changes: Mapping[str, Change]
    attentions: tuple[Attention, ...]
    diplomas: tuple[Diploma, ...]
    today: datetime.date
    fiche_by_intent: Mapping[str, str]
    fiche_by_wording: Mapping[str, str]
    departements: Departements
    places: Places = field(compare=False, repr=False)

    def at(self, departement: str | None) -> World:
        """The same for somebody in a département."""
        if departement is None:
            return self
        knowledge, script = self.places.at(departement)
        return replace(self, knowledge=knowledge, script=script)

    @property
    def questions(self) -> Mapping[str, Question]:
        return self.script.questions

    def buttons(self, fiche_ids: Iterable[str]) -> tuple[Suggestion, ...]:
        """A button for each subject: its label, and the question that it stands for."""
        fiches = self.knowledge.fiches
        shown = (key for key in fiche_ids if key not in self.knowledge.hidden)
        return tuple(Suggestion(fiches[key].label, fiches[key].question) for key in shown)

    def phrase(self, key: str) -> str:
        return self.script.phrases[key]


def load_world(folder: Path, today: datetime.date, site: Path | None = None) -> World:
    """Read `knowledge/`, the entries of the site's folder in their place.

    Raises KnowledgeError, each problem with file, line and remedy.
    """
    knowledge = load_knowledge(folder, site)
    _require(knowledge, site)
    by_wording: dict[str, str] = {}
    for fiche in knowledge.fiches.values():
        for wording in (fiche.question, fiche.label):
            by_wording.setdefault(key_of(wording), fiche.id)
    places = read_checked(folder, "departements.yml", "departements", site)
    script = Script.load(folder, knowledge, site)
    return World(
        knowledge=knowledge,
        parameters=aid.load(folder, site),
        script=script,
        changes=load_changes(folder, site),
        attentions=load_attentions(folder, site),
        diplomas=load_diplomas(folder, knowledge, site),
        today=today,
        fiche_by_intent={fiche.intent: fiche.id for fiche in knowledge.fiches.values()},
        fiche_by_wording=by_wording,
        departements=Departements(places["noms"], tuple(places["mots_courants"])),
        places=Places(knowledge, script),
    )


def _require(knowledge: Knowledge, site: Path | None) -> None:
    """What the conversation leads to by itself cannot be hidden. Raises KnowledgeError."""
    message = "cette fiche ne peut pas être masquée : la conversation y mène. Changez son texte."
    problems = [
        Problem(site / KNOWLEDGE / "fiches" / f"{key}.yml", 1, message)
        for key in NEEDED
        if site is not None and key in knowledge.hidden
    ]
    if problems:
        raise KnowledgeError(problems)


def key_of(wording: str) -> str:
    """A button's words, whatever their case, accents and punctuation."""
    return " ".join(words(wording))


def situation_for_aid(situation: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of the computation, without those it has no value for (« secteur 2 » alone)."""
    inputs = {
        key: value for key, value in situation.items() if key in set(aid.FRENCH_NAMES.values())
    }
    if inputs.get("secteur") == "secteur_2":
        del inputs["secteur"]
    if inputs.get("structure"):
        inputs["structure"] = True
    return inputs
