"""Rasa component: what a message means in its conversation (`assistant_am.understanding`)."""

from __future__ import annotations

import datetime
import logging
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.respond import FORGETS_AFTER
from assistant_am.meaning import Meaning
from assistant_am.nlu.lexicon import lexicon
from assistant_am.nlu.training_set import ROOT, training_set
from assistant_am.understanding.encoder import Encoder
from assistant_am.understanding.listener import Listener
from assistant_am.understanding.ranking import FEATURES
from assistant_am.understanding.reader import ContextReader, Limits
from assistant_am.understanding.training import Settings, train

logger = logging.getLogger(__name__)

VECTORS = ROOT / ".cache" / "encodeur" / "vecteurs.npz"
MEANING = "sens"
"""Key of the meaning on a message, as `Meaning.to_json` gives it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ContextClassifier(GraphComponent):
    """Sets `intent`, `intent_ranking`, `entities` and the whole meaning on a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            **vars(Limits()),
            "temperature": 1.0,
            "words_temperature": 0.25,
            "weights": dict.fromkeys(FEATURES, 0.0) | {"encodeur": 1.0, "mots": 1.0},
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContextClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ContextClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._listener = lexicon().listener(ContextReader.load(folder))
        return component

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage = model_storage
        self._resource = resource
        self._listener: Listener | None = None

    def train(self, training_data: TrainingData) -> Resource:
        settings = Settings(
            limits=Limits(**{key: self._config[key] for key in vars(Limits())}),
            weights=[self._config["weights"][name] for name in FEATURES],
            temperature=self._config["temperature"],
            words_temperature=self._config["words_temperature"],
        )
        reader = train(
            training_set(training_data), Encoder(), settings, VECTORS, lexicon().values, _say
        )
        with self._storage.write_to(self._resource) as folder:
            reader.save(Path(folder))
        return self._resource

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Without a conversation (`/model/parse`, `rasa test nlu`) nothing came before."""
        for message in messages:
            text = message.get(TEXT) or ""
            if message.get(INTENT) and text.startswith("/"):
                continue
            self._read(message, text, memory_of(tracker))
        return messages

    def _read(self, message: Message, text: str, memory: Memory) -> None:
        assert self._listener is not None
        meaning = self._listener.hear(text, memory.context, datetime.date.today())
        first = meaning.requests[0]
        intent = {"name": self._intent(meaning), "confidence": first.probability}
        message.set(INTENT, intent, add_to_output=True)
        ranking = [
            {"name": self._listener.intent_of(name), "confidence": value}
            for name, value in first.ranking
        ]
        message.set("intent_ranking", ranking, add_to_output=True)
        found = [
            {
                "entity": entity.slot,
                "value": entity.value,
                "start": entity.start,
                "end": entity.end,
                "extractor": type(self).__name__,
            }
            for entity in meaning.entities
        ]
        message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        message.set(MEANING, meaning.to_json(), add_to_output=True)

    def _intent(self, meaning: Meaning) -> str:
        assert self._listener is not None
        if meaning.emergency and meaning.emergency.plain:
            return "urgence" if meaning.emergency.kind == "vital" else "urgence_suicide"
        return self._listener.intent_of(meaning.requests[0].label)


def memory_of(tracker: DialogueStateTracker | None) -> Memory:
    """What the conversation remembers; nothing after half an hour of silence."""
    if tracker is None:
        return Memory()
    memory = Memory.from_slots(tracker.current_slot_values())
    spoken = [event.timestamp for event in tracker.events if event.type_name == "user"]
    if spoken and time.time() - spoken[-1] > FORGETS_AFTER:
        return replace(memory, subject=None, message="", subjects=(), opening="")
    return memory


def _say(share: float) -> None:
    logger.info("Phrases lues : %d %%", round(100 * share))
