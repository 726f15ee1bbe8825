"""Sends what the bot says: in order within a conversation, tried again, never twice."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from assistant_am.channels.shared.receipt import Receipt
from assistant_am.runtime.quiet_logs import log_failure

logger = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
"""Seconds before the second try; doubled after each."""
LONGEST_PAUSE = 60.0
PATIENCE = 600.0
"""Seconds of pauses after which a message is given up."""
MOST_WAITING = 20
"""Answers that wait in one conversation."""
MOST_CONVERSATIONS = 500
"""Conversations in which something waits; all the same it is a few megabytes."""


class TryLater(Exception):
    """The service did not take the message, and may take it later; `after` is in seconds."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__(after)
        self.after = after


class Refused(Exception):
    """The service will never take this message; `reason` is its code, without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Uncertain(Exception):
    """The connection broke after the message had left: sent again, it might arrive twice."""


@dataclass(frozen=True)
class Sending:
    """One call of a service's API."""

    call: Callable[[], Awaitable[None]]
    """Raises TryLater, Refused or Uncertain."""
    instead: Sending | None = None
    """What to send when this is refused: the address of a picture instead of it."""


_Answer = tuple[Sequence[Sending], Receipt]


class Outbox:
    """A queue for each conversation; one that waits holds up no other."""

    def __init__(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._waiting: dict[str, deque[_Answer]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def put(self, conversation: str, answer: Sequence[Sending], receipt: Receipt) -> None:
        """Send the messages of one answer after those that wait there already.

        When too much waits, the answer is dropped and a line of the log says so.
        """
        queue = self._waiting.get(conversation, deque())
        if not queue and len(self._waiting) >= MOST_CONVERSATIONS:
            logger.error("Réponse abandonnée : trop de conversations attendent la messagerie.")
        elif len(queue) >= MOST_WAITING:
            logger.error("Réponse abandonnée : trop de réponses attendent dans la conversation.")
        else:
            self._append(conversation, answer, receipt)

    def put_at_once(self, conversation: str, answer: Sequence[Sending], receipt: Receipt) -> None:
        """Send without waiting for what waits in the conversation, and never drop it: an emergency.

        It has a queue of its own.
        """
        self._append(f"{conversation} (urgence)", answer, receipt)

    def _append(self, name: str, answer: Sequence[Sending], receipt: Receipt) -> None:
        receipt.expect()
        queue = self._waiting.setdefault(name, deque())
        queue.append((answer, receipt))
        if name not in self._tasks:
            self._tasks[name] = asyncio.create_task(self._drain(name, queue))

    async def drop(self, conversation: str) -> None:
        """Send nothing more of what waits in this conversation."""
        if conversation not in self._waiting:
            return
        dropped = [*self._waiting[conversation]]
        self._waiting[conversation].clear()
        for _, receipt in dropped:
            await receipt.done()

    async def close(self) -> None:
        """Give up everything that waits; receipts say where to go on."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _drain(self, name: str, queue: deque[_Answer]) -> None:
        try:
            while queue:
                answer, receipt = queue.popleft()
                for sending in answer:
                    # What follows a message that never arrived would not be understood.
                    if not (receipt.went_before() or await self._send(sending, receipt)):
                        break
                await receipt.done()
        finally:
            del self._waiting[name], self._tasks[name]

    async def _send(self, sending: Sending, receipt: Receipt) -> bool:
        """Whether the message went, as far as can be known."""
        pause, waited = FIRST_PAUSE, 0.0
        while True:
            await receipt.leaves()
            try:
                await sending.call()
                return True
            except TryLater as later:
                wait = later.after if later.after is not None else pause
                if waited + wait > PATIENCE:
                    logger.error("Message abandonné : la messagerie ne répond pas.")
                    return False
                await receipt.stayed()
                await self._pause(wait)
                waited += wait
                pause = min(2 * pause, LONGEST_PAUSE)
            except Refused as refused:
                if sending.instead is not None:
                    return await self._send(sending.instead, receipt)
                logger.error("Message refusé par la messagerie : %s.", refused.reason)
                return False
            except Uncertain:
                logger.warning("Message peut-être parti : la messagerie n'a pas répondu.")
                return True
            except Exception as error:
                log_failure(logger, "Envoi impossible", error)
                return False
