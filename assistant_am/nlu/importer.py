"""Rasa importer: the intents of the fiches and conversation acts, and one rule for each.

A new subject is a fiche and its sentences; neither domain.yml nor data/rules needs a line.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant_am.nlu.training_set import markers

ACTION = "action_repondre"


class SubjectImporter(RasaFileImporter):
    """Adds to the files a mark of our conversations, and what follows from all sentences: every
    intent is answered."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        written = super().get_nlu_data(language)
        return written.merge(TrainingData(training_examples=markers()))

    def get_domain(self) -> Domain:
        declared = super().get_domain()
        names = sorted(self.get_nlu_data().intents - set(declared.intents))
        return declared.merge(Domain.from_dict({"intents": names}))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        written = super().get_stories(exclusion_percentage)
        return written.merge(self._derived_rules())

    def _derived_rules(self) -> StoryGraph:
        rules: list[dict[str, Any]] = [
            {"rule": f"réponse à {intent}", "steps": [{"intent": intent}, {"action": ACTION}]}
            for intent in sorted(self.get_domain().intents)
            if intent not in _RASA_INTENTS
        ]
        reader = YAMLStoryReader()
        return StoryGraph(reader.read_from_parsed_yaml({"version": "3.1", "rules": rules}))


_RASA_INTENTS = frozenset(
    {"restart", "back", "session_start", "out_of_scope", "nlu_fallback", "EXTERNAL_REMINDER"}
)
