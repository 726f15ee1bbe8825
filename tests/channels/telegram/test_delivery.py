"""Calls that are forged, broken or repeated; a service that is slow, angry or away."""

from __future__ import annotations

import logging
import threading

import pytest

from assistant_am.channels.shared import background, desk, outbox
from assistant_am.channels.shared.settings import TelegramSettings
from tests.channels.shared.fake import Answer
from tests.channels.shared.serving import serving, web_settings
from tests.channels.telegram.bot_api import TOKEN, BotApi
from tests.channels.telegram.conftest import HOOK_SECRET, PUBLIC, Person


@pytest.fixture
def quick(monkeypatch):
    """Pauses of milliseconds."""
    monkeypatch.setattr(outbox, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(background, "FIRST_PAUSE", 0.01)


@pytest.mark.parametrize("secret", [None, "", "t" * 31, "é" * 32])
def test_a_forged_call_gets_403_and_costs_nothing(person, secret):
    if secret == "é" * 32:
        secret = secret.encode().decode("latin-1")
    answer = person.post(person.update(text="bonjour"), secret)
    assert answer.status_code == 403
    assert person.says("vrai")["text"] == "Entendu : vrai"
    assert person.served.agent.heard == ["vrai"]
    assert len(person.api.calls) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 5000,
        b'{"message": {}}',
        b'{"update_id": "x", "message": {}}',
        b'{"update_id": 1, "message": {"from": {"id": 1}}}',
        b'{"update_id": 1, "message": [1]}',
        b'{"update_id": 1, "callback_query": {"message": {"chat": 3}, "data": "x"}}',
    ],
)
def test_a_malformed_body_is_told_so(person, body):
    answer = person.post(body)
    assert answer.status_code == 400
    assert "Telegram" in answer.json()["erreur"]["message"]
    assert person.says("encore là ?")["text"]


@pytest.mark.parametrize(
    "content",
    [
        {"message": {"chat": {"id": 1, "type": "channel"}, "sender_chat": {}, "text": "annonce"}},
        {"my_chat_member": {}},
        {"channel_post": {}},
    ],
)
def test_what_is_not_for_us_is_taken_and_forgotten(person, content):
    assert person.post({"update_id": 1, **content}).status_code == 200
    person.says("encore là ?")
    assert len(person.api.calls) == 1


def test_an_update_delivered_twice_is_answered_once(person):
    update = person.update(text="bonjour")
    for _ in range(3):
        assert person.post(update).status_code == 200
    person.wait()
    person.says("fin")
    assert person.served.agent.heard == ["bonjour", "fin"]
    assert len(person.shown()) == 2


def test_too_many_calls_waits_as_long_as_told(person):
    body = {"ok": False, "error_code": 429, "parameters": {"retry_after": 1}}
    person.api.next.append(Answer(429, body))
    shown = person.says("bonjour")
    assert shown["text"] == "Entendu : bonjour"
    refused, taken = person.api.calls
    assert 0.9 < taken.at - refused.at < 3


def test_order_is_kept_while_the_service_fails(person, quick):
    person.api.next += [Answer(502), Answer(503, {}), Answer(500)]
    for number in range(5):
        person.send(f"message {number}")
    texts = [given["text"] for given in person.wait(5)]
    assert texts == [f"Entendu : message {number}" for number in range(5)]
    assert len(person.api.calls) == 8


def test_a_connection_that_breaks_is_no_reason_to_say_it_twice(person, quick):
    person.api.next.append(Answer())
    person.send("perdu, peut-être")
    assert person.says("suite")["text"] == "Entendu : suite"
    assert [call.status for call in person.api.calls] == [0, 200]


def test_who_blocked_the_bot_is_left_alone(person):
    person.api.next.append(Answer(403, {"ok": False, "error_code": 403}))
    person.served.agent.script["deux"] = {
        "blocs": [{"type": "paragraphe", "texte": "Une phrase assez longue. " * 300}]
    }
    person.send("deux")
    assert person.says("suite")["text"] == "Entendu : suite"
    assert len(person.api.calls) == 2


def test_one_conversation_that_waits_holds_up_no_other(person, monkeypatch):
    monkeypatch.setattr(outbox, "FIRST_PAUSE", 3600)
    monkeypatch.setattr(outbox, "PATIENCE", 7200)
    person.api.next.append(Answer(500))
    person.send("attendra")
    person.api.wait_until(lambda: len(person.api.calls) == 1)
    other = Person(person.served, person.api)
    assert other.says("bonjour")["text"] == "Entendu : bonjour"
    assert "15" in person.says("mon père ne respire plus")["text"]


def test_too_fast_is_said_once(api, tmp_path):
    from assistant_am.channels.telegram.channel import TelegramInput

    settings = TelegramSettings(TOKEN, HOOK_SECRET, api.url)
    channel = TelegramInput(settings, PUBLIC, web_settings(tmp_path, "2/hour"))
    with serving([channel]) as served:
        person = Person(served, api)
        for number in range(6):
            person.send(f"message {number}")
        texts = [given["text"] for given in person.wait(3)]
        assert texts[:2] == ["Entendu : message 0", "Entendu : message 1"]
        assert "un peu vite" in texts[2]
        assert "15" in person.says("mon père ne respire plus")["text"]
        assert len(person.shown()) == 4


def test_too_much_to_do_is_brought_again_and_an_emergency_answered(person, monkeypatch):
    monkeypatch.setattr(desk, "MOST_RUNNING", 1)
    person.served.close_gate()
    person.send("attends")
    other = Person(person.served, person.api)
    update = other.update(text="bonjour")
    refused = other.post(update)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert other.post(other.update(text="mon père ne respire plus")).status_code == 503
    assert "15" in other.wait()[0]["text"]
    person.served.open_gate()
    person.wait()
    monkeypatch.undo()
    assert other.post(update).status_code == 200
    assert other.wait(2)[1]["text"] == "Entendu : bonjour"


def test_telegram_away_at_start_stops_nothing(quick, tmp_path):
    from assistant_am.channels.telegram.channel import TelegramInput

    api = BotApi()
    channel = TelegramInput(TelegramSettings(TOKEN, None, api.url), PUBLIC, web_settings(tmp_path))
    with serving([channel]) as served:
        assert served.http.get(served.url, timeout=10).status_code == 200
        with api.running():
            (declared,) = api.wait(1, "setWebhook")
            api.wait(1, "setMyCommands")
            assert declared["url"] == "https://bot.example/webhooks/telegram/webhook"
            person = Person(served, api)
            update = person.update(text="bonjour")
            assert person.post(update).status_code == 403
            assert person.post(update, declared["secret_token"]).status_code == 200
            assert person.wait()[0]["text"] == "Entendu : bonjour"


class Heard(logging.Handler):
    """A log that can be waited for: it is written in another thread."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.anything = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.text += self.format(record)
        self.anything.set()


def test_a_wrong_token_is_told_in_the_log_and_never_shown(api, tmp_path):
    from assistant_am.channels.telegram.channel import TelegramInput

    settings = TelegramSettings("987654321:" + "B" * 35, HOOK_SECRET, api.url)
    heard = Heard()
    background.logger.addHandler(heard)
    try:
        with serving([TelegramInput(settings, PUBLIC, web_settings(tmp_path))]):
            assert heard.anything.wait(20)
    finally:
        background.logger.removeHandler(heard)
    assert "AM_TELEGRAM_JETON" in heard.text
    assert "BBB" not in heard.text + repr(settings)
