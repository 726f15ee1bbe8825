"""The training data of Rasa, as what the reading is learnt from."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant_am.knowledge import load
from assistant_am.understanding.conversations import (
    ACTS,
    NOT_COVERED,
    TELLS,
    LabelledConversation,
    read_conversations,
)
from assistant_am.understanding.examples import read_messages
from assistant_am.understanding.subjects import Subject, learnt_subjects
from assistant_am.understanding.training import TrainingSet

ROOT = Path(__file__).resolve().parents[2]
CONVERSATIONS = ROOT / "data" / "conversations"
MESSAGES = ROOT / "data" / "messages"


@cache
def subjects() -> dict[str, Subject]:
    """The subjects as they are learnt, by id."""
    return learnt_subjects(load(ROOT / "knowledge").fiches)


@cache
def conversations() -> list[LabelledConversation]:
    """Those of `data/conversations/`, read once: Rasa asks for its data many times. Raises
    KnowledgeError."""
    return read_conversations(CONVERSATIONS, subjects())


def markers() -> list[Message]:
    """One message for each label that only conversations have, its text being their digest: Rasa
    then knows these intents, and trains anew when a conversation or a message changes. The turns
    themselves are read by the component: as Rasa messages, all 15 000 cost it two minutes."""
    digest = hashlib.sha256()
    for file in sorted([*CONVERSATIONS.glob("*.yml"), *MESSAGES.glob("*.jsonl")]):
        digest.update(file.name.encode() + file.read_bytes())
    text = f"conversations {digest.hexdigest()}"
    return [
        Message({TEXT: f"{text} {label}", INTENT: label, METADATA: {"conversations": True}})
        for label in (TELLS, NOT_COVERED, ACTS["reponse"])
    ]


def training_set(data: TrainingData) -> TrainingSet:
    """The sentences of `data`, our conversations and our messages."""
    known = subjects()
    label_of = {subject.intent: key for key, subject in known.items()}
    sentences: dict[str, list[str]] = {}
    for message in data.intent_examples:
        if message.get(METADATA):
            continue
        intent = message.get(INTENT)
        sentences.setdefault(label_of.get(intent, intent), []).append(message.get(TEXT))
    return TrainingSet(known, sentences, conversations(), read_messages(MESSAGES))
