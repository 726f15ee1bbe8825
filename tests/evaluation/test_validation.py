"""Cross-validation on a handful of sentences, and the model found again in its archive."""

from __future__ import annotations

import io
import json
import tarfile

import pytest

pytest.importorskip("rasa")

from assistant_am.evaluation.reader import load_reader
from assistant_am.evaluation.validation import sample, validate
from assistant_am.operations.errors import DamagedModelError
from assistant_am.operations.project import Project

CONFIG = {"encoder": "aucun"}
SENTENCES = {
    "duree": "la formation dure combien de temps ; quelle durée ; c'est long ; combien d'heures "
    "de formation ; en combien de mois ; durée de la formation ; combien de temps ; heures",
    "salaire": "quel salaire ; combien on gagne ; la paye ; on touche combien au début ; salaire "
    "brut ; salaire net ; quelle paye au début ; combien gagne un assistant",
    "hors_sujet": "météo demain ; recette de crêpes ; qui a gagné le match ; horaire du train ; "
    "prix du pain ; un film à voir ; la météo ; le score du match",
}
ROWS = [
    (text.strip(), intent)
    for group in zip(*(rows.split(";") for rows in SENTENCES.values()), strict=True)
    for text, intent in zip(group, SENTENCES, strict=True)
]
TEXTS, LABELS = [text for text, _ in ROWS], [intent for _, intent in ROWS]


@pytest.fixture(scope="module")
def validation():
    return validate(TEXTS, LABELS, CONFIG)


def test_every_sentence_is_read_by_a_model_that_has_not_seen_it(validation):
    assert len(validation.models) > 1
    assert len(validation.read) == len(TEXTS)
    assert validation.scores.accuracy.total == len(TEXTS)
    assert validation.outside_rejected.total == LABELS.count("hors_sujet")
    assert validation.falsely_rejected.total == len(TEXTS) - LABELS.count("hors_sujet")


def test_the_same_sentence_is_read_alike_by_its_own_fold(validation):
    rows = list(range(len(TEXTS)))
    assert tuple(validation.read_again(rows, TEXTS)) == validation.read


def test_the_sample_is_spread_over_each_label():
    labels = ["a"] * 10 + ["b"] * 2
    assert sample(labels, 5) == [0, 2, 4, 6, 8, 10, 11]


def archive(path, files):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def test_the_model_is_found_in_its_archive(tmp_path, validation):
    model = validation.models[0]
    model.save(tmp_path)
    learnt = {"vocabulaire": ["formation", "salaire"], "hors_sujet": 0.5, "urgence": 0.4}
    (tmp_path / "orthographe.json").write_text(json.dumps(learnt), encoding="utf-8")
    node = {"uses": "assistant_am.nlu.intent_classifier.FrenchIntentClassifier", "config": CONFIG}
    metadata = {"predict_schema": {"nodes": {"run_FrenchIntentClassifier2": node}}}
    folder = "components/train_FrenchIntentClassifier2"
    files = {f"{folder}/{path.name}": path.read_bytes() for path in tmp_path.iterdir()}
    files["metadata.json"] = json.dumps(metadata).encode()
    archive(tmp_path / "modele.tar.gz", files)
    reader = load_reader(Project.here(), tmp_path / "modele.tar.gz")
    assert reader.threshold == 0.5
    assert reader.emergency_threshold == 0.4
    assert reader.temperature == model.temperature
    assert reader("quel salaire").intent in SENTENCES
    assert reader("infarctus").emergency == "vital"


def test_a_missing_a_foreign_and_a_damaged_model_are_said(tmp_path):
    with pytest.raises(DamagedModelError, match="make train"):
        load_reader(Project(tmp_path))
    archive(tmp_path / "modele.tar.gz", {"metadata.json": b'{"predict_schema": {"nodes": {}}}'})
    with pytest.raises(DamagedModelError, match="make train"):
        load_reader(Project(tmp_path), tmp_path / "modele.tar.gz")
    (tmp_path / "modele.tar.gz").write_bytes(b"rien")
    with pytest.raises(DamagedModelError, match="make train"):
        load_reader(Project(tmp_path), tmp_path / "modele.tar.gz")
