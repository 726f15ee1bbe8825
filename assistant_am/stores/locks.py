"""The lock store that Rasa loads: it asks the queue that the channels use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore

from assistant_am.stores.queues import ConversationQueue, process_queue


class ConversationLockStore(LockStore):
    """`assistant_am.stores.locks.ConversationLockStore` in endpoints.yml; no other setting.

    Rasa's tickets are looked at once a second, and those it keeps in Redis are neither atomic nor
    given back by a process that was killed.
    """

    def __init__(self, endpoint_config: Any = None, queue: ConversationQueue | None = None) -> None:
        super().__init__()
        self._queue = queue or process_queue()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Wait for the conversation's turn; both times are Rasa's own and mean nothing here."""
        async with self._queue.place(conversation_id):
            yield
