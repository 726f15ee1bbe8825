"""Turns that run whether or not anybody still waits for them, each message once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from rasa.core.lock_store import LockError

from assistant_am.channels.web.errors import WebError
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


@dataclass
class _Turn:
    task: asyncio.Task[Answer]
    ended: float | None = None


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
        self._clock = clock
        self._turns: OrderedDict[Key, _Turn] = OrderedDict()

    def knows(self, conversation: str, message: str) -> bool:
        return (conversation, message) in self._turns

    def start(self, conversation: str, message: str, work: Callable[[], Awaitable[Answer]]) -> None:
        """Run the work in a task of its own; raises incident when too many are running.

        A message that is known already is not run again.
        """
        key = (conversation, message)
        self._drop_old()
        if key in self._turns:
            return
        running = sum(turn.ended is None for turn in self._turns.values())
        if running >= MOST_RUNNING:
            raise WebError("incident", status=503, retry_after=_BUSY_SECONDS)
        turn = _Turn(asyncio.create_task(self._in_order(conversation, work)))
        self._turns[key] = turn
        turn.task.add_done_callback(lambda _: self._end(key, turn))

    async def answer(self, conversation: str, message: str) -> Answer | None:
        """The answer of a known turn, or None when it is not there at the deadline.

        A client that leaves cancels the waiting, never the turn.
        """
        task = self._turns[conversation, message].task
        done, _ = await asyncio.wait({task}, timeout=self.deadline)
        return task.result() if done else None

    def forget(self, conversation: str) -> None:
        """Keep no answer of this conversation."""
        for key in [key for key in self._turns if key[0] == conversation]:
            del self._turns[key]

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

    def _end(self, key: Key, turn: _Turn) -> None:
        turn.ended = self._clock()
        # Reading the exception tells asyncio that it was not overlooked.
        if turn.task.cancelled() or turn.task.exception() is not None:
            # The same message deserves another try.
            self._turns.pop(key, None)

    def _drop_old(self) -> None:
        now = self._clock()
        surplus = len(self._turns) - MOST_KEPT
        for key, turn in list(self._turns.items()):
            if turn.ended is None:
                continue
            if surplus < 0 and now - turn.ended < KEPT_SECONDS:
                break
            del self._turns[key]
            surplus -= 1
