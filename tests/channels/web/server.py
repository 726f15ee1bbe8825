"""The channel on Rasa's own server, on a free port, with an agent that does what a test says."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from assistant_am.channels.web.turns import Turns
from assistant_am.runtime.settings import WebSettings
from tests.channels.running import running

SECRET = "s" * 32
ALERT = "mon père ne respire plus"


class StubAgent:
    """Stands where Rasa's agent does; `said` is what reached it."""

    def __init__(self) -> None:
        from rasa.core.lock_store import InMemoryLockStore
        from rasa.core.tracker_store import InMemoryTrackerStore
        from rasa.shared.core.domain import Domain

        self.ready = True
        self.said: list[Any] = []
        self.lock_store = InMemoryLockStore()
        self.tracker_store = InMemoryTrackerStore(Domain.empty())
        self.processor = type("Processor", (), {"action_endpoint": None})()
        self.open = asyncio.Event()
        self.open.set()
        self.started = threading.Event()
        self.ended = threading.Event()

    def forget(self) -> None:
        """As new, for the next test."""
        self.ready = True
        self.said.clear()
        self.tracker_store.store.clear()
        self.started.clear()
        self.ended.clear()

    def is_ready(self) -> bool:
        return self.ready

    async def handle_message(self, message: Any) -> None:
        self.said.append(message)
        self.started.set()
        await self.open.wait()
        if message.text == "plantage":
            raise RuntimeError(f"confidentiel-{message.text}")
        if message.text == "panne":
            said = {"text": "Désolé, un incident technique", "bande": "incident", "buttons": []}
            await message.output_channel.send_response(message.sender_id, said)
        elif message.text != "silence":
            await message.output_channel.send_response(
                message.sender_id,
                {
                    "text": f"Entendu : {message.text}",
                    "buttons": [{"title": "Et après ?", "payload": "et après"}],
                    "blocs": [{"type": "paragraphe", "texte": f"Entendu : {message.text}"}],
                },
            )
        self.ended.set()


@dataclass
class Served:
    """A running server and a client for it."""

    url: str
    agent: StubAgent
    loop: asyncio.AbstractEventLoop
    data: Path
    http: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.http.get(self.url + path, timeout=20, **options)

    def post(self, path: str, body: Any, **options: Any) -> requests.Response:
        return self.http.post(f"{self.url}/webhooks/web/{path}", json=body, timeout=20, **options)

    def raw(self, path: str, body: bytes, **headers: str) -> requests.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        address = f"{self.url}/webhooks/web/{path}"
        return self.http.post(address, data=body, headers=named, timeout=20)

    def session(self, **options: Any) -> str:
        answer = self.post("session", {}, **options)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["session"])

    def say(self, text: str, session: str, message: str | None = None, **options: Any):
        body = {"session": session, "id": message or new_id(), "texte": text}
        return self.post("message", body, **options)

    def press(self, payload: str, session: str, **options: Any) -> requests.Response:
        body = {"session": session, "id": new_id(), "charge": payload}
        return self.post("message", body, **options)

    def close(self) -> None:
        """Turns from now on wait at the gate."""
        self.loop.call_soon_threadsafe(self.agent.open.clear)

    def open(self) -> None:
        """Let the turns at the gate go on."""
        self.loop.call_soon_threadsafe(self.agent.open.set)

    def settle(self) -> None:
        """Let all turns end: an alert is answered while its turn is still to come."""

        async def end() -> None:
            self.agent.open.set()
            running = (turn for turn in asyncio.all_tasks() if is_turn(turn))
            await asyncio.gather(*running, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self.loop).result(30)


def is_turn(task: asyncio.Task[Any]) -> bool:
    return task.get_coro().__qualname__ == Turns._in_order.__qualname__


def new_id() -> str:
    return str(uuid.uuid4())


def code_of(response: requests.Response) -> str:
    """The code of an error, whose shape is checked on the way."""
    body = response.json()
    error = body["erreur"]
    assert set(error) == {"code", "message", "reessayer_dans"}
    assert error["message"].strip()
    return str(error["code"])


@contextmanager
def serving(settings: WebSettings) -> Iterator[Served]:
    from assistant_am.channels.web import channel

    with running([channel.WebInput(settings)], StubAgent) as (url, agent, loop):
        served = Served(url, agent, loop, settings.data)
        try:
            yield served
        finally:
            served.http.close()
