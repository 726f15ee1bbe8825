"""A queue in which nobody waits for all that somebody else has asked for.

One is served at a time; those who wait are served in turn, one request each, however many of them
one has put in the queue.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

ASKER: ContextVar[str] = ContextVar("asker", default="")
"""Who a turn is done for: an address (only its keyed hash), or one person of an intranet; nothing
where the channel does not know, and each conversation counts for itself."""


class FairQueue:
    """Belongs to one event loop while anybody is in it."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._busy = False

    @asynccontextmanager
    async def place(self, asker: str) -> AsyncIterator[None]:
        """Wait until it is this asker's turn, keep the place until the end of the block."""
        if self._busy:
            await self._wait(asker)
        self._busy = True
        try:
            yield
        finally:
            self._leave()

    async def _wait(self, asker: str) -> None:
        mine = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(asker, deque()).append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            # The place may have been given in the same moment: it goes to the next.
            if mine.done() and not mine.cancelled():
                self._leave()
            raise

    def _leave(self) -> None:
        while self._waiting:
            asker, places = self._waiting.popitem(last=False)
            following = places.popleft()
            if places:
                # Behind all others.
                self._waiting[asker] = places
            if not following.done():
                following.set_result(None)
                return
        self._busy = False
