"""Cross-validation as training does it, keeping each fold's model to read changed sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant_am.evaluation.metrics import Classification, Share, classification, share

if TYPE_CHECKING:
    from assistant_am.nlu.model import IntentModel


@dataclass(frozen=True)
class Validation:
    """What sentences got from models that had not seen them."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    read: tuple[str, ...]
    scores: Classification
    temperature: float
    threshold: float
    emergency_threshold: float
    emergencies_seen: Share
    outside_rejected: Share
    falsely_rejected: Share
    models: tuple[IntentModel, ...]
    speller: Callable[[str], str]

    def read_again(self, rows: Sequence[int], texts: Sequence[str]) -> list[str]:
        """Intents of the rows' sentences in other wordings, by the model that never saw them."""
        found = [""] * len(rows)
        for fold, model in enumerate(self.models):
            places = [i for i, row in enumerate(rows) if row % len(self.models) == fold]
            if not places:
                continue
            margins = model.margins([self.speller(texts[i]) for i in places])
            for i, column in zip(places, margins.argmax(axis=1), strict=True):
                found[i] = model.labels[int(column)]
        return found


def validate(texts: Sequence[str], labels: Sequence[str], config: Mapping[str, Any]) -> Validation:
    """The same spelling, models and folds as the training of `nlu.intent_classifier`."""
    from assistant_am.nlu.intent_classifier import (
        FrenchIntentClassifier,
        _speller,
        domain_vocabulary,
    )
    from assistant_am.nlu.thresholds import (
        EMERGENCY_INTENTS,
        OUTSIDE_INTENTS,
        cross_validate,
        emergency_threshold,
        rejection_threshold,
    )

    nothing: Any = None
    make = FrenchIntentClassifier(dict(config), nothing, nothing)._model_maker()
    models: list[IntentModel] = []

    def make_and_keep() -> IntentModel:
        models.append(make())
        return models[-1]

    speller = _speller(domain_vocabulary(texts))
    validation = cross_validate(make_and_keep, [speller(text) for text in texts], labels)
    outside = validation.outside()
    threshold = config.get("outside") or rejection_threshold(outside, labels)
    masses = validation.emergency()
    alarm = config.get("emergency") or emergency_threshold(masses, labels)
    best = np.asarray(validation.probabilities).argmax(axis=1)
    read = tuple(validation.labels[int(column)] for column in best)
    rejected = [bool(mass > threshold) for mass in outside]
    ours = [label not in OUTSIDE_INTENTS for label in labels]
    return Validation(
        texts=tuple(texts),
        labels=tuple(labels),
        read=read,
        scores=classification(labels, read),
        temperature=validation.temperature,
        threshold=float(threshold),
        emergency_threshold=float(alarm),
        emergencies_seen=share(
            bool(mass >= alarm)
            for mass, label in zip(masses, labels, strict=True)
            if label in EMERGENCY_INTENTS
        ),
        outside_rejected=share(r for r, own in zip(rejected, ours, strict=True) if not own),
        falsely_rejected=share(r for r, own in zip(rejected, ours, strict=True) if own),
        models=tuple(models),
        speller=speller,
    )


def sample(labels: Sequence[str], per_label: int) -> list[int]:
    """Rows of at most `per_label` sentences of each label, spread over them, in order."""
    rows: dict[str, list[int]] = {}
    for i, label in enumerate(labels):
        rows.setdefault(label, []).append(i)
    kept = []
    for own in rows.values():
        step = max(1.0, len(own) / per_label)
        kept += [own[int(k * step)] for k in range(min(per_label, len(own)))]
    return sorted(kept)
