"""Turns that run whether or not anybody still waits for them, each message once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from rasa.core.lock_store import LockError

from assistant_am.channels.web.errors import WebError
from assistant_am.runtime.bounded import Bounded
from assistant_am.runtime.quiet_logs import log_failure
from assistant_am.stores.queues import ConversationQueue

Answer = dict[str, Any]
Key = tuple[str, str]

KEPT_SECONDS = 600
"""How long an answer can be asked for again by its id."""
MOST_KEPT = 2000
MOST_RUNNING = 100
_BUSY_SECONDS = 5

logger = logging.getLogger(__name__)


class Turns:
    """Turns of this process, by (conversation, message id).

    The messages of one conversation run one after the other, in the order of their arrival, over
    all processes. What another process did, or this one before a restart, is found in the
    conversation itself (stores/once).
    """

    def __init__(
        self,
        deadline: float,
        queue: ConversationQueue,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.deadline = deadline
        self._queue = queue
        self._running: dict[Key, asyncio.Task[Answer]] = {}
        self._ended: Bounded[Key, asyncio.Task[Answer]] = Bounded(MOST_KEPT, KEPT_SECONDS, clock)

    def knows(self, conversation: str, message: str) -> bool:
        key = (conversation, message)
        return key in self._running or key in self._ended

    def start(self, conversation: str, message: str, work: Callable[[], Awaitable[Answer]]) -> None:
        """Run the work in a task of its own; raises incident when too many are running.

        A message that is known already is not run again.
        """
        if self.knows(conversation, message):
            return
        if len(self._running) >= MOST_RUNNING:
            raise WebError("incident", status=503, retry_after=_BUSY_SECONDS)
        key = (conversation, message)
        task = self._running[key] = asyncio.create_task(self._in_order(conversation, work))
        task.add_done_callback(lambda _: self._end(key, task))

    async def answer(self, conversation: str, message: str) -> Answer | None:
        """The answer of a known turn, or None when it is not there at the deadline.

        A client that leaves cancels the waiting, never the turn.
        """
        key = (conversation, message)
        task = self._running.get(key) or self._ended.get(key)
        if task is None:
            raise KeyError(key)
        done, _ = await asyncio.wait({task}, timeout=self.deadline)
        return task.result() if done else None

    def forget(self, conversation: str) -> None:
        """Keep no answer of this conversation."""
        for key in [*self._running, *self._ended.keys()]:
            if key[0] == conversation:
                self._running.pop(key, None)
                self._ended.forget(key)

    def queue(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """The place that the turns of a conversation take one after the other."""
        return self._queue.place(conversation)

    async def _in_order(self, conversation: str, work: Callable[[], Awaitable[Answer]]) -> Answer:
        try:
            async with self.queue(conversation):
                return await work()
        except LockError as error:
            log_failure(logger, "Tour refusé", error)
            raise WebError("incident", status=503, retry_after=_BUSY_SECONDS) from None

    def _end(self, key: Key, task: asyncio.Task[Answer]) -> None:
        forgotten = self._running.get(key) is not task
        if not forgotten:
            del self._running[key]
        # Reading the exception tells asyncio that it was not overlooked. After a failure, the same
        # message deserves another try.
        failed = task.cancelled() or task.exception() is not None
        if not failed and not forgotten:
            self._ended.keep(key, task)
