"""What Rasa's data becomes for the reading, and how Rasa sees that a conversation has changed."""

from __future__ import annotations

import shutil

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant_am.nlu import training_set as module
from assistant_am.nlu.training_set import markers, training_set
from assistant_am.operations.project import Project
from assistant_am.operations.training import training_fingerprint


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """One conversation and one message in place of ours."""
    talks, messages = tmp_path / "conversations", tmp_path / "messages"
    talks.mkdir()
    messages.mkdir()
    (talks / "a.yml").write_text('- id: A\n  turns:\n  - user: "c\'est long ?"\n', "utf-8")
    (messages / "m.jsonl").write_text('{"s": "duree_formation", "u": "c\'est long"}\n', "utf-8")
    monkeypatch.setattr(module, "CONVERSATIONS", talks)
    monkeypatch.setattr(module, "MESSAGES", messages)
    module.conversations.cache_clear()
    yield talks, messages
    module.conversations.cache_clear()


def fingerprint() -> str:
    return TrainingData(training_examples=markers()).fingerprint()


@pytest.mark.parametrize("name", ["conversations/a.yml", "messages/m.jsonl"])
def test_a_change_of_words_changes_the_fingerprint(folders, name):
    """Rasa trains anew when one conversation, or one message, says something else."""
    before = fingerprint()
    assert fingerprint() == before
    file = folders[0].parent / name
    file.write_text(file.read_text("utf-8").replace("long", "cher"), "utf-8")
    assert fingerprint() != before


def test_a_file_more_or_renamed_changes_the_fingerprint(folders):
    """A new conversation counts before any of the old ones changes."""
    talks, _ = folders
    seen = {fingerprint()}
    shutil.copy(talks / "a.yml", talks / "b.yml")
    seen.add(fingerprint())
    (talks / "b.yml").rename(talks / "c.yml")
    seen.add(fingerprint())
    assert len(seen) == 3


def test_labels_that_no_sentence_has_are_known_to_rasa(folders):
    """What only tells, what no fiche covers, and answers, each once."""
    found = [message.get(INTENT) for message in markers()]
    assert sorted(found) == ["aucune", "non_couvert", "reponse"]
    assert len({message.get(TEXT) for message in markers()}) == 3


def test_the_marks_are_not_learnt(folders):
    """The reading learns people's words, by fiche or act, and never the digest."""
    written = [
        Message({TEXT: "ça dure ?", INTENT: "demander_duree_formation"}),
        Message({TEXT: "c'est long ?", INTENT: "demander_duree_formation"}),
        Message({TEXT: "merci", INTENT: "remercier"}),
    ]
    found = training_set(TrainingData(training_examples=[*written, *markers()]))
    assert dict(found.sentences) == {
        "duree_formation": ["ça dure ?", "c'est long ?"],
        "remercier": ["merci"],
    }
    assert [turn.text for talk in found.conversations for turn in talk.turns] == ["c'est long ?"]
    assert [each.text for each in found.messages] == ["c'est long"]
    assert "duree_formation" in found.subjects


@pytest.mark.parametrize(
    "name",
    [
        "data/conversations/a.yml",
        "data/messages/m.jsonl",
        "assistant_am/understanding/heads.py",
        "assistant_am/understanding/encodeur/modele.onnx",
    ],
)
def test_what_the_model_is_made_of_makes_it_outdated(tmp_path, name):
    """The conversations and the messages, but also the reading's code and its encoder."""
    project = Project(tmp_path)
    before = training_fingerprint(project)
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text("un", "utf-8")
    after = training_fingerprint(project)
    file.write_text("deux", "utf-8")
    assert len({before, after, training_fingerprint(project)}) == 3
