"""Two Rasa processes, an action server, PostgreSQL and Redis: all real, each can be hurt."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import requests
import sqlalchemy as sa

from assistant_am.operations.processes import Service
from assistant_am.operations.project import HOST
from assistant_am.operations.supervise import Bot
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import EVENTS, open_engine
from tests.stores.servers import Postgres, RedisServer

INCIDENT = "incident technique"
QUESTION = "Combien dure la formation ?"


@dataclass
class Cluster:
    """`urls` are the Rasa processes; `bot.services` the action server, then they."""

    bot: Bot
    postgres: Postgres
    redis: RedisServer
    settings: StoreSettings
    engine: Any = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.settings)
        self.urls = [f"http://{HOST}:{port}" for port in self.bot.settings.ports]

    @property
    def actions(self) -> Service:
        return self.bot.services[0]

    def rasa(self, number: int) -> Service:
        return self.bot.services[1 + number]

    def visitor(self) -> Visitor:
        return Visitor(self)

    def stored(self, conversation: str) -> list[dict[str, Any]]:
        """Every event of a conversation, in its order."""
        import json

        query = sa.select(EVENTS.c.data).where(EVENTS.c.sender_id == conversation)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(EVENTS.c.id)).scalars().all()
        return [json.loads(row) for row in rows]

    def said(self, conversation: str) -> list[str]:
        """What the person said, as stored."""
        return [event["text"] for event in self.stored(conversation) if event["event"] == "user"]

    def state(self, number: int = 0) -> tuple[int, dict[str, Any]]:
        answer = requests.get(f"{self.urls[number]}/sante", timeout=30)
        return answer.status_code, answer.json()

    def restart_rasa(self, number: int) -> None:
        self.rasa(number).stop()
        self.rasa(number).start()

    def restart_actions(self) -> None:
        self.actions.stop()
        self.actions.start()

    def heal(self) -> None:
        """All runs and answers, whatever the test before did."""
        self.postgres.start()
        self.redis.start()
        for service in self.bot.services:
            if service.exit_code is not None:
                service.start()
            else:
                resume(service)
        for number in range(len(self.urls)):
            until(lambda number=number: is_well(self, number), 120)


def is_well(cluster: Cluster, number: int) -> bool:
    try:
        return cluster.state(number)[0] == 200
    except requests.RequestException:
        return False


class Visitor:
    """One conversation of the web channel, over whichever process is named."""

    def __init__(self, cluster: Cluster) -> None:
        self._urls = cluster.urls
        opened = requests.post(f"{cluster.urls[0]}/webhooks/web/session", json={}, timeout=20)
        self.session: str = opened.json()["session"]
        # The reference of each answer begins in the same way; the store has the name.
        self._cluster = cluster

    @property
    def conversation(self) -> str:
        from assistant_am.channels.web.sessions import Sessions
        from assistant_am.runtime.secrets import load_secret

        secret = load_secret(None, self._cluster.settings.data)
        return Sessions(secret, 24).read(self.session).conversation

    def post(self, text: str, number: int = 0, message: str | None = None) -> requests.Response:
        body = {"session": self.session, "id": message or str(uuid.uuid4()), "texte": text}
        address = f"{self._urls[number]}/webhooks/web/message"
        return requests.post(address, json=body, timeout=60)

    def ask(self, text: str, number: int = 0, message: str | None = None) -> str:
        """The words of the answer, or the sentence of the error."""
        return words(self.post(text, number, message))

    @property
    def said(self) -> list[str]:
        return self._cluster.said(self.conversation)


def words(response: requests.Response) -> str:
    """What the person reads: never nothing."""
    body = response.json()
    if "erreur" in body:
        return str(body["erreur"]["message"])
    blocks = body["reponse"]["blocs"]
    assert blocks, body
    return " ".join(str(block.get("texte") or block) for block in blocks).replace("\u00a0", " ")


def until(condition: Callable[[], bool], seconds: float = 30) -> float:
    """Wait until it holds; returns how long that took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "toujours pas"
        time.sleep(0.05)
    return time.monotonic() - began


def together(calls: list[Callable[[], Any]]) -> list[Any]:
    """Do all at the same time; their results in the same order."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda call: call(), calls))


def kill(service: Service) -> None:
    assert service.process is not None
    os.kill(service.process.pid, signal.SIGKILL)
    service.process.wait()


def freeze(service: Service) -> None:
    """As slow as can be."""
    assert service.process is not None
    os.kill(service.process.pid, signal.SIGSTOP)


def resume(service: Service) -> None:
    assert service.process is not None
    os.kill(service.process.pid, signal.SIGCONT)
