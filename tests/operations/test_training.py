"""Training happens when something it reads has changed, and a damaged model is never served."""

from __future__ import annotations

import pytest

from assistant_am.operations import training
from assistant_am.operations.errors import BrokenFileError, DamagedModelError, TrainingError
from assistant_am.operations.project import Project
from assistant_am.operations.training import ModelState


def append(project: Project, name: str, text: str = "\n# changed\n") -> None:
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_model_that_was_never_trained_is_absent(project):
    assert training.model_state(project) is ModelState.ABSENT
    with pytest.raises(DamagedModelError, match="make train"):
        training.require_model(project)


def test_a_trained_model_is_current_and_is_not_trained_again(trained):
    assert training.model_state(trained) is ModelState.CURRENT
    training.require_model(trained)
    assert training.train_if_needed(trained) is False


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "data/nlu/essai.yml",
        "data/nlu/nouveau.yml",
        "data/rules/essai.yml",
        "assistant_am/nlu/tokenizer.py",
        "assistant_am/understanding/encodeur/modele.onnx",
        "assistant_am/meaning/meaning.py",
        "assistant_am/french/fold.py",
        "data/conversations/aide.yml",
        "data/messages/metier_1.jsonl",
        "knowledge/lexique/entites.yml",
        "requirements/serve.txt",
    ],
)
def test_a_change_in_what_training_reads_makes_the_model_outdated(trained, name):
    append(trained, name)
    assert training.model_state(trained) is ModelState.OUTDATED


def test_a_removed_or_renamed_training_file_makes_the_model_outdated(trained):
    nlu = trained.root / "data" / "nlu" / "essai.yml"
    nlu.rename(nlu.with_name("autre.yml"))
    assert training.model_state(trained) is ModelState.OUTDATED


@pytest.mark.parametrize(
    "name",
    [
        "knowledge/fiches/metier.yml",
        "actions/repondre.py",
        "assistant_am/dialogue/rules.py",
        "assistant_am/reading/years.py",
        "endpoints.yml",
        "README.md",
        "assistant_am/nlu/__pycache__/tokenizer.cpython-310.pyc",
        "data/nlu/.essai.yml.swp",
    ],
)
def test_a_change_elsewhere_needs_no_training(trained, name):
    append(trained, name)
    assert training.model_state(trained) is ModelState.CURRENT


def truncate(project):
    project.model.write_bytes(project.model.read_bytes()[:50])


def alter_one_byte(project):
    content = bytearray(project.model.read_bytes())
    content[20] ^= 1
    project.model.write_bytes(content)


def remove(project):
    project.model.unlink()


def empty(project):
    project.model.write_bytes(b"")


def forget(project):
    project.fingerprint.unlink()


def garble_record(project):
    project.fingerprint.write_text("[1, 2")


@pytest.mark.parametrize("damage", [truncate, alter_one_byte, remove, empty, forget, garble_record])
def test_a_damaged_model_is_refused_with_the_remedy(trained, damage):
    damage(trained)
    assert training.model_state(trained) is ModelState.DAMAGED
    with pytest.raises(DamagedModelError, match=r"models/assistant-am\.tar\.gz.*make train"):
        training.require_model(trained)
    with pytest.raises(DamagedModelError):
        training.train_if_needed(trained)


@pytest.mark.parametrize("name", ["domain.yml", "data/nlu/essai.yml", "knowledge/x.yml"])
def test_a_broken_yaml_file_is_named_with_its_line(trained, name):
    (trained.root / name).write_text("a: 1\nb: [2\nc: 3\n", encoding="utf-8")
    with pytest.raises(BrokenFileError, match=rf"{name}, ligne 3, .*Vérifiez"):
        training.check_yaml(trained)


def test_a_file_in_another_encoding_is_named(trained):
    (trained.root / "data/nlu/essai.yml").write_bytes("é: 1".encode("latin-1"))
    with pytest.raises(BrokenFileError, match=r"data/nlu/essai\.yml .*UTF-8"):
        training.check_yaml(trained)


def test_a_missing_file_is_named(trained):
    (trained.root / "endpoints.yml").unlink()
    with pytest.raises(BrokenFileError, match=r"endpoints\.yml manque"):
        training.check_yaml(trained)


@pytest.mark.e2e
def test_a_training_that_fails_says_where_to_look_and_leaves_no_model(project, capsys):
    append(project, "config.yml", "  - name: PolitiqueInconnue\n")
    with pytest.raises(TrainingError, match=r"entrainement\.log(.|\n)*PolitiqueInconnue"):
        training.train_if_needed(project)
    assert training.model_state(project) is ModelState.ABSENT
    assert not list(project.model.parent.glob("*.gz"))
