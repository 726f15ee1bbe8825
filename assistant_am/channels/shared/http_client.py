"""Calls a messaging service's API, and tells what may be tried again from what may not."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from assistant_am.channels.shared.outbox import TryLater, Uncertain

SECONDS_TO_CONNECT = 5
SECONDS_TO_ANSWER = 20
_TOO_MANY = 429
_SERVER_ERROR = 500


@dataclass(frozen=True)
class Reply:
    """What the service answered; `body` is empty when it is no JSON object."""

    status: int
    body: dict[str, Any]


class HttpClient:
    """One pool of connections, made when first needed: there is no loop before."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def post(
        self,
        url: str,
        *,
        json_body: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        auth: aiohttp.BasicAuth | None = None,
    ) -> Reply:
        """The service's answer, unless it is of those below.

        Raises TryLater when the service took nothing (no connection, 429, 5xx), Uncertain when
        the connection broke after the request had left. Their texts hold no address: it may
        hold the token.
        """
        try:
            async with self._open().post(
                url, json=json_body, data=form, params=query, auth=auth, allow_redirects=False
            ) as answer:
                reply = Reply(answer.status, _object(await answer.read()))
                after = answer.headers.get("Retry-After", "")
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError, ConnectionRefusedError):
            raise TryLater from None
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
            raise Uncertain from None
        if reply.status == _TOO_MANY or reply.status >= _SERVER_ERROR:
            raise TryLater(_seconds(after, reply.body))
        return reply

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=SECONDS_TO_ANSWER, connect=SECONDS_TO_CONNECT),
                json_serialize=lambda value: json.dumps(value, ensure_ascii=False),
            )
        return self._session


def _object(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _seconds(header: str, body: dict[str, Any]) -> float | None:
    """How long to wait: the header says it, or Telegram's body."""
    parameters = body.get("parameters")
    told = parameters.get("retry_after") if isinstance(parameters, dict) else None
    try:
        return max(0.0, float(told if told is not None else header))
    except (TypeError, ValueError):
        return None
