"""The training data of Rasa, as what the reading is learnt from."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant_am.knowledge import load
from assistant_am.understanding.conversations import (
    TELLS,
    LabelledConversation,
    read_conversations,
)
from assistant_am.understanding.examples import read_messages
from assistant_am.understanding.ranking import Subject
from assistant_am.understanding.training import TrainingSet

ROOT = Path(__file__).resolve().parents[2]
CONVERSATIONS = ROOT / "data" / "conversations"
MESSAGES = ROOT / "data" / "messages"


def subjects() -> dict[str, Subject]:
    """The subjects as they are learnt, by id."""
    return {
        key: Subject(fiche.question, fiche.intent, fiche.theme, fiche.label, fiche.next)
        for key, fiche in load(ROOT / "knowledge").fiches.items()
    }


def conversations() -> list[LabelledConversation]:
    """Those of `data/conversations/`. Raises KnowledgeError."""
    return read_conversations(CONVERSATIONS, subjects())


def turn_messages() -> list[Message]:
    """Every turn as a message of Rasa's: its first intent, and where it stands."""
    intents = {key: subject.intent for key, subject in subjects().items()}
    found = []
    for conversation in conversations():
        for place, turn in enumerate(conversation.turns):
            labels = [request.labels for request in turn.requests] or [(TELLS,)]
            intent = intents.get(labels[0][0], labels[0][0])
            where = {"conversation": conversation.id, "tour": place, "lectures": labels}
            found.append(Message({TEXT: turn.text, INTENT: intent, METADATA: where}))
    for example in read_messages(MESSAGES):
        label = example.requests[0][0]
        where = {"avant": example.context.subject, "message": example.context.message}
        intent = intents.get(label, label)
        found.append(Message({TEXT: example.text, INTENT: intent, METADATA: where}))
    return found


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
