"""A reader whose readings are given: the table says what each text reads as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import numpy as np
import pytest

from assistant_am.understanding.encoder import Before
from assistant_am.understanding.named import Named
from assistant_am.understanding.ranking import FEATURES, Habits
from assistant_am.understanding.reader import KINDS, ContextReader, Learnt, Limits
from assistant_am.understanding.subjects import Subject

LABELS = ["duree", "salaire", "hors_sujet", "autre_metier", "urgence", "urgence_suicide"]
SUBJECTS = {
    "duree": Subject("Combien dure la formation ?", "demander_duree", "formation", "Durée"),
    "salaire": Subject("Quel est le salaire ?", "demander_salaire", "salaire", "Salaire"),
}
AS_THE_ENCODER = [float(name == "encodeur") for name in FEATURES]
"""Weights of a second look that changes nothing."""


class Told:
    """In place of the encoder and the heads: `table` gives the probabilities of labels and kinds of
    a text, the rest of the labels sharing what is left, all of it for a text that is not there;
    `before` keeps what came before each."""

    labels = LABELS
    kinds = KINDS
    width = len(LABELS) + len(KINDS)

    def __init__(self, table: Mapping[str | tuple[str, str], Mapping[str, float]]) -> None:
        self.table = table
        self.before: list[Before] = []

    def encode(self, texts: Sequence[str], before: Sequence[Before]) -> np.ndarray:
        self.before += before
        both = zip(texts, before, strict=True)
        return np.array([self._row(self._said(text.strip(), what.message)) for text, what in both])

    def _said(self, text: str, before: str) -> Mapping[str, float]:
        """By the text after that message, else by the text."""
        return self.table.get((text, before), self.table.get(text, {}))

    def _row(self, said: Mapping[str, float]) -> list[float]:
        left = [label for label in LABELS if label not in said]
        share = (1 - sum(said.get(label, 0) for label in LABELS)) / max(1, len(left))
        return [said.get(x, share) for x in LABELS] + [said.get(x, 0.0) for x in KINDS]

    def odds(self, text: str) -> np.ndarray:
        """The logarithms of the odds of the kinds, as the words give them."""
        said = np.clip(
            [self.table.get(text.strip(), {}).get(x, 0.0) for x in KINDS], 1e-9, 1 - 1e-9
        )
        return np.log(said / (1 - said))

    def read(self, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return vectors[:, : len(LABELS)], vectors[:, len(LABELS) :]


@pytest.fixture
def told():
    """Makes a reader of a table, with its stub beside it."""

    def make(table, weights=AS_THE_ENCODER, limits=None):
        stub = Told(table)
        words = SimpleNamespace(
            labels=LABELS,
            read=lambda texts, subjects: (
                np.zeros((len(texts), len(LABELS))),
                np.stack([stub.odds(text) for text in texts]),
            ),
        )
        near = SimpleNamespace(read=lambda vectors: vectors[:, : len(LABELS)])
        points = SimpleNamespace(read=lambda subject, text, vector: [])
        learnt = Learnt(
            stub, words, near, Habits({}, {}), Named(), points, SUBJECTS, weights, 1.0,
            limits or Limits(),
        )  # type: ignore[arg-type]  # fmt: skip
        return ContextReader(stub, learnt), stub  # type: ignore[arg-type]

    return make
