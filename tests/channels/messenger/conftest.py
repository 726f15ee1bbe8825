"""Messenger's fake and our channel, one server for all the tests of the folder."""

from __future__ import annotations

import hmac
import itertools
import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
import requests

from assistant_am.channels.shared.settings import MessengerSettings
from tests.channels.messenger.graph_api import APP_SECRET, PAGE_TOKEN, GraphApi
from tests.channels.shared.serving import Served, serving, web_settings

PUBLIC = "https://bot.example"
VERIFICATION = "mot-de-passe-du-webhook"
_people = itertools.count(7_000_000)
_messages = itertools.count(1)


class Person:
    """Somebody who writes to the page."""

    def __init__(self, served: Served, api: GraphApi) -> None:
        self.served = served
        self.api = api
        self.id = str(next(_people))

    def event(self, **content: Any) -> dict[str, Any]:
        return {"sender": {"id": self.id}, "recipient": {"id": "1"}, "timestamp": 1, **content}

    def message(self, **content: Any) -> dict[str, Any]:
        return self.event(message={"mid": f"m_{next(_messages)}", **content})

    def post(self, *events: dict[str, Any], secret: str = APP_SECRET) -> requests.Response:
        body = {"object": "page", "entry": [{"id": "1", "time": 1, "messaging": list(events)}]}
        return self.raw(json.dumps(body).encode(), secret)

    def raw(self, body: bytes, secret: str = APP_SECRET) -> requests.Response:
        digest = hmac.new(secret.encode(), body, sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}
        return self.served.post("messenger", body, headers)

    def send(self, text: str, **content: Any) -> None:
        assert self.post(self.message(text=text, **content)).status_code == 200

    def shown(self) -> list[dict[str, Any]]:
        return [
            given["message"]
            for given in self.api.accepted("messages")
            if given["recipient"]["id"] == self.id
        ]

    def wait(self, count: int = 1) -> list[dict[str, Any]]:
        self.api.wait_until(lambda: len(self.shown()) >= count)
        return self.shown()

    def says(self, text: str, **content: Any) -> dict[str, Any]:
        before = len(self.shown())
        self.send(text, **content)
        return self.wait(before + 1)[before]


@pytest.fixture(scope="package")
def _api() -> Iterator[GraphApi]:
    with GraphApi().running() as api:
        yield api


@pytest.fixture(scope="package")
def _served(_api: GraphApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    from assistant_am.channels.messenger.channel import MessengerInput

    settings = MessengerSettings(PAGE_TOKEN, APP_SECRET, VERIFICATION, f"{_api.url}/v25.0")
    data = tmp_path_factory.mktemp("messenger")
    with serving([MessengerInput(settings, PUBLIC, web_settings(data))]) as served:
        _api.wait(1, "messenger_profile")
        yield served


@pytest.fixture
def served(_served: Served) -> Served:
    _served.agent.forget()
    return _served


@pytest.fixture
def api(_api: GraphApi) -> Iterator[GraphApi]:
    _api.forget()
    yield _api
    assert _api.faults == []


@pytest.fixture
def person(served: Served, api: GraphApi) -> Person:
    return Person(served, api)
