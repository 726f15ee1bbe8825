"""The action: from a tracker to messages and slots."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.repondre import ActionRepondre


def tracker(text: str, intent: str, slots: dict[str, Any] | None = None, **message: Any) -> Tracker:
    """A tracker whose latest message is this one; only what is special is said."""
    latest = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": [],
        **message,
    }
    return Tracker("test", slots or {}, latest, [], False, None, {}, "action_listen")


def run(given: Tracker) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Messages said and slots set."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(ActionRepondre().run(dispatcher, given, {}))
    return dispatcher.messages, {event["name"]: event["value"] for event in events}


def test_a_message_has_text_buttons_and_blocks():
    """Channels that show blocks get them; the others get the text with its source line."""
    (message,), _ = run(tracker("combien dure la formation ?", "demander_duree_formation"))
    assert "279" in message["text"]
    assert "Sources" in message["text"]
    assert message["blocs"][-1]["type"] in {"sources", "paragraphe"}
    assert {"title", "payload"} == set(message["buttons"][0])


def test_the_situation_is_kept_in_slots():
    """What was said of the person is set, and only what changed."""
    entity = {"entity": "quotite", "value": 0.5, "start": 0, "end": 8}
    _, slots = run(tracker("mi-temps", "demander_montant_aide", entities=[entity]))
    assert slots["quotite"] == 0.5
    assert "zip" not in slots


def test_a_failure_is_a_french_sentence(monkeypatch: pytest.MonkeyPatch):
    """An unforeseen error says so in French and sets nothing."""

    def broken(*_: Any) -> None:
        raise RuntimeError("boum")

    monkeypatch.setattr("actions.repondre.respond", broken)
    (message,), slots = run(tracker("bonjour", "saluer"))
    assert "incident technique" in message["text"]
    assert "boum" not in message["text"]
    assert slots == {}


def test_the_welcome_is_not_repeated_when_the_channel_has_shown_it():
    """The first answer says that it is an automaton, unless the welcome just did."""
    given = tracker("combien dure la formation ?", "demander_duree_formation")
    (message,), _ = run(given)
    assert "automate" in message["text"]
    given.latest_message["metadata"] = {"accueil_lu": True}
    (message,), _ = run(given)
    assert "automate" not in message["text"]
