"""The classifier: learns, saves without pickle, and refuses damaged files."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant_am.nlu.model import BrokenModel, IntentModel, Settings, best_temperature, softmax

TEXTS = [
    "combien dure la formation", "la formation est longue", "durée des études", "combien de mois",
    "combien on gagne", "quel salaire", "c'est payé combien", "la paye au début",
    "où se former", "quelles écoles", "liste des centres", "un centre vers chez moi",
]  # fmt: skip
LABELS = ["duree"] * 4 + ["salaire"] * 4 + ["lieu"] * 4
SETTINGS = Settings(encoder="aucun")


def as_typed(texts):
    """No lemmas: what is tested is the classifier."""
    return list(texts)


@pytest.fixture
def model() -> IntentModel:
    learnt = IntentModel(SETTINGS, as_typed)
    learnt.fit(TEXTS, LABELS)
    return learnt


def test_probabilities_sum_to_one_and_find_the_intent(model):
    """A sentence close to one intent gets it."""
    (row,) = model.probabilities(["quelle est la durée de la formation"])
    assert row.sum() == pytest.approx(1)
    assert model.labels[int(row.argmax())] == "duree"


def test_same_data_same_model(model):
    """Two trainings on the same sentences give the same probabilities."""
    again = IntentModel(SETTINGS, as_typed)
    again.fit(TEXTS, LABELS)
    asked = ["combien de temps", "salaire"]
    assert np.array_equal(model.probabilities(asked), again.probabilities(asked))


def test_what_is_saved_comes_back(model, tmp_path):
    """Same answers after a save and a load, and no pickle in the folder."""
    model.temperature = 0.3
    model.save(tmp_path)
    loaded = IntentModel.load(tmp_path, as_typed)
    asked = ["la durée", "les écoles", "qsdf"]
    assert np.allclose(model.probabilities(asked), loaded.probabilities(asked), atol=1e-6)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".json", ".npz"]


@pytest.mark.parametrize("name", ["classifieur.npz", "classifieur.json"])
def test_a_truncated_file_is_refused(model, tmp_path, name):
    """A damaged file is named broken, with the remedy, and nothing is guessed."""
    model.save(tmp_path)
    file = tmp_path / name
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(BrokenModel, match="make train"):
        IntentModel.load(tmp_path, as_typed)


def test_a_missing_file_is_refused(tmp_path):
    """No model, no start."""
    with pytest.raises(BrokenModel, match="make train"):
        IntentModel.load(tmp_path, as_typed)


def test_another_encoder_is_refused(model, tmp_path):
    """A model made with sentence vectors is not read without them."""
    model.save(tmp_path)
    file = tmp_path / "classifieur.json"
    description = json.loads(file.read_text("utf-8"))
    description["encoder"] = "un-autre"
    file.write_text(json.dumps(description), encoding="utf-8")
    with pytest.raises(BrokenModel, match="un-autre"):
        IntentModel.load(tmp_path, as_typed)


def test_temperature_makes_overconfident_margins_humble():
    """Margins that are wrong half of the time end near one half."""
    margins = np.array([[5.0, 0.0], [5.0, 0.0], [0.0, 5.0], [0.0, 5.0]])
    gold = np.array([0, 1, 1, 0])
    row = softmax(margins[:1], best_temperature(margins, gold))[0]
    assert row[0] == pytest.approx(0.5, abs=0.2)
