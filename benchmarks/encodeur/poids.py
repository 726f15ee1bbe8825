"""The weights of the second look, fitted on the conversations left out.

.venv/bin/python -m benchmarks.encodeur.poids

Prints the lines of config.yml, the figures on conversations that the weights have not seen, and
how often a reading is right by its probability, from which the limits are chosen.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant_am.evaluation.metrics import share
from assistant_am.nlu.lexicon import lexicon
from assistant_am.understanding.encoder import Encoder
from assistant_am.understanding.examples import Example
from assistant_am.understanding.logit import conditional_logit
from assistant_am.understanding.ranking import FEATURES, READINGS, softmax
from assistant_am.understanding.reader import ContextReader, Limits
from assistant_am.understanding.training import Settings, train
from benchmarks import donnees, mesures

TEMPERATURE, WORDS_TEMPERATURE = 1.0, 0.25
_FOLDS = 5
_LEFT_OUT = (("voisins",), ("encodeur",), ("frequence", "enchainement"))
"""Of the ablation in the README beside this file."""
_STRENGTH = 2.0
_BOUNDS = (0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.01)


@dataclass(frozen=True)
class Choice:
    """The candidates of a turn, and which of them are right; `fold` is that of its conversation."""

    turn: Example
    names: Sequence[str]
    rows: np.ndarray
    fold: int

    @property
    def right(self) -> np.ndarray:
        return np.array([name in self.turn.requests[0] for name in self.names])

    def ranked(self, weights: np.ndarray) -> list[tuple[str, float]]:
        probabilities = softmax(self.rows @ weights)
        order = np.argsort(-probabilities, kind="stable")
        return [(self.names[i], float(probabilities[i])) for i in order]


def choices(reader: ContextReader, data: donnees.Data) -> list[Choice]:
    """Every turn left out."""
    found = []
    for number, conversation in enumerate(data.left_out):
        for turn in donnees.turns(conversation, data.learnt.subjects):
            readings = reader.readings(turn.text, turn.context)
            names, rows = reader.candidates(turn.text, turn.context, readings)
            found.append(Choice(turn, names, np.array(rows), number % _FOLDS))
    return found


def fit(given: Sequence[Choice]) -> np.ndarray:
    """Conditional logit: the right candidates of each turn against all of its candidates. The
    penalty weighs every feature in its own spread."""
    spread = np.vstack([each.rows for each in given]).std(0) + 1e-6
    cases = [(each.rows / spread, each.right) for each in given if each.right.any()]
    return conditional_logit(cases, len(FEATURES), _STRENGTH) / spread


def only(*features: str) -> np.ndarray:
    """Weights that hear some features alone."""
    return np.array([float(name in features) for name in FEATURES])


def cross_validated(
    found: Sequence[Choice], left_out: Sequence[str] = ()
) -> list[list[tuple[str, float]]]:
    """Rankings by weights fitted on the other conversations, without some features."""
    heard = np.array([float(name not in left_out) for name in FEATURES])
    given = [replace(each, rows=each.rows * heard) for each in found]
    apart = [fit([each for each in given if each.fold != fold]) for fold in range(_FOLDS)]
    return [each.ranked(apart[each.fold]) for each in given]


def main() -> int:
    data = donnees.read()
    settings = Settings(Limits(), only("encodeur", "mots"), TEMPERATURE, WORDS_TEMPERATURE)
    found = choices(
        train(data.learnt, Encoder(), settings, donnees.VECTORS, lexicon().values), data
    )
    turns = [each.turn for each in found]

    def show(name: str, rankings: Sequence[Sequence[tuple[str, float]]]) -> None:
        labels = [[label for label, _ in ranking] for ranking in rankings]
        print(f"{name} : {mesures.line(mesures.figures(turns, labels, data.learnt.subjects))}")

    for features in (*((name,) for name in READINGS), ("encodeur", "mots")):
        show(" et ".join(features), [each.ranked(only(*features)) for each in found])
    crossed = cross_validated(found)
    show("second regard, validation croisée", crossed)
    for left_out in _LEFT_OUT:
        show(f"… sans {' ni '.join(left_out)}", cross_validated(found, left_out))
    print(f"la bonne est parmi les candidates : {share(c.right.any() for c in found).ratio:.3f}")

    for low, high in itertools.pairwise(_BOUNDS):
        rows = [
            ranking[0][0] in turn.requests[0]
            for turn, ranking in zip(turns, crossed, strict=True)
            if low <= ranking[0][1] < high
        ]
        print(f"probabilité de {low} à {high} : {share(rows).ratio:.2f} justes sur {len(rows)}")
    print("    weights:")
    for name, weight in zip(FEATURES, fit(found), strict=True):
        print(f"      {name}: {weight:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
