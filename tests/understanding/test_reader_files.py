"""A trained reader is kept on disk, read again as it was, and refused in French when damaged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant_am.meaning import Context
from assistant_am.reading.situation import Reader
from assistant_am.understanding.conversations import (
    LabelledConversation,
    LabelledRequest,
    LabelledTurn,
)
from assistant_am.understanding.encoder import Before
from assistant_am.understanding.examples import Example
from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.ranking import FEATURES
from assistant_am.understanding.reader import FILE, FILES, ContextReader, Limits
from assistant_am.understanding.subjects import Subject
from assistant_am.understanding.training import Settings, TrainingSet, train

SUBJECTS = {
    "duree": Subject(
        "Combien dure la formation ?", "demander_duree", "f", "Durée", (("duree", 1.0),)
    ),
    "salaire": Subject("Quel est le salaire ?", "demander_salaire", "s", "Salaire"),
}
SENTENCES = {
    "duree": ["combien dure la formation", "c'est long la formation", "durée de la formation"],
    "salaire": ["quel est le salaire", "c'est payé combien", "le salaire net"],
    "remercier": ["merci", "merci bien", "grand merci"],
}
TEXTS = ["la formation est longue ?", "et le salaire", "merci", "salaire et formation ?", ""]
CONTEXTS = [Context(), Context("duree", "bonjour", ("salaire",))]


VALUES = Reader({"profil": {"infirmier": ["infirmier*", "infirmiere*"]}})


class Letters:
    """In place of the encoder: how often each letter stands in a text and in what came before."""

    width = 52
    digest = "lettres"
    heads = None

    def encode(self, texts: Sequence[str], before: Sequence[Before]) -> np.ndarray:
        said = [(text, b.subject + b.message) for text, b in zip(texts, before, strict=True)]
        rows = [[t.count(chr(97 + i)) for t in pair for i in range(26)] for pair in said]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.width)


def turn(text: str, *labels: str) -> LabelledTurn:
    return LabelledTurn(text, tuple(LabelledRequest("question", (label,)) for label in labels))


@pytest.fixture(scope="module")
def reader(tmp_path_factory) -> ContextReader:
    talk = LabelledConversation("a", (turn("bonjour", "duree"), turn("et payé ?", "salaire")))
    message = Example("ça dure ?", Context(), (("duree",),))
    data = TrainingSet(SUBJECTS, SENTENCES, [talk], [message])
    weights = [0.1 * i for i in range(len(FEATURES))]
    limits = Limits(sure=0.4, unsure=0.2, clause=0.1)
    settings = Settings(limits, weights, 1.3, 0.5)
    vectors = tmp_path_factory.mktemp("vecteurs") / "v.npz"
    return train(data, Letters(), settings, vectors, VALUES)  # type: ignore[arg-type]


@pytest.fixture
def folder(reader, tmp_path) -> Path:
    reader.save(tmp_path)
    return tmp_path


def load(folder: Path) -> ContextReader:
    return ContextReader.load(folder, Letters())  # type: ignore[arg-type]


def test_training_says_how_far_it_is(tmp_path):
    """The share grows up to the whole."""
    heard: list[float] = []
    data = TrainingSet(SUBJECTS, SENTENCES, [], [])
    settings = Settings(Limits(), [0.0] * len(FEATURES), 1.0, 1.0)
    train(data, Letters(), settings, tmp_path / "v.npz", VALUES, heard.append)  # type: ignore[arg-type]
    assert heard == sorted(heard)
    assert heard[-1] == 1


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("text", TEXTS)
def test_the_same_is_read_after_saving(reader, folder, text, context):
    """Labels, order, trust, kinds: half precision moves a probability by a hundredth at most."""
    expected, found = reader.read(text, context), load(folder).read(text, context)
    assert [r.label for r in found.requests] == [r.label for r in expected.requests]
    assert [r.trust for r in found.requests] == [r.trust for r in expected.requests]
    for one, other in zip(expected.requests, found.requests, strict=True):
        assert dict(other.ranking) == pytest.approx(dict(one.ranking), abs=0.01)
    assert found.follows == pytest.approx(expected.follows, abs=0.01)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["missing", "short", "other"])
def test_a_damaged_file_is_told_in_french(folder, name, damage):
    """Whichever file it is, the error says what to do."""
    file = folder / name
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(content[: len(content) // 2] if damage == "short" else b"[]")
    with pytest.raises(BrokenModel, match="lancez `make train`"):
        load(folder)


def test_a_model_of_other_features_is_told_in_french(folder):
    """A model trained when there was one feature less is an old model, not an unforeseen error."""
    data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    data["weights"].pop()
    (folder / FILE).write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BrokenModel, match="lancez `make train`"):
        load(folder)
