"""How often one may ask: counted in Redis when several processes share one, else in memory."""

from __future__ import annotations

import asyncio
import hmac
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

import redis
from limits import RateLimitItem, parse
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from sanic.request import Request

from assistant_am.channels.shared.windows import Windows
from assistant_am.channels.web.addresses import address_of
from assistant_am.channels.web.errors import WebError
from assistant_am.runtime.secrets import derived
from assistant_am.runtime.settings import WebSettings

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)

# Looking through eight kilobytes of unknown words takes two seconds of processor.
_LONG_TEXT_COST = 30
KNOWN_SECONDS = 600
"""How long a message is not counted again, as long as its answer is kept (turns.py)."""
ORDINARY = 200
"""Characters of a message that is read in no more time than any other. A long one holds many
clauses, each read by itself: up to ten times as long, while everybody else waits."""
LONGER = 10
"""Characters above ORDINARY that one asker may have read for each request of AM_LIMITE_ADRESSE: of
the longest messages, three a minute."""
_IN_DANGER = "En cas d’urgence médicale, appelez le 15 ou le 112."
_REDIS_SECONDS = 1
_WITHOUT_REDIS_SECONDS = 10
"""How long this process counts alone after a failure of Redis, before it asks again."""


@dataclass(frozen=True)
class Reading:
    """A text that has to be understood, and for whom."""

    text: str
    asker: str

    @property
    def cost(self) -> int:
        return max(0, len(self.text) - ORDINARY)


class Limiter:
    """Counts requests by conversation and by address; addresses only as a keyed hash.

    When Redis fails each process counts for itself: an emergency must never wait for it.
    """

    def __init__(self, settings: WebSettings, shared: str | None, secret: bytes) -> None:
        self._redis = _redis_storage(shared) if shared else None
        self._alone = Windows()
        self._failed = -math.inf
        self._conversation = parse(settings.conversation_limit)
        self._address = parse(settings.address_limit)
        rare = max(1, self._address.amount // _LONG_TEXT_COST)
        self._long_text = type(self._address)(rare, self._address.multiples)
        self._long_reading = type(self._address)(
            self._address.amount * LONGER, self._address.multiples
        )
        self._proxies = settings.proxies
        self._key = derived(secret, "adresses")

    async def count(
        self,
        request: Request,
        what: str,
        conversation: str | None = None,
        once: str = "",
        read: Reading | None = None,
    ) -> None:
        """Count one request of a kind; raises trop_de_messages with the seconds to wait.

        `once`: its id, when the same may come again to another process, and costs nothing then.
        `read`: what has to be understood of it.
        """
        known = f"am:compte:{conversation}:{once}" if once else ""
        if known and await self._is_counted(known):
            return
        await self._require(self._address, what, self.asker(request))
        if conversation is not None:
            await self._require(self._conversation, what, conversation)
        if read is not None and read.cost:
            await self._require(self._long_reading, "lecture", read.asker, cost=read.cost)
        if known:
            await self._note_counted(known)

    def count_without_session(self, request: Request) -> None:
        """Count one text of somebody unknown, before it is looked through for an emergency.

        By this process alone: an emergency waits for no Redis.
        """
        wait = self._alone.wait(self._address, "sans_session", self.asker(request))
        if wait:
            raise WebError("trop_de_messages", f"{_slower(wait)} {_IN_DANGER}", retry_after=wait)

    async def may_examine_long_text(self, request: Request) -> bool:
        """Whether an over-long text is still worth looking through for an emergency."""
        wait = await self._wait(self._long_text, "texte_long", self.asker(request))
        return wait is None

    async def _is_counted(self, known: str) -> bool:
        return bool(await self._ask_redis(lambda kept: bool(kept.storage.exists(known))))

    async def _note_counted(self, known: str) -> None:
        await self._ask_redis(lambda kept: kept.storage.set(known, 1, ex=KNOWN_SECONDS))

    async def _require(self, limit: RateLimitItem, *names: str, cost: int = 1) -> None:
        wait = await self._wait(limit, *names, cost=cost)
        if wait is None:
            return
        raise WebError("trop_de_messages", _slower(wait), retry_after=wait)

    async def _wait(self, limit: RateLimitItem, *names: str, cost: int = 1) -> int | None:
        """Count; the seconds to wait, or None when there is no need to."""

        def count_in_redis(storage: Any) -> int:
            return _counted(FixedWindowRateLimiter(storage), limit, *names, cost=cost)

        wait = await self._ask_redis(count_in_redis)
        return (self._alone.wait(limit, *names, cost=cost) if wait is None else wait) or None

    async def _ask_redis(self, question: Callable[[Any], Answer]) -> Answer | None:
        """Its answer, or None when there is no Redis or it fails."""
        if self._redis is None or time.monotonic() - self._failed < _WITHOUT_REDIS_SECONDS:
            return None
        try:
            return await asyncio.to_thread(question, self._redis)
        except redis.RedisError as error:
            logger.error("Redis ne répond pas (%s).", type(error).__name__)
            self._failed = time.monotonic()
            return None

    def asker(self, request: Request) -> str:
        """For whom a request is: the keyed hash of its address."""
        address = address_of(request, self._proxies)
        return hmac.new(self._key, address.encode(), sha256).hexdigest()


def _slower(wait: int) -> str:
    unit = "seconde" if wait == 1 else "secondes"
    return f"Vous allez un peu vite : patientez {wait}\u00a0{unit}, puis renvoyez votre message."


def _counted(limiter: FixedWindowRateLimiter, limit: RateLimitItem, *names: str, cost: int) -> int:
    """Seconds to wait; 0 when the limit is not reached."""
    if limiter.hit(limit, *names, cost=cost):
        return 0
    reset, _ = limiter.get_window_stats(limit, *names)
    return max(1, math.ceil(reset - time.time()))


def _redis_storage(address: str) -> Storage:
    # limits asks for « redis+unix:// » where redis-py says « unix:// ».
    if address.startswith("unix:"):
        address = f"redis+{address}"
    return storage_from_string(
        address, socket_timeout=_REDIS_SECONDS, socket_connect_timeout=_REDIS_SECONDS
    )
