"""The Rasa component: the meaning on a message, read after what its conversation remembers."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant_am.dialogue.memory import Memory
from assistant_am.meaning import NO_CONTEXT, Context, Emergency, Entity, Meaning, Request
from assistant_am.nlu.context_classifier import MEANING, ContextClassifier
from assistant_am.understanding.reader import ContextReader

REMEMBERED = Memory(
    situation={"quotite": 0.5},
    subject="duree_formation",
    message="combien dure la formation ?",
    subjects=("definition_metier", "duree_formation"),
)
IN_ITS_LIGHT = Context(
    "duree_formation", "combien dure la formation ?", ("definition_metier", "duree_formation")
)


class Told:
    """A reader that keeps the context of each message."""

    def __init__(self) -> None:
        self.contexts: list[Context] = []
        self.emergency: Emergency | None = None

    def own(self, text: str, entity: Entity) -> bool:
        return True

    def read(self, text: str, context: Context, bare: str = "") -> Meaning:
        self.contexts.append(context)
        ranking = (("duree_formation", 0.8), ("merci", 0.1))
        request = Request("duree_formation", 0.8, "sur", ranking)
        return Meaning(text, (request,), emergency=self.emergency)

    def intent_of(self, label: str) -> str:
        return f"demander_{label}"


class Storage:
    @contextmanager
    def read_from(self, resource):
        yield resource


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def component(told, monkeypatch, tmp_path):
    """The component as Rasa loads it, its reader replaced."""
    monkeypatch.setattr(ContextReader, "load", staticmethod(lambda folder: told))
    return ContextClassifier.load({}, Storage(), tmp_path, None)


def tracker(memory: Memory, seconds_ago: float):
    """A conversation whose last message came so long ago."""
    now = time.time()
    events = [
        SimpleNamespace(type_name="user", timestamp=now - seconds_ago - 60),
        SimpleNamespace(type_name="user", timestamp=now - seconds_ago),
        SimpleNamespace(type_name="bot", timestamp=now),
    ]
    return SimpleNamespace(current_slot_values=memory.to_slots, events=events)


def process(component, text: str, *given, **data) -> Message:
    (message,) = component.process([Message({TEXT: text, **data})], *given)
    return message


def test_without_a_conversation_nothing_came_before(component, told):
    """`/model/parse` reads a message as the first one."""
    process(component, "et à mi-temps ?")
    process(component, "et à mi-temps ?", None)
    assert told.contexts == [NO_CONTEXT, NO_CONTEXT]


def test_a_message_is_read_after_what_the_slots_remember(component, told):
    """The last subject, the last message, the subjects answered."""
    process(component, "et à mi-temps ?", tracker(REMEMBERED, 60))
    assert told.contexts == [IN_ITS_LIGHT]


def test_a_first_message_has_no_context(component, told):
    """A tracker without slots set and without any event is a new conversation."""
    empty = SimpleNamespace(current_slot_values=lambda: {"fil": None}, events=[])
    process(component, "bonjour", empty)
    assert told.contexts == [NO_CONTEXT]


def test_half_an_hour_of_silence_is_a_new_conversation(component, told):
    """Nothing of what came before weighs on the reading, neither the subjects answered."""
    process(component, "et à mi-temps ?", tracker(REMEMBERED, 31 * 60))
    assert told.contexts == [NO_CONTEXT]


def test_what_is_written_on_a_message(component, told):
    """The intent with its rival, the values with their places, and the whole meaning as JSON."""
    message = process(component, "un mi-temps")
    assert message.get(INTENT) == {"name": "demander_duree_formation", "confidence": 0.8}
    assert [each["confidence"] for each in message.get("intent_ranking")] == [0.8, 0.1]
    assert message.get("intent_ranking")[1]["name"] == "demander_merci"
    (entity,) = message.get(ENTITIES)
    assert (entity["entity"], entity["value"]) == ("quotite", 0.5)
    assert "un mi-temps"[entity["start"] : entity["end"]] == "mi-temps"
    shown = json.loads(json.dumps(message.as_dict_nlu() | {MEANING: message.get(MEANING)}))
    meaning = Meaning.from_json(shown[MEANING])
    assert meaning.requests[0].label == "duree_formation"
    assert meaning.values("quotite") == (0.5,)
    assert MEANING in message.output_properties


@pytest.mark.parametrize(
    ("learnt", "intent"),
    [
        (Emergency("vital", plain=True), "urgence"),
        (Emergency("suicide", plain=True), "urgence_suicide"),
        (Emergency("vital", plain=False), "demander_duree_formation"),
    ],
)
def test_a_plain_emergency_is_the_intent(component, told, learnt, intent):
    """A doubtful one leaves the question that was asked."""
    told.emergency = learnt
    assert process(component, "un mi-temps").get(INTENT)["name"] == intent


def test_a_command_of_rasa_is_left_alone(component, told):
    """« /restart » has its intent already; it is no sentence."""
    intent = {"name": "restart", "confidence": 1.0}
    message = process(component, "/restart", None, **{INTENT: intent})
    assert message.get(INTENT) == intent
    assert message.get(MEANING) is None
    assert told.contexts == []


def test_a_slash_typed_by_somebody_is_read(component, told):
    """« /mi-temps » without an intent is a message like any."""
    assert process(component, "/mi-temps ?").get(MEANING)
    assert len(told.contexts) == 1


def test_a_message_without_words_is_read(component, told):
    """A picture or a sticker has no text, and is answered all the same."""
    (message,) = component.process([Message({})])
    assert message.get(MEANING)["text"] == ""
