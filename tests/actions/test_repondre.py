"""The action: from a tracker to messages and slots."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.repondre import MEANING, ActionRepondre, silence
from assistant_am.dialogue.memory import THREAD_SLOT, Memory
from assistant_am.meaning import Emergency, Entity, Meaning, Request
from assistant_am.nlu import context_classifier
from tests.facts import CQP_HOURS

LENGTH = "combien dure la formation ?"


def tracker(
    text: str, label: str, memory: Memory | None = None, trust: str = "sur", **more: Any
) -> Tracker:
    """A tracker whose latest message is this one; only what is special is said."""
    meaning = Meaning(text, (Request(label, 0.9, trust, ((label, 0.9),)),), **more)
    latest = {"text": text, "intent": {"name": label}, MEANING: meaning.to_json()}
    slots = memory.to_slots() if memory else {}
    return Tracker("test", slots, latest, [], False, None, {}, "action_listen")


def run(given: Tracker) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Messages said and slots set."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(ActionRepondre().run(dispatcher, given, {}))
    return dispatcher.messages, {event["name"]: event["value"] for event in events}


def test_the_meaning_is_found_where_the_component_puts_it():
    """Two processes, one name."""
    assert MEANING == context_classifier.MEANING


def test_a_message_has_text_buttons_and_blocks():
    """Channels that show blocks get them; the others get the text with its source line."""
    (message,), _ = run(tracker(LENGTH, "duree_formation"))
    assert CQP_HOURS in message["text"]
    assert "Sources" in message["text"]
    assert message["blocs"][-1]["type"] in {"sources", "paragraphe"}
    assert {"title", "payload"} == set(message["buttons"][0])


def test_what_was_said_is_kept_in_one_slot():
    """The situation, the subject and the message; set only when something changed."""
    told = (Entity("quotite", 0.5, 0, 8),)
    _, slots = run(tracker("mi-temps", "montant_aide", entities=told))
    assert list(slots) == [THREAD_SLOT]
    memory = Memory.from_slots(slots)
    assert memory.situation["quotite"] == 0.5
    assert (memory.subject, memory.message) == ("montant_aide", "mi-temps")


def test_nothing_changed_sets_nothing():
    """An empty message leaves the memory as it was."""
    before = Memory(greeted=True, subject="duree_formation")
    (message,), slots = run(tracker("  ", "aucune", before))
    assert "Je n'ai rien reçu" in message["text"]
    assert slots == {}


@pytest.mark.parametrize("broken", ["respond", "meaning", "missing"])
def test_a_failure_is_a_french_sentence(monkeypatch: pytest.MonkeyPatch, broken):
    """An unforeseen error, or a message that nobody read, says so in French and sets nothing."""
    given = tracker("bonjour", "saluer")
    if broken == "respond":

        def fails(*_: Any) -> None:
            raise RuntimeError("boum")

        monkeypatch.setattr("actions.repondre.respond", fails)
    elif broken == "meaning":
        given.latest_message[MEANING] = {"text": "boum"}
    else:
        del given.latest_message[MEANING]
    (message,), slots = run(given)
    assert "incident technique" in message["text"]
    assert "boum" not in message["text"]
    assert message["bande"] == "incident"
    assert slots == {}


def test_the_welcome_is_not_repeated_when_the_channel_has_shown_it():
    """The first answer says that it is an automaton, unless the welcome just did."""
    given = tracker(LENGTH, "duree_formation")
    (message,), _ = run(given)
    assert "automate" in message["text"]
    given.latest_message["metadata"] = {"accueil_lu": True}
    (message,), _ = run(given)
    assert "automate" not in message["text"]


@pytest.mark.parametrize("trust", ["sur", "hesitant", "incompris"])
def test_the_trust_is_said_for_the_counts(trust):
    """Whatever is shown, the report counts how far a message was understood."""
    (message,), _ = run(tracker(LENGTH, "duree_formation", trust=trust))
    assert message["bande"] == trust


@pytest.mark.parametrize(("label", "erased"), [("effacer_donnees", True), ("recommencer", False)])
def test_the_channel_is_told_to_erase(label, erased):
    """Only « efface mes données » has the conversation erased for good."""
    (message,), slots = run(tracker("x", label, Memory(situation={"quotite": 1.0})))
    assert message["effacement"] is erased
    assert Memory.from_slots(slots).situation == {}


def test_an_emergency_is_the_numbers_alone():
    """Neither buttons nor the first-message note beside them."""
    given = tracker("x", "duree_formation", emergency=Emergency("suicide", plain=True))
    (message,), _ = run(given)
    assert "3114" in message["text"]
    assert not message["buttons"]
    assert [block["type"] for block in message["blocs"]] == ["alerte"]


def test_silence_is_between_the_last_two_messages():
    """The bot's own words and the first message count for none."""
    said = [("user", 10.0), ("bot", 11.0), ("user", 50.0), ("slot", 51.0)]
    events = [{"event": name, "timestamp": when} for name, when in said]
    assert silence(events) == 40.0
    assert silence(events[:2]) == 0.0
    assert silence([]) == 0.0
