"""What every answer may rely on: knowledge, parameters, phrases, and today's date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.attention import Attention, load_attentions
from assistant_am.dialogue.changes import Change, load_changes
from assistant_am.dialogue.script import Question, Script
from assistant_am.french.fold import words
from assistant_am.knowledge import Knowledge
from assistant_am.knowledge import load as load_knowledge
from assistant_am.rendering.blocks import Suggestion


@dataclass(frozen=True)
class World:
    """Loaded once; `today` is given anew at each turn."""

    knowledge: Knowledge
    parameters: aid.Parameters
    script: Script
    changes: Mapping[str, Change]
    attentions: tuple[Attention, ...]
    today: datetime.date
    fiche_by_intent: Mapping[str, str]
    fiche_by_wording: Mapping[str, str]

    @property
    def questions(self) -> Mapping[str, Question]:
        return self.script.questions

    def buttons(self, fiche_ids: Iterable[str]) -> tuple[Suggestion, ...]:
        """A button for each subject: its label, and the question that it stands for."""
        fiches = self.knowledge.fiches
        return tuple(Suggestion(fiches[key].label, fiches[key].question) for key in fiche_ids)

    def phrase(self, key: str) -> str:
        return self.script.phrases[key]


def load_world(folder: Path, today: datetime.date) -> World:
    """Read `knowledge/`.

    Raises KnowledgeError or ParameterError, each with file, line and remedy.
    """
    knowledge = load_knowledge(folder)
    by_wording: dict[str, str] = {}
    for fiche in knowledge.fiches.values():
        for wording in (fiche.question, fiche.label):
            by_wording.setdefault(key_of(wording), fiche.id)
    return World(
        knowledge=knowledge,
        parameters=aid.load(folder),
        script=Script.load(folder, knowledge),
        changes=load_changes(folder),
        attentions=load_attentions(folder),
        today=today,
        fiche_by_intent={fiche.intent: fiche.id for fiche in knowledge.fiches.values()},
        fiche_by_wording=by_wording,
    )


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
