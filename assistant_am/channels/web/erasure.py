"""Erases a conversation from Rasa's tracker store: Rasa itself has no way to."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore


async def erase_conversation(agent: Any, conversation: str) -> None:
    """Delete every event of it, between two turns.

    Raises NotImplementedError for a store that we do not know how to erase from, and what the
    database raises: an erasure that failed must never be told as done.
    """
    async with agent.lock_store.lock(conversation):
        for store in _stores(agent.tracker_store):
            if isinstance(store, SQLTrackerStore):
                await asyncio.to_thread(_erase_rows, store, conversation)
            elif isinstance(store, InMemoryTrackerStore):
                store.store.pop(conversation, None)
            else:
                raise NotImplementedError(type(store).__name__)


def _erase_rows(store: Any, conversation: str) -> None:
    with store.session_scope() as session:
        session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == conversation).delete()
        session.commit()


def _stores(store: Any) -> list[Any]:
    """The store behind Rasa's wrappers, and the one that stood in for it when it failed."""
    found = []
    while inner := getattr(store, "_tracker_store", None):
        if getattr(store, "_fallback_tracker_store", None) is not None:
            found.append(store._fallback_tracker_store)
        store = inner
    return [*found, store]
