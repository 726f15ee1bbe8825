"""Choose, by cross-validation inside the training data, when to say « I do not know »."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import numpy as np

from assistant_am.nlu.model import IntentModel, best_temperature, softmax

OUTSIDE_INTENTS = ("avis_medical", "autre_metier", "autre_aide", "hors_sujet", "langue_etrangere")
_FOLDS = 3
_FALSE_REJECTIONS = 0.04
EMERGENCY_INTENTS = {"urgence": "vital", "urgence_suicide": "suicide"}
_FALSE_ALARMS = 0.004


@dataclass(frozen=True)
class CrossValidation:
    """What unseen training sentences got: one row a text, in the order given."""

    labels: list[str]
    probabilities: np.ndarray
    temperature: float

    def outside(self) -> np.ndarray:
        """Probability that each text is none of our subjects."""
        return outside_mass(self.probabilities, self.labels)

    def emergency(self) -> np.ndarray:
        """Probability that each text is an emergency."""
        return _mass(self.probabilities, self.labels, EMERGENCY_INTENTS)


def cross_validate(
    make: Callable[[], IntentModel], texts: Sequence[str], labels: Sequence[str]
) -> CrossValidation:
    """Score each text by a model that has not seen it (fold = position modulo 3)."""
    names = sorted(set(labels))
    column = {name: i for i, name in enumerate(names)}
    margins = np.full((len(texts), len(names)), -np.inf)
    for fold in range(_FOLDS):
        inside = [i for i in range(len(texts)) if i % _FOLDS != fold]
        left_out = [i for i in range(len(texts)) if i % _FOLDS == fold]
        model = make()
        model.fit([texts[i] for i in inside], [labels[i] for i in inside])
        columns = [column[label] for label in model.labels]
        margins[np.ix_(left_out, columns)] = model.margins([texts[i] for i in left_out])
    gold = np.array([column[label] for label in labels])
    temperature = best_temperature(margins, gold)
    return CrossValidation(names, softmax(margins, temperature), temperature)


def outside_mass(probabilities: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """Sum of the probabilities of the intents that are not ours."""
    return _mass(probabilities, labels, OUTSIDE_INTENTS)


def rejection_threshold(outside: np.ndarray, labels: Sequence[str]) -> float:
    """Least probability of « none of our subjects » that rejects at most 4 % of our questions."""
    ours = np.array([label not in OUTSIDE_INTENTS for label in labels])
    return float(np.quantile(outside[ours], 1 - _FALSE_REJECTIONS))


def emergency_threshold(emergency: np.ndarray, labels: Sequence[str]) -> float:
    """Least probability of an emergency that alarms for at most 4 of 1 000 other sentences.

    An alarm too many costs three lines above the answer; one too few may cost a life.
    """
    others = np.array([label not in EMERGENCY_INTENTS for label in labels])
    return float(np.quantile(emergency[others], 1 - _FALSE_ALARMS))


def _mass(probabilities: np.ndarray, labels: Sequence[str], intents: Container[str]) -> np.ndarray:
    columns = [i for i, label in enumerate(labels) if label in intents]
    return np.asarray(probabilities[:, columns].sum(axis=1))
