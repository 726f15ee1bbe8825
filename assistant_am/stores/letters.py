"""Messages that messaging services brought, from their arrival until their answer has gone.

A service that was told 200 never brings a message again, and one that was not told in time does:
both must survive a restart. A row without `sealed` only says that its message was dealt with.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import LATEST_SECONDS, LETTERS, lock_conversation
from assistant_am.stores.errors import StoreError
from assistant_am.stores.opened_database import OpenedDatabase

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

SILENT_SECONDS = 5.0
"""A database that has just failed is not asked again for so long: each call would wait."""
_THREADS = 4


@dataclass(frozen=True)
class KeptLetter:
    """A message whose answer has not gone, or not whole."""

    message: str
    conversation: str
    sealed: bytes
    """The message and whom to answer, as the channel sealed them."""
    gone: int
    """How many messages of its answer went."""


class Letters:
    """The table of messages; every method raises StoreError when the database fails."""

    def __init__(self, settings: StoreSettings, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        # What came since this start is being answered already.
        self._life = uuid.uuid4().hex
        self._database = OpenedDatabase(settings)
        self.engine = self._database.engine
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="messageries")
        self._silent_until = 0.0

    async def add(self, owner: str, message: str, conversation: str, sealed: bytes) -> bool:
        """Keep a message of this process; False when it is known already."""
        row = {
            "message": message,
            "conversation": conversation,
            "owner": owner,
            "life": self._life,
            "taken": self._clock(),
            "gone": 0,
            "sealed": sealed.decode("ascii"),
        }
        return await self._run(_add, row)

    async def unfinished(self, owner: str) -> list[KeptLetter]:
        """Those that this process had before its last start and did not answer, in order."""
        return await self._run(_unfinished, owner, self._life, self._clock() - LATEST_SECONDS)

    async def note(self, message: str, gone: int) -> None:
        """So many messages of its answer went."""
        await self._run(_change, message, {"gone": gone})

    async def finish(self, message: str) -> None:
        """Nothing more will be sent for it: what was sealed goes, its name stays."""
        await self._run(_change, message, {"sealed": None})

    async def _run(self, work: Callable[..., Result], *arguments: Any) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: self._now(work, *arguments))

    def _now(self, work: Callable[..., Result], *arguments: Any) -> Result:
        if time.monotonic() < self._silent_until:
            raise StoreError("La base vient de ne pas répondre.")
        try:
            self._database.require()
            with self._database.writing.begin() as connection:
                return work(connection, *arguments)
        except SQLAlchemyError as error:
            self._silent_until = time.monotonic() + SILENT_SECONDS
            # Its text may quote what it was given.
            cause = type(getattr(error, "orig", None) or error).__name__
            logger.error("La mémoire des messageries ne répond pas (%s).", cause)
            raise StoreError("La base ne répond pas.") from None


@cache
def process_letters(settings: StoreSettings) -> Letters:
    """Those of this process: its services share connections."""
    return Letters(settings)


def _add(connection: Connection, row: dict[str, Any]) -> bool:
    lock_conversation(connection, row["conversation"])
    known = sa.select(LETTERS.c.message).where(LETTERS.c.message == row["message"])
    if connection.execute(known).first() is not None:
        return False
    connection.execute(LETTERS.insert(), [row])
    return True


def _unfinished(connection: Connection, owner: str, life: str, since: float) -> list[KeptLetter]:
    mine = (LETTERS.c.owner == owner) & (LETTERS.c.life != life) & LETTERS.c.sealed.is_not(None)
    connection.execute(LETTERS.update().where(mine, LETTERS.c.taken < since).values(sealed=None))
    query = sa.select(LETTERS).where(mine).order_by(LETTERS.c.taken)
    return [
        KeptLetter(row.message, row.conversation, row.sealed.encode("ascii"), row.gone)
        for row in connection.execute(query)
    ]


def _change(connection: Connection, message: str, values: dict[str, Any]) -> None:
    connection.execute(LETTERS.update().where(LETTERS.c.message == message).values(values))
