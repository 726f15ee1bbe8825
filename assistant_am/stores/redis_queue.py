"""One queue for each conversation over all processes, kept by Redis.

redis-py's Lock gives no order: between two processes the one that has just released it wins.
Here each message takes a ticket at the end of a Redis list when it arrives, the first ticket of
the list may work, and a process that died shows by its missing sign of life.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import threading
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

import redis
from rasa.core.lock_store import LockError
from redis.asyncio import Redis

logger = logging.getLogger(__name__)

ALIVE_SECONDS = 6
"""How long the tickets of a process count after its last sign of life."""
LONGEST_WAIT = 150
"""Seconds; a little more than the longest turn."""
REDIS_SECONDS = 2
_BEAT_SECONDS = 2
_PAUSE_SECONDS = 0.02
_LIST_SECONDS = 3600


class _Line:
    """The messages of one conversation that wait in this process."""

    def __init__(self) -> None:
        self.gate = asyncio.Lock()
        self.turn = asyncio.Lock()


class RedisQueue:
    """See `queues.Queue`; every failure of Redis is a LockError."""

    def __init__(self, address: str, alive_seconds: int = ALIVE_SECONDS) -> None:
        self._name = uuid.uuid4().hex
        self._numbers = itertools.count()
        self._alive_seconds = alive_seconds
        self._mine: set[str] = set()
        self._lines: WeakValueDictionary[str, _Line] = WeakValueDictionary()
        patience: dict[str, Any] = {
            "socket_timeout": REDIS_SECONDS,
            "socket_connect_timeout": REDIS_SECONDS,
            "decode_responses": True,
        }
        self._redis = Redis.from_url(address, **patience)
        # Another connection and a thread: a loop that is busy for long is not dead.
        self._beating = redis.Redis.from_url(address, **patience)
        self._heart: threading.Thread | None = None

    @asynccontextmanager
    async def place(self, conversation: str) -> AsyncIterator[None]:
        self._beat_from_now_on()
        line = self._lines.setdefault(conversation, _Line())
        ticket = f"{self._name}:{next(self._numbers)}"
        self._mine.add(ticket)
        try:
            # Tickets enter the list in the order in which messages came to this process.
            async with line.gate:
                await self._enter(conversation, ticket)
            # Only the first of this process asks Redis for its turn.
            async with line.turn:
                await self._wait(conversation, ticket)
                try:
                    yield
                finally:
                    await self._leave(conversation, ticket)
        finally:
            if ticket in self._mine:
                await self._leave(conversation, ticket)

    async def _enter(self, conversation: str, ticket: str) -> None:
        def push() -> Awaitable[Any]:
            pipe = self._redis.pipeline(transaction=True)
            pipe.set(self._sign(self._name), 1, ex=self._alive_seconds)
            pipe.lrem(_key(conversation), 0, ticket)  # it was pushed, the answer was lost
            pipe.rpush(_key(conversation), ticket)
            pipe.expire(_key(conversation), _LIST_SECONDS)
            return pipe.execute()

        await _asked(push)

    async def _wait(self, conversation: str, ticket: str) -> None:
        deadline = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < deadline:
            first, is_in = await self._look(conversation, ticket)
            if first in self._mine:
                # Perhaps the ticket of one that waits behind us in this process: the place is
                # this process's, and here the order is that of the line.
                return
            if not is_in:
                # Redis was restarted and had kept nothing, or took us for dead.
                await self._enter(conversation, ticket)
            elif await self._is_dead(first):
                logger.warning("Un processus ne donne plus signe de vie : son tour est repris.")
                await self._remove(conversation, first)
            else:
                await asyncio.sleep(_PAUSE_SECONDS)
        raise LockError("Le tour de cette conversation n'est pas venu.")

    async def _look(self, conversation: str, ticket: str) -> tuple[str, bool]:
        """The first ticket, and whether this one is in the list."""

        def look() -> Awaitable[Any]:
            pipe = self._redis.pipeline(transaction=False)
            pipe.lindex(_key(conversation), 0)
            pipe.lpos(_key(conversation), ticket)
            return pipe.execute()

        first, rank = await _asked(look)
        return first or "", rank is not None

    async def _is_dead(self, ticket: str) -> bool:
        owner = ticket.partition(":")[0]
        # One of ours that nobody holds could not be taken back when it was left.
        return owner == self._name or not await _asked(
            lambda: self._redis.exists(self._sign(owner))
        )

    async def _leave(self, conversation: str, ticket: str) -> None:
        self._mine.discard(ticket)
        try:
            await self._remove(conversation, ticket)
        except LockError:
            logger.warning("Redis ne répond pas : un ticket sera repris au tour suivant.")

    async def _remove(self, conversation: str, ticket: str) -> None:
        await _asked(lambda: self._redis.lrem(_key(conversation), 0, ticket))

    def _sign(self, process: str) -> str:
        return f"am:processus:{process}"

    def _beat_from_now_on(self) -> None:
        if self._heart is None:
            self._heart = threading.Thread(target=self._beat, name="signe-de-vie", daemon=True)
            self._heart.start()

    def _beat(self) -> None:
        silent = False
        while True:
            try:
                self._beating.set(self._sign(self._name), 1, ex=self._alive_seconds)
                silent = False
            except redis.RedisError as error:
                if not silent:
                    logger.error("Redis ne répond pas (%s).", type(error).__name__)
                silent = True
            time.sleep(_BEAT_SECONDS)


async def _asked(question: Callable[[], Awaitable[Any]]) -> Any:
    """The answer; asked again once when a connection broke, as all do when Redis is restarted."""
    try:
        try:
            return await question()
        except redis.ConnectionError:
            return await question()
    except (redis.RedisError, OSError, asyncio.TimeoutError) as error:
        raise LockError(f"Redis ne répond pas ({type(error).__name__}).") from None


def _key(conversation: str) -> str:
    return f"am:file:{conversation}"
