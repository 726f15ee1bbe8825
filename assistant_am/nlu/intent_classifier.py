"""Rasa component: the questions of a message, and whether it is an emergency."""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant_am.french.courtesy import CourtesyRemover
from assistant_am.french.dictionary import french_words
from assistant_am.french.fold import words
from assistant_am.french.spelling import MAX_CHARACTERS, Speller
from assistant_am.nlu import lexicon
from assistant_am.nlu.encoder import make_encoder
from assistant_am.nlu.lemmas import lemmatise
from assistant_am.nlu.memo import Remembering, remembering
from assistant_am.nlu.model import BrokenModel, IntentModel, Settings
from assistant_am.nlu.noise import noisy_copy
from assistant_am.nlu.plan import plan
from assistant_am.nlu.question_search import Bands
from assistant_am.nlu.reading_plan import Reading, readings
from assistant_am.nlu.thresholds import (
    EMERGENCY_INTENTS,
    cross_validate,
    emergency_threshold,
    rejection_threshold,
)

logger = logging.getLogger(__name__)

_WORD = re.compile(r"[a-zàâäéèêëîïôöùûüÿçœæ]+")
_MIN_COUNT = 2
_FEW_WORDS = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FrenchIntentClassifier(GraphComponent):
    """Spelling, clauses, one classifier, bands of confidence.

    Sets `intent`, `intent_ranking`, `segments` (one for each question) and `urgence` on a message.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "dense_scale": 3.0,
            "sparse_scale": 3.0,
            "regularisation": 0.1,
            "encoder": "use-multilingual-v3",
            "noise": True,
            "outside": None,
            "sure": 0.2,
            "unsure": 0.12,
            "clause": 0.5,
            "emergency": None,
            "emergency_clause": 0.98,
            "emergency_short": 0.8,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FrenchIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FrenchIntentClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = IntentModel.load(folder, lemmatise)
            try:
                learnt = json.loads((folder / "orthographe.json").read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                raise BrokenModel(f"orthographe.json illisible ({error}) : `make train`") from error
        component._outside = learnt["hors_sujet"]
        component._emergency = learnt["urgence"]
        component._speller = _speller(learnt["vocabulaire"])
        lexicon.emergency_detector()
        return component

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage = model_storage
        self._resource = resource
        self._model: IntentModel | None = None
        self._speller: Callable[[str], str] | None = None
        self._outside = 1.0
        self._emergency = 1.0

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        texts = [example.get(TEXT) for example in examples]
        labels = [example.get(INTENT) for example in examples]
        vocabulary = domain_vocabulary(texts)
        speller = _speller(vocabulary)
        corrected = [speller(text) for text in texts]
        make = self._model_maker()
        validation = cross_validate(make, corrected, labels)
        outside = self._config["outside"] or rejection_threshold(validation.outside(), labels)
        emergency = self._config["emergency"] or emergency_threshold(validation.emergency(), labels)
        logger.info(
            "Seuils : hors sujet %.3f, urgence %.3f ; température %.3f",
            outside,
            emergency,
            validation.temperature,
        )
        model = make()
        if self._config["noise"]:
            noisy = [speller(text) for text in noisy_copy(texts)]
            model.fit([*corrected, *noisy], [*labels, *labels])
        else:
            model.fit(corrected, labels)
        model.temperature = validation.temperature
        with self._storage.write_to(self._resource) as folder:
            model.save(folder)
            learnt = {"vocabulaire": vocabulary, "hors_sujet": outside, "urgence": emergency}
            (folder / "orthographe.json").write_text(
                json.dumps(learnt, ensure_ascii=False), encoding="utf-8"
            )
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = (message.get(TEXT) or "")[:MAX_CHARACTERS]
            if message.get(INTENT) and text.startswith("/"):
                continue
            self._read(message, text)
        return messages

    def _read(self, message: Message, text: str) -> None:
        assert self._model is not None and self._speller is not None
        proposed = plan(text)
        corrected = [self._speller(each) for each in proposed.texts]
        probabilities = self._model.probabilities(corrected)
        read = readings(proposed, probabilities, self._model.labels, self._bands())
        said: str | None = lexicon.emergency_detector()(text)
        emergency = said or self._learnt_emergency(text, probabilities)
        first = read[0]
        intent = {"name": first.intent, "confidence": first.confidence}
        if emergency:
            name = "urgence" if emergency == "vital" else "urgence_suicide"
            intent = {"name": name, "confidence": 1.0}
        message.set(INTENT, intent, add_to_output=True)
        ranking = [{"name": name, "confidence": value} for name, value in first.ranking]
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set("segments", [_as_json(each) for each in read], add_to_output=True)
        message.set("urgence", emergency, add_to_output=True)

    def _learnt_emergency(self, text: str, probabilities: Any) -> str | None:
        """What the word lists missed, when the classifier is sure; a clause alone misleads more,
        and so do a few words (« je suis sur Lyon »)."""
        assert self._model is not None
        short = self._config["emergency_short"] if len(words(text)) <= _FEW_WORDS else 0.0
        columns = [
            (i, EMERGENCY_INTENTS[label])
            for i, label in enumerate(self._model.labels)
            if label in EMERGENCY_INTENTS
        ]
        for place, row in enumerate(probabilities):
            whole = max(self._emergency, short)
            needed = whole if place == 0 else self._config["emergency_clause"]
            if sum(row[i] for i, _ in columns) >= needed:
                return max(columns, key=lambda column: row[column[0]])[1]
        return None

    def _bands(self) -> Bands:
        return Bands(
            self._outside, self._config["sure"], self._config["unsure"], self._config["clause"]
        )

    def _model_maker(self) -> Callable[[], IntentModel]:
        """Makes models that share what was computed of a text: five of them read the same ones."""
        settings = Settings(
            dense_scale=self._config["dense_scale"],
            sparse_scale=self._config["sparse_scale"],
            regularisation=self._config["regularisation"],
            encoder=self._config["encoder"],
        )
        encoder = Remembering(make_encoder(settings.encoder))
        lemmas = remembering(lemmatise)
        return lambda: IntentModel(settings, lemmas, encoder)


def domain_vocabulary(texts: Sequence[str]) -> list[str]:
    """Real French words of the training sentences, the most frequent first."""
    counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    real = french_words()
    return [word for word, count in counts.most_common() if count >= _MIN_COUNT and word in real]


def _speller(vocabulary: Sequence[str]) -> Callable[[str], str]:
    """Spelling first, so that « slt » and « stp » are formulas as well; then courtesy off."""
    speller = Speller(french_words(), vocabulary, lexicon.read("sms"))
    without_courtesy = CourtesyRemover(lexicon.read("politesse"))
    return lambda text: without_courtesy(speller(text))


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "texte": reading.text,
        "debut": reading.start,
        "fin": reading.end,
        "intention": reading.intent,
        "confiance": reading.confidence,
        "bande": reading.band,
        "classement": [list(pair) for pair in reading.ranking],
    }
