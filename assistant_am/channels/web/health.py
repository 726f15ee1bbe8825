"""Can the assistant really answer?"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp

from assistant_am.channels.web.answer import Json

_SECONDS_TO_ANSWER = 2
_KEPT_SECONDS = 2
_OK = 200


def is_ready(agent: Any) -> bool:
    """Whether Rasa has a model and a store."""
    return agent is not None and bool(agent.is_ready())


class Health:
    """Asked often by supervisors: the state is looked at once in two seconds at most."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._seen = -float(_KEPT_SECONDS)
        self._state: Json = {}

    async def state(self, agent: Any) -> Json:
        """`pret` says whether questions get answers; the other keys say what is missing."""
        async with self._lock:
            if time.monotonic() - self._seen >= _KEPT_SECONDS:
                self._state = await _look(agent)
                self._seen = time.monotonic()
            return self._state


async def _look(agent: Any) -> Json:
    model = is_ready(agent)
    actions = model and await _actions_answer(agent.processor.action_endpoint)
    return {
        "pret": model and actions,
        "modele": "charge" if model else "absent",
        "serveur_actions": "repond" if actions else "ne_repond_pas",
    }


async def _actions_answer(endpoint: Any) -> bool:
    if endpoint is None or not endpoint.url:
        return False
    address = endpoint.url.removesuffix("/webhook") + "/health"
    try:
        timeout = aiohttp.ClientTimeout(total=_SECONDS_TO_ANSWER)
        async with aiohttp.ClientSession(timeout=timeout) as client, client.get(address) as answer:
            return bool(answer.status == _OK)
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
        return False
