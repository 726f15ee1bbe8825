"""Who may write to a conversation: one at a time, in the order of arrival."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from functools import cache
from typing import Protocol
from weakref import WeakValueDictionary

from assistant_am.runtime.store_settings import StoreSettings

_held: ContextVar[frozenset[str]] = ContextVar("conversations_held", default=frozenset())


class Queue(Protocol):
    """A queue for each conversation."""

    def place(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Take the next place now, wait for it, keep it until the end of the block.

        Raises LockError when the queue cannot be asked.
        """


class LocalQueue:
    """The queue of one process: asyncio's locks are given in the order they were asked for."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def place(self, conversation: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(conversation, asyncio.Lock())
        async with lock:
            yield


class ConversationQueue:
    """The queue that channels and Rasa share.

    A channel takes a turn's place when its message arrives; Rasa asks for the same conversation
    again inside that turn, and gets it.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    @asynccontextmanager
    async def place(self, conversation: str) -> AsyncIterator[None]:
        held = _held.get()
        if conversation in held:
            yield
            return
        async with self._queue.place(conversation):
            token = _held.set(held | {conversation})
            try:
                yield
            finally:
                _held.reset(token)


def make_queue(settings: StoreSettings) -> ConversationQueue:
    """In this process, or shared over Redis when the settings name one."""
    if settings.redis is None:
        return ConversationQueue(LocalQueue())
    from assistant_am.stores.redis_queue import RedisQueue

    return ConversationQueue(RedisQueue(settings.redis))


@cache
def process_queue() -> ConversationQueue:
    """The one queue of this process, after its environment; raises WrongSetting."""
    return make_queue(StoreSettings.from_environment())
