"""The training data of Rasa, as examples of the reading."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant_am.knowledge import load
from assistant_am.understanding.conversations import TELLS, LabelledConversation, read_conversations
from assistant_am.understanding.examples import Example, sentence_examples, turn_examples

ROOT = Path(__file__).resolve().parents[2]
CONVERSATIONS = ROOT / "data" / "conversations"


def subjects() -> tuple[dict[str, str], dict[str, str]]:
    """The question and the intent of each subject."""
    fiches = load(ROOT / "knowledge").fiches
    return (
        {key: fiche.question for key, fiche in fiches.items()},
        {key: fiche.intent for key, fiche in fiches.items()},
    )


def conversations() -> list[LabelledConversation]:
    """Those of `data/conversations/`. Raises KnowledgeError."""
    fiches = load(ROOT / "knowledge").fiches
    return read_conversations(CONVERSATIONS, fiches)


def turn_messages() -> list[Message]:
    """Every turn as a message of Rasa's: its first intent, and where it stands."""
    _, intents = subjects()
    found = []
    for conversation in conversations():
        for place, turn in enumerate(conversation.turns):
            labels = [request.labels for request in turn.requests] or [(TELLS,)]
            intent = intents.get(labels[0][0], labels[0][0])
            where = {"conversation": conversation.id, "tour": place, "lectures": labels}
            found.append(Message({TEXT: turn.text, INTENT: intent, METADATA: where}))
    return found


def examples_of(data: TrainingData) -> list[Example]:
    """The sentences of `data`, and the turns of our conversations."""
    questions, intents = subjects()
    label_of = {intent: key for key, intent in intents.items()}
    sentences: dict[str, list[str]] = {}
    for message in data.intent_examples:
        if message.get(METADATA):
            continue
        intent = message.get(INTENT)
        sentences.setdefault(label_of.get(intent, intent), []).append(message.get(TEXT))
    spoken = conversations()
    return [*turn_examples(spoken, questions), *sentence_examples(sentences, spoken, questions)]
