"""Conversations as Rasa makes them, without a model."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.conversations import ConversationStore

DOMAIN = Domain.from_dict(
    {
        "version": "3.1",
        "slots": {
            "quotite": {
                "type": "any",
                "influence_conversation": False,
                "mappings": [{"type": "custom"}],
            }
        },
    }
)


def open_store(settings: StoreSettings) -> ConversationStore:
    return ConversationStore(DOMAIN, settings=settings)


def turn(text: str, quotite: float | None = None) -> list[Event]:
    """The events of one turn."""
    said: dict[str, Any] = {"intent": {"name": "montant"}, "entities": [], "text": text}
    metadata = {"blocs": [{"type": "paragraphe", "texte": f"Réponse à {text}"}], "question": False}
    return [
        UserUttered(text, said["intent"], [], said, message_id=f"id-{text}"),
        ActionExecuted("action_repondre"),
        SlotSet("quotite", quotite),
        BotUttered(f"Réponse à {text}", data={"buttons": None}, metadata=metadata),
        ActionExecuted("action_listen"),
    ]


async def say(store: ConversationStore, sender: str, text: str, quotite: float | None = None):
    """One turn, as Rasa's processor does it: load, go on, save."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    if not tracker.events:
        begin_session(tracker)
    for event in turn(text, quotite):
        tracker.update(event, DOMAIN)
    await store.save(tracker)
    return tracker


def begin_session(tracker: DialogueStateTracker) -> None:
    for event in (ActionExecuted("action_session_start"), SessionStarted()):
        tracker.update(event, DOMAIN)


def texts(tracker: DialogueStateTracker | None) -> list[str | None]:
    """What the person said."""
    events = tracker.events if tracker else ()
    return [event.text for event in events if isinstance(event, UserUttered)]
