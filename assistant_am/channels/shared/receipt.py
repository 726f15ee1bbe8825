"""What is noted of a message while its answer goes out, so that a restart can go on from there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Protocol

from assistant_am.stores.errors import StoreError


class Ledger(Protocol):
    """Where it is noted; raises StoreError."""

    async def note(self, message: str, gone: int) -> None: ...

    async def finish(self, message: str) -> None: ...


class Receipt:
    """One message: its answer's messages are counted, and the last of them finishes it.

    Noted before each call: one that was cut short may have arrived, and is not made again. A
    ledger that fails stops nothing.
    """

    def __init__(
        self,
        ledger: Ledger,
        message: str,
        gone: int = 0,
        written: asyncio.Future[bool] | None = None,
    ) -> None:
        self._ledger = ledger
        self._message = message
        self._gone_before = gone
        self._written = written
        """The first writing of the message, which may take longer than its answer."""
        self._count = 0
        self._open = 1

    def expect(self) -> None:
        """One more answer will be sent for it: `done` is to be called once more."""
        self._open += 1

    def went_before(self) -> bool:
        """Whether the next message of the answer went before a restart; asked once for each."""
        self._count += 1
        return self._count <= self._gone_before

    async def leaves(self) -> None:
        """It is about to be sent."""
        await self._noted(self._ledger.note(self._message, self._count))

    async def stayed(self) -> None:
        """The service did not take it."""
        await self._noted(self._ledger.note(self._message, self._count - 1))

    async def done(self) -> None:
        """The message is handled, or one of its answers is sent or given up."""
        self._open -= 1
        if not self._open:
            await self._noted(self._ledger.finish(self._message))

    async def _noted(self, writing: Awaitable[None]) -> None:
        with suppress(StoreError):
            if self._written is not None:
                await asyncio.shield(self._written)
        with suppress(StoreError):
            await writing


class _Nowhere:
    """Keeps nothing."""

    async def note(self, message: str, gone: int) -> None:
        pass

    async def finish(self, message: str) -> None:
        pass


def unkept() -> Receipt:
    """That of a message which the service is asked to bring again."""
    return Receipt(_Nowhere(), "")
