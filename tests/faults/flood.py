"""One address floods the assistant with all that the limits allow; how long others wait."""

from __future__ import annotations

import itertools
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import requests

LONG = ("a," * 500, "combien dure la formation et combien on gagne et on fait quoi " * 15)
"""What costs most to understand: a thousand characters, and a thousand with many questions."""
QUESTIONS = (
    "Combien dure la formation ?",
    "Quelle aide en 3e année pour un mi-temps, médecin au P92 ?",
    "et à temps plein ?",
    "Qui peut devenir assistant médical ?",
)
EMERGENCY = "mon père fait un malaise, il ne respire plus"
CONVERSATIONS = 15
"""Of the flood, all of one address; each sends as soon as it has its answer, at most ten a second
together, which is what nginx lets through."""
_PAUSE = CONVERSATIONS / 10
QUESTIONS_EACH = 12
_READS = 0.3
"""Seconds between an answer and the next question."""


class Person:
    """Somebody at an address of his own: the server has to believe one proxy."""

    def __init__(self, url: str, address: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._http.headers["X-Forwarded-For"] = address
        self._session = self._post("session").json()["session"]

    def ask(self, text: str) -> tuple[int, float]:
        """The status, and the seconds until a full answer or a refusal."""
        began, message = time.monotonic(), str(uuid.uuid4())
        while True:
            answer = self._post("message", session=self._session, id=message, texte=text[:1000])
            if answer.status_code != HTTPStatus.ACCEPTED:
                return answer.status_code, time.monotonic() - began

    def _post(self, path: str, **body: str) -> Any:
        return self._http.post(f"{self._url}/webhooks/web/{path}", json=body, timeout=60)


@dataclass
class Waits:
    """Seconds of each answer that others waited for, without and during the flood; those of
    emergencies during it; how many messages of the flood were read, and refused."""

    quiet: list[float] = field(default_factory=list)
    flooded: list[float] = field(default_factory=list)
    emergencies: list[float] = field(default_factory=list)
    read: int = 0
    refused: int = 0

    @property
    def ratio(self) -> float:
        """How many times longer 95 % of the others wait at most."""
        return p95(self.flooded) / p95(self.quiet)


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def measure(url: str, seconds: float) -> Waits:
    """A flood of that many seconds, and peace for half as many before it and after it.

    Budgets are of a minute: a shorter flood would be all at its beginning.
    """
    waits = Waits()
    numbers = itertools.count(1)

    def ask(person: Person, text: str) -> float:
        status, took = person.ask(text)
        assert status == HTTPStatus.OK
        return took

    def others(took: list[float], seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            person = Person(url, f"192.0.2.{next(numbers)}")
            for text in itertools.islice(itertools.cycle(QUESTIONS), QUESTIONS_EACH):
                took.append(ask(person, text))
                time.sleep(_READS)

    others([], 5)  # nothing is measured cold
    others(waits.quiet, seconds / 2)
    with _flood(url, waits):
        waits.emergencies.append(ask(Person(url, "203.0.113.1"), EMERGENCY))
        others(waits.flooded, seconds)
        waits.emergencies.append(ask(Person(url, "203.0.113.2"), EMERGENCY))
    others(waits.quiet, seconds / 2)
    return waits


@contextmanager
def _flood(url: str, waits: Waits) -> Iterator[None]:
    ended = threading.Event()
    lock = threading.Lock()

    def send(number: int) -> None:
        person = Person(url, "198.51.100.7")
        while not ended.is_set():
            status, _ = person.ask(LONG[number % len(LONG)])
            with lock:
                waits.read += status == HTTPStatus.OK
                waits.refused += status == HTTPStatus.TOO_MANY_REQUESTS
            ended.wait(_PAUSE)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(CONVERSATIONS)]
    for thread in threads:
        thread.start()
    try:
        # Others come when it is at its height.
        ended.wait(_PAUSE)
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
