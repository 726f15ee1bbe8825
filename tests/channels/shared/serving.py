"""Messaging channels on Rasa's own server, with an agent that says what a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from assistant_am.runtime.settings import WebSettings
from tests.channels.running import running

SECRET = "s" * 32
GENEROUS = "100000/minute"
ALERT = "mon père ne respire plus"


class ScriptedAgent:
    """Stands where Rasa's agent does: repeats what it hears, unless told what to say."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        """The messages that reached it."""
        self.script: dict[str, dict[str, Any]] = {}
        """Its answers, by what is said to it."""
        self.gate = asyncio.Event()
        self.gate.set()

    def forget(self) -> None:
        self.said.clear()
        self.script.clear()

    @property
    def heard(self) -> list[str]:
        return [message.text for message in self.said]

    def is_ready(self) -> bool:
        return True

    async def handle_message(self, message: Any) -> None:
        self.said.append(message)
        if message.text == "attends":
            await self.gate.wait()
        if message.text == "plantage":
            raise RuntimeError("confidentiel")
        said = self.script.get(message.text)
        if said is None:
            said = {"blocs": [{"type": "paragraphe", "texte": f"Entendu : {message.text}"}]}
        # Some of Rasa's connectors empty what they are given.
        await message.output_channel.send_response(message.sender_id, deepcopy(said))


@dataclass
class Served:
    """A running server."""

    url: str
    agent: ScriptedAgent
    loop: asyncio.AbstractEventLoop
    http: requests.Session = field(default_factory=requests.Session)

    def post(self, channel: str, body: bytes, headers: dict[str, str]) -> requests.Response:
        address = f"{self.url}/webhooks/{channel}/webhook"
        return self.http.post(address, data=body, headers=headers, timeout=20)

    def close_gate(self) -> None:
        self.loop.call_soon_threadsafe(self.agent.gate.clear)

    def open_gate(self) -> None:
        self.loop.call_soon_threadsafe(self.agent.gate.set)


def web_settings(data: Path, conversation_limit: str = GENEROUS) -> WebSettings:
    return WebSettings(data=data, secret=SECRET, conversation_limit=conversation_limit)


@contextmanager
def serving(channels: Sequence[Any], port: int | None = None) -> Iterator[Served]:
    """These input channels, started and stopped as Rasa does it."""
    with running(channels, ScriptedAgent, port) as (url, agent, loop):
        served = Served(url, agent, loop)
        try:
            yield served
        finally:
            served.http.close()
