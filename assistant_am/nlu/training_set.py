"""The training data of Rasa, as what the reading is learnt from."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant_am.knowledge import load
from assistant_am.site import SITE_VARIABLE, is_over, with_site
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
    """The subjects as they are learnt, by id: those that the site hides are understood as well."""
    fiches = load(ROOT / "knowledge").fiches
    if is_over(_site()):
        fiches = {**fiches, **load(ROOT / "knowledge", _site()).fiches}
    return learnt_subjects(fiches)


def _site() -> Path | None:
    named = os.environ.get(SITE_VARIABLE)
    return Path(named) if named else None


def _with_site(shipped: Path) -> list[Path]:
    return with_site(shipped, _site())


@cache
def conversations() -> list[LabelledConversation]:
    """Those of `data/conversations/`, read once: Rasa asks for its data many times. Raises
    KnowledgeError."""
    folders = _with_site(CONVERSATIONS)
    return [each for folder in folders for each in read_conversations(folder, subjects())]


def markers() -> list[Message]:
    """One message for each label that only conversations have, its text being their digest: Rasa
    then knows these intents, and trains anew when a conversation or a message changes. The turns
    themselves are read by the component: as Rasa messages, all 15 000 cost it two minutes."""
    digest = hashlib.sha256()
    files = [file for folder in _with_site(CONVERSATIONS) for file in folder.glob("*.yml")]
    files += [file for folder in _with_site(MESSAGES) for file in folder.glob("*.jsonl")]
    for file in sorted(files):
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
    messages = [each for folder in _with_site(MESSAGES) for each in read_messages(folder)]
    return TrainingSet(known, sentences, conversations(), messages)
