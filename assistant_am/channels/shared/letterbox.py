"""Keeps each message that was taken, sealed, until its answer has gone; knows those of before."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from collections.abc import Callable
from dataclasses import asdict

from cryptography.fernet import Fernet, InvalidToken

from assistant_am.channels.shared.incoming import Incoming
from assistant_am.channels.shared.letter import Letter
from assistant_am.channels.shared.receipt import Receipt
from assistant_am.channels.shared.turn import Json
from assistant_am.runtime.secrets import derived
from assistant_am.stores.errors import StoreError
from assistant_am.stores.letters import Letters

logger = logging.getLogger(__name__)

Reopen = Callable[[Incoming, Json], Letter]
"""Makes a letter again from what was kept of it."""

SECONDS_TO_KEEP = 1.0
"""A database that is slower does not hold up the answer."""


class Letterbox:
    """That of one service in one process.

    Whom to answer is a number or an account: it is written sealed, by a key made from the
    assistant's secret, and only until the answer has gone.
    """

    def __init__(self, letters: Letters, secret: bytes, service: str, owner: str) -> None:
        self._letters = letters
        self._owner = f"{service} {owner}"
        key = derived(secret, f"messagerie-attente-{service}")
        self._seal = Fernet(base64.urlsafe_b64encode(key))

    async def keep(self, letter: Letter) -> Receipt | None:
        """The receipt of a new message, None for one that was taken before. Never raises.

        When the database does not answer, the message counts as new, and a restart would lose it.
        """
        message = letter.incoming.message
        content = {"message": asdict(letter.incoming), "address": letter.address}
        sealed = self._seal.encrypt(json.dumps(content).encode())
        writing = asyncio.ensure_future(
            self._letters.add(self._owner, message, letter.conversation, sealed)
        )
        # Whoever gave up waiting does not look at its error.
        writing.add_done_callback(lambda done: done.cancelled() or done.exception())
        try:
            is_new = await asyncio.wait_for(asyncio.shield(writing), SECONDS_TO_KEEP)
        except (StoreError, asyncio.TimeoutError):
            is_new = True
        return Receipt(self._letters, message, written=writing) if is_new else None

    async def unanswered(self, reopen: Reopen) -> list[tuple[Letter, Receipt]]:
        """Those that a stop left without a whole answer, in order; raises StoreError."""
        found = []
        for kept in await self._letters.unfinished(self._owner):
            try:
                content = json.loads(self._seal.decrypt(kept.sealed))
            except InvalidToken:
                logger.warning("Message en attente illisible : le secret a changé.")
                await self._letters.finish(kept.message)
                continue
            letter = reopen(Incoming(**content["message"]), content["address"])
            found.append((letter, Receipt(self._letters, kept.message, kept.gone)))
        return found
