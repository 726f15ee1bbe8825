"""Erases a conversation from Rasa's tracker store: Rasa itself has no way to."""

from __future__ import annotations

from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore

from assistant_am.stores.conversations import ConversationStore


async def erase_conversation(agent: Any, conversation: str) -> None:
    """Delete every event of it, between two turns.

    Raises NotImplementedError for a store that we do not know how to erase from, and StoreError:
    an erasure that failed must never be told as done.
    """
    async with agent.lock_store.lock(conversation):
        store = agent.tracker_store
        if isinstance(store, ConversationStore):
            await store.erase(conversation)
        elif isinstance(store, InMemoryTrackerStore):
            store.store.pop(conversation, None)
        else:
            raise NotImplementedError(type(store).__name__)
