"""Messaging channels on Rasa's own server, with an agent that says what a test wants."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from assistant_am.operations.processes import free_port
from assistant_am.runtime.settings import WebSettings

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
    from rasa.core.channels.channel import register
    from rasa.core.run import _create_app_without_api
    from sanic import Sanic

    Sanic.test_mode = True
    port = port or free_port()
    box: dict[str, Any] = {}
    running = threading.Event()

    def run() -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        app = _create_app_without_api()
        register(list(channels), app, route="/webhooks/")
        app.ctx.agent = box["agent"] = ScriptedAgent()
        server = loop.run_until_complete(
            app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=None)
        )
        loop.run_until_complete(server.startup())
        loop.run_until_complete(server.before_start())
        loop.run_until_complete(server.after_start())
        box["loop"] = loop
        running.set()
        loop.run_forever()
        loop.run_until_complete(server.before_stop())
        loop.run_until_complete(server.close())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert running.wait(60)
    served = Served(f"http://127.0.0.1:{port}", box["agent"], box["loop"])
    try:
        yield served
    finally:
        served.http.close()
        served.loop.call_soon_threadsafe(served.loop.stop)
        thread.join(20)
