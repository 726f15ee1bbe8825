"""Twilio's fake and our channel, one server for all the tests of the folder."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from twilio.request_validator import RequestValidator

from assistant_am.channels.shared.settings import TwilioSettings
from tests.channels.shared.serving import Served, serving, web_settings
from tests.channels.twilio.messages_api import ACCOUNT, TOKEN, MessagesApi

PUBLIC = "https://bot.example"
ADDRESS = f"{PUBLIC}/webhooks/twilio/webhook"
OURS = "+33700000000"
_numbers = itertools.count(33_600_000_000)
_messages = itertools.count(1)


class Phone:
    """Somebody's telephone."""

    def __init__(self, served: Served, api: MessagesApi, prefix: str = "") -> None:
        self.served = served
        self.api = api
        self.number = f"{prefix}+{next(_numbers)}"
        self.ours = f"{prefix}{OURS}"

    def form(self, text: str = "", **content: str) -> dict[str, str]:
        """As Twilio writes it, with fields that are empty."""
        return {
            "MessageSid": f"SM{next(_messages):032x}",
            "SmsStatus": "received",
            "AccountSid": ACCOUNT,
            "From": self.number,
            "To": self.ours,
            "FromCity": "",
            "Body": text,
            "NumMedia": "0",
            **content,
        }

    def post(
        self, form: dict[str, str] | bytes, token: str = TOKEN, address: str = ADDRESS
    ) -> requests.Response:
        fields = form if isinstance(form, dict) else {}
        body = urlencode(form).encode() if isinstance(form, dict) else form
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": RequestValidator(token).compute_signature(address, fields),
        }
        return self.served.post("twilio", body, headers)

    def send(self, text: str, **content: str) -> None:
        answer = self.post(self.form(text, **content))
        assert answer.status_code == 200, answer.text
        assert answer.text.endswith("<Response/>")

    def shown(self) -> list[dict[str, Any]]:
        return [given for given in self.api.accepted() if given["To"] == self.number]

    def wait(self, count: int = 1) -> list[dict[str, Any]]:
        self.api.wait_until(lambda: len(self.shown()) >= count)
        return self.shown()

    def says(self, text: str, **content: str) -> str:
        """Send, and return the next message that comes."""
        before = len(self.shown())
        self.send(text, **content)
        return str(self.wait(before + 1)[before]["Body"])


@pytest.fixture(scope="package")
def _api() -> Iterator[MessagesApi]:
    with MessagesApi().running() as api:
        yield api


@pytest.fixture(scope="package")
def _served(_api: MessagesApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    from assistant_am.channels.twilio.channel import TwilioInput

    settings = TwilioSettings(ACCOUNT, TOKEN, _api.url)
    channel = TwilioInput(settings, PUBLIC, web_settings(tmp_path_factory.mktemp("twilio")))
    with serving([channel]) as served:
        yield served


@pytest.fixture
def served(_served: Served) -> Served:
    _served.agent.forget()
    return _served


@pytest.fixture
def api(_api: MessagesApi) -> Iterator[MessagesApi]:
    _api.forget()
    _api.bad_pictures = False
    yield _api
    assert _api.faults == []


@pytest.fixture
def sms(served: Served, api: MessagesApi) -> Phone:
    return Phone(served, api)


@pytest.fixture
def whatsapp(served: Served, api: MessagesApi) -> Phone:
    return Phone(served, api, "whatsapp:")
