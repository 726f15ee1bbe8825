"""Telegram's fake and our channel, one server for all the tests of the folder."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from assistant_am.channels.shared.settings import TelegramSettings
from tests.channels.shared.serving import Served, serving, web_settings
from tests.channels.telegram.bot_api import TOKEN, BotApi

PUBLIC = "https://bot.example"
HOOK_SECRET = "t" * 32
_updates = itertools.count(1000)
_people = itertools.count(5000)


class Person:
    """Somebody who writes to the bot, in a chat of their own unless told otherwise."""

    def __init__(self, served: Served, api: BotApi) -> None:
        self.served = served
        self.api = api
        self.id = next(_people)
        self.chat: dict[str, Any] = {"id": self.id, "type": "private"}

    def post(self, update: dict[str, Any] | bytes, secret: str | None = HOOK_SECRET):
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        headers = {"Content-Type": "application/json"}
        if secret is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        return self.served.post("telegram", body, headers)

    def update(self, **content: Any) -> dict[str, Any]:
        return {"update_id": next(_updates), "message": self.message(**content)}

    def message(self, **content: Any) -> dict[str, Any]:
        sender = {"id": self.id, "is_bot": False, "first_name": "Zoé"}
        return {"message_id": 77, "from": sender, "chat": self.chat, "date": 1, **content}

    def send(self, text: str) -> requests.Response:
        answer = self.post(self.update(text=text))
        assert answer.status_code == 200, answer.text
        return answer

    def press(self, shown: dict[str, Any], title: str) -> None:
        """Press the button of this title under a message that the bot showed."""
        buttons = [button for row in shown["reply_markup"]["inline_keyboard"] for button in row]
        (button,) = [button for button in buttons if button["text"] == title]
        query = {
            "id": "99",
            "from": {"id": self.id, "is_bot": False},
            "message": self.message(text="…", reply_markup=shown["reply_markup"]),
            "data": button["callback_data"],
        }
        answer = self.post({"update_id": next(_updates), "callback_query": query})
        assert answer.status_code == 200

    def shown(self) -> list[dict[str, Any]]:
        """What the bot showed in this chat, so far."""
        sent = self.api.accepted("sendMessage", "sendPhoto")
        return [given for given in sent if given["chat_id"] == self.chat["id"]]

    def wait(self, count: int = 1) -> list[dict[str, Any]]:
        self.api.wait_until(lambda: len(self.shown()) >= count)
        return self.shown()

    def says(self, text: str) -> dict[str, Any]:
        """Send, and return the next message that the bot shows."""
        before = len(self.shown())
        self.send(text)
        return self.wait(before + 1)[before]


@pytest.fixture(scope="package")
def _api() -> Iterator[BotApi]:
    with BotApi().running() as api:
        yield api


@pytest.fixture(scope="package")
def _served(_api: BotApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    from assistant_am.channels.telegram.channel import TelegramInput

    settings = TelegramSettings(TOKEN, HOOK_SECRET, _api.url)
    channel = TelegramInput(settings, PUBLIC, web_settings(tmp_path_factory.mktemp("telegram")))
    with serving([channel]) as served:
        _api.wait(1, "setMyCommands")
        yield served


@pytest.fixture
def served(_served: Served) -> Served:
    _served.agent.forget()
    return _served


@pytest.fixture
def api(_api: BotApi) -> BotApi:
    _api.forget()
    _api.bad_pictures = False
    return _api


@pytest.fixture
def person(served: Served, api: BotApi) -> Iterator[Person]:
    """Somebody new; at the end, no call of ours was one that Telegram refuses."""
    yield Person(served, api)
    assert api.faults == []
