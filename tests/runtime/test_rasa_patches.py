"""Each patch does what Rasa's function does, faster or safer; each notices that Rasa changed."""

from __future__ import annotations

import asyncio
import hashlib
import inspect
import threading

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain, SessionConfig
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant_am.runtime import rasa_patches

SOURCES = {
    "resolve_by_type": "b5cf570fa7f286c7",
    "_validate_action_result": "f8cdb4be68123961",
    "_create_tracker_store": "97499b594b45581b",
    "parse_message": "b98d8e49b9f2c433",
    "_has_session_expired": "aa0e659a9cfa1f70",
    "_slot_set_events_from_tracker": "d023605fda20a739",
}


@pytest.fixture(autouse=True)
def patched():
    rasa_patches.apply()


@pytest.mark.parametrize("name", rasa_patches.ORIGINALS)
def test_the_patched_function_is_the_one_that_was_read(name):
    source = inspect.getsource(rasa_patches.ORIGINALS[name])
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == SOURCES[name]


def test_patching_twice_changes_nothing():
    before = Event.resolve_by_type, MessageProcessor._has_session_expired
    rasa_patches.apply()
    assert (Event.resolve_by_type, MessageProcessor._has_session_expired) == before


def test_every_event_is_found_as_before():
    def below(kind):
        return {kind}.union(*(below(each) for each in kind.__subclasses__()))

    original = rasa_patches.ORIGINALS["resolve_by_type"]
    names = {kind.type_name for kind in below(Event)} - {Event.type_name}
    assert len(names) > 15
    for name in names | {"topic"}:
        assert Event.resolve_by_type(name) is original(name)
    assert Event.resolve_by_type("inconnu", SlotSet) is SlotSet
    with pytest.raises(ValueError, match="inconnu"):
        Event.resolve_by_type("inconnu")


@pytest.mark.parametrize(
    ("result", "sound"),
    [
        ({"events": [], "responses": [{"text": "bonjour"}]}, True),
        ({"events": [{"event": "slot", "name": "quotite", "value": 1}], "responses": []}, True),
        ({"events": [{"event": "inconnu"}], "responses": []}, False),
        ({"events": {}, "responses": []}, False),
        ({"events": [], "responses": ["texte"]}, False),
    ],
)
def test_an_answer_of_the_actions_is_judged_as_before(result, sound):
    action = RemoteAction("action_repondre", None)
    for judge in (
        rasa_patches.ORIGINALS["_validate_action_result"],
        RemoteAction._validate_action_result,
    ):
        if sound:
            assert judge(action, result) is True
        else:
            with pytest.raises(ValidationError):
                judge(action, result)


def test_the_store_is_not_wrapped():
    """Rasa's wrapper would run turns on empty conversations."""
    store, domain = InMemoryTrackerStore(Domain.empty()), Domain.empty()
    assert Agent._create_tracker_store(store, domain) is store
    assert store.domain is domain
    assert isinstance(Agent._create_tracker_store(None, domain), InMemoryTrackerStore)


@pytest.mark.parametrize(
    ("events", "expired"),
    [
        (rasa_patches.LONGEST_SESSION - 1, False),
        (rasa_patches.LONGEST_SESSION, True),
    ],
)
def test_a_long_conversation_begins_a_new_session(events, expired):
    processor = MessageProcessor.__new__(MessageProcessor)
    processor.domain = Domain.empty()
    processor.domain.session_config = SessionConfig(60, True)
    before = [ActionExecuted("action_listen")] * rasa_patches.LONGEST_SESSION
    session = [SessionStarted(), *[ActionExecuted("action_listen")] * (events - 1)]
    session.append(UserUttered("bonjour"))
    tracker = DialogueStateTracker.from_events("a", before + session)
    assert processor._has_session_expired(tracker) is expired


def test_an_old_conversation_begins_one_as_well():
    processor = MessageProcessor.__new__(MessageProcessor)
    processor.domain = Domain.empty()
    processor.domain.session_config = SessionConfig(60, True)
    tracker = DialogueStateTracker.from_events("a", [UserUttered("bonjour", timestamp=1.0)])
    assert processor._has_session_expired(tracker) is True


def test_understanding_lets_the_loop_go_on():
    """What is slow runs beside it, one message at a time; errors come through."""
    processor = MessageProcessor.__new__(MessageProcessor)
    processor.http_interpreter = None
    inside, open_gate = threading.Event(), threading.Event()

    def graph(message, tracker, only_output_properties):
        assert threading.current_thread() is not threading.main_thread()
        if message.text == "panne":
            raise ValueError("panne")
        inside.set()
        assert open_gate.wait(10)
        return {"text": message.text, "intent": {"name": None}, "entities": []}

    processor._parse_message_with_graph = graph
    processor.domain = None

    async def scenario():
        parsing = asyncio.create_task(processor.parse_message(UserMessage("bonjour")))
        while not inside.is_set():
            await asyncio.sleep(0)
        open_gate.set()
        assert (await parsing)["text"] == "bonjour"
        with pytest.raises(ValueError, match="panne"):
            await processor.parse_message(UserMessage("panne"))

    asyncio.run(scenario())
