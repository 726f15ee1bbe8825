"""Combien de tours par seconde, avec un ou deux processus, selon les magasins ; trois minutes.

.venv/bin/python benchmarks/charge.py        (les conversations vont dans un dossier temporaire)

Chaque configuration est démarrée pour de bon (Rasa, actions, PostgreSQL, Redis), puis des clients
posent des questions par le canal web, chacun dans sa conversation, dès qu'ils ont la réponse.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, Project, Settings
from assistant_am.operations.supervise import Bot
from tests.stores.servers import Postgres, RedisServer

SECONDS = 8
CLIENTS = 16
LONG_TURNS = (10, 100, 250, 500)
QUESTIONS = (
    "Combien dure la formation ?",
    "Quelle aide en 3e année pour un mi-temps, médecin au P92 ?",
    "et à temps plein ?",
    "Qui peut devenir assistant médical ?",
    "combien gagne un assistant médical débutant ?",
)


@dataclass(frozen=True)
class Case:
    processes: int
    postgres: bool
    redis: bool

    def __str__(self) -> str:
        stores = "PostgreSQL" if self.postgres else "SQLite"
        return f"{self.processes} | {stores}{' + Redis' if self.redis else ''}"


CASES = (
    Case(1, postgres=False, redis=False),
    Case(1, postgres=True, redis=False),
    Case(1, postgres=True, redis=True),
    Case(2, postgres=True, redis=True),
)


class Client:
    """One visitor."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url
        self._session = ""
        self._questions = itertools.cycle(QUESTIONS)

    async def turn(self) -> float:
        """Ask the next question; seconds until its answer."""
        if not self._session:
            async with self._http.post(f"{self._url}/webhooks/web/session", json={}) as opened:
                self._session = (await opened.json())["session"]
        body = {"session": self._session, "id": str(uuid.uuid4()), "texte": next(self._questions)}
        began = time.monotonic()
        while True:
            async with self._http.post(f"{self._url}/webhooks/web/message", json=body) as answer:
                if answer.status == HTTPStatus.OK:
                    await answer.read()
                    return time.monotonic() - began
                assert answer.status == HTTPStatus.ACCEPTED, await answer.text()


async def throughput(urls: list[str], clients: int, seconds: float) -> list[float]:
    """The seconds of each turn that so many clients had in that time."""
    took: list[float] = []

    async def talk(client: Client) -> None:
        await client.turn()
        while time.monotonic() < end:
            took.append(await client.turn())

    async with aiohttp.ClientSession() as http:
        end = time.monotonic() + seconds
        await asyncio.gather(*(talk(Client(http, urls[n % len(urls)])) for n in range(clients)))
    return took


async def long_conversation(url: str) -> dict[int, float]:
    """Median of ten turns around each of LONG_TURNS, in one conversation."""
    async with aiohttp.ClientSession() as http:
        client = Client(http, url)
        took = [await client.turn() for _ in range(max(LONG_TURNS))]
    return {turn: statistics.median(took[max(0, turn - 10) : turn]) for turn in LONG_TURNS}


@contextlib.contextmanager
def running(case: Case) -> Iterator[Bot]:
    """A bot set up in this way, with conversations of its own."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="am-")))
        environment = {
            "AM_DONNEES": str(folder / "donnees"),
            "AM_BASE": stack.enter_context(Postgres()).address if case.postgres else "",
            "AM_REDIS": stack.enter_context(RedisServer(folder)).address if case.redis else "",
            "AM_PROCESSUS": str(case.processes),
            "AM_PORT": str(free_port()),
            "AM_ACTIONS_PORT": str(free_port()),
            "AM_LIMITE_CONVERSATION": "1000000/minute",
            "AM_LIMITE_ADRESSE": "1000000/minute",
        }
        before = {name: os.environ.get(name) for name in environment}
        os.environ.update(environment)
        try:
            with Bot(Project.here(), Settings.from_environment()) as bot:
                bot.start()
                yield bot
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def row(case: Case, clients: int, took: list[float]) -> str:
    took.sort()
    middle, late = took[len(took) // 2], took[int(len(took) * 0.95)]
    rate = len(took) / SECONDS
    return f"| {case} | {clients} | {rate:.0f} | {middle * 1000:.0f} | {late * 1000:.0f} |"


def main() -> None:
    print("| processus | magasins | clients | tours/s | médiane, ms | 95 %, ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    long: list[str] = []
    for case in CASES:
        with running(case) as bot:
            urls = [f"http://{HOST}:{port}" for port in bot.settings.ports]
            for clients in (1, CLIENTS):
                took = asyncio.run(throughput(urls, clients, SECONDS))
                print(row(case, clients, took), flush=True)
            if case == CASES[0]:
                medians = asyncio.run(long_conversation(urls[0]))
                long = [f"| {turn} | {seconds * 1000:.0f} |" for turn, seconds in medians.items()]
    print("\n| tour d'une même conversation (SQLite) | médiane, ms |\n| --- | --- |")
    print("\n".join(long))


if __name__ == "__main__":
    main()
