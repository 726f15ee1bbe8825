"""How often one may ask. In memory for now: the storage is named by its address."""

from __future__ import annotations

import hmac
import math
import secrets
import time
from hashlib import sha256

from limits import RateLimitItem, parse
from limits.aio.strategies import FixedWindowRateLimiter
from limits.storage import storage_from_string
from sanic.request import Request

from assistant_am.channels.web.errors import WebError
from assistant_am.runtime.settings import WebSettings

# Looking through eight kilobytes of unknown words takes two seconds of processor.
_LONG_TEXT_COST = 30


class Limiter:
    """Counts requests by conversation and by address; addresses only as a hash of this process."""

    def __init__(self, settings: WebSettings) -> None:
        # The strategy only holds a weak reference to it.
        self._storage = storage_from_string(f"async+{settings.limits_storage}")
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._conversation = parse(settings.conversation_limit)
        self._address = parse(settings.address_limit)
        rare = max(1, self._address.amount // _LONG_TEXT_COST)
        self._long_text = type(self._address)(rare, self._address.multiples)
        self._proxies = settings.proxies
        self._key = secrets.token_bytes(32)

    async def count(self, request: Request, what: str, conversation: str | None = None) -> None:
        """Count one request of a kind; raises trop_de_messages with the seconds to wait."""
        await self._hit(self._address, what, self._hashed_address(request))
        if conversation is not None:
            await self._hit(self._conversation, what, conversation)

    async def may_examine_long_text(self, request: Request) -> bool:
        """Whether an over-long text is still worth looking through for an emergency."""
        return await self._limiter.hit(self._long_text, "texte_long", self._hashed_address(request))

    async def _hit(self, limit: RateLimitItem, *names: str) -> None:
        if await self._limiter.hit(limit, *names):
            return
        reset, _ = await self._limiter.get_window_stats(limit, *names)
        wait = max(1, math.ceil(reset - time.time()))
        unit = "seconde" if wait == 1 else "secondes"
        raise WebError(
            "trop_de_messages",
            f"Vous allez un peu vite : patientez {wait}\u00a0{unit}, puis renvoyez votre message.",
            retry_after=wait,
        )

    def _hashed_address(self, request: Request) -> str:
        return hmac.new(self._key, self._address_of(request).encode(), sha256).hexdigest()

    def _address_of(self, request: Request) -> str:
        """The address that the nearest trusted proxy saw, else the peer's."""
        if self._proxies:
            seen = request.headers.get("x-forwarded-for", "").split(",")
            if len(seen) >= self._proxies:
                return str(seen[-self._proxies].strip())
        return str(request.ip)
