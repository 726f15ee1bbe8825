"""Work that nobody waits for, and what is told to a service at start until it listens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from assistant_am.channels.shared.outbox import FIRST_PAUSE, Refused, TryLater, Uncertain

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 300.0
"""Seconds between two tries."""


class Background:
    """Tasks that end with the server at the latest."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        # The loop itself only holds a weak reference to a task.
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def __len__(self) -> int:
        """How many run."""
        return len(self._tasks)

    async def close(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def introduce(service: str, settings: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do this first work with a service, as soon as it answers: it may be away when we start.

    `settings` names the variables to look at when the service refuses.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            await work()
            logger.info("%s : prêt.", service)
            return
        except Refused as refused:
            logger.error(
                "%s refuse notre présentation (%s) : vérifiez %s, puis redémarrez.",
                service,
                refused.reason,
                settings,
            )
            return
        except (TryLater, Uncertain):
            logger.warning("%s ne répond pas ; nouvel essai dans %d s.", service, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
