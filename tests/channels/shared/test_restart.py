"""Around a restart, each message is answered once, on SQLite and on PostgreSQL.

The server is stopped and started as Rasa does it; what it had taken is in the database alone.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from assistant_am.channels.shared import outbox
from assistant_am.channels.shared.settings import TelegramSettings
from assistant_am.operations.conversations import Conversations
from assistant_am.runtime.settings import WebSettings
from assistant_am.runtime.store_settings import DATABASE_FILE, StoreSettings
from assistant_am.stores import letters
from assistant_am.stores.database import KEPT_SECONDS, LATEST_SECONDS, LETTERS, open_engine
from tests.channels.shared import serving as serving_module
from tests.channels.shared.fake import Answer
from tests.channels.shared.serving import ALERT, ScriptedAgent, Served, serving, web_settings
from tests.channels.telegram.bot_api import TOKEN, BotApi
from tests.channels.telegram.conftest import HOOK_SECRET, PUBLIC, Person
from tests.stores.conftest import _postgres, postgres  # noqa: F401
from tests.stores.talking import open_store

SENTENCES = " ".join(f"Voici la phrase {number} sur 400." for number in range(400))
LONG = {"blocs": [{"type": "paragraphe", "texte": SENTENCES}]}
LONG_PARTS = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(request, tmp_path, monkeypatch) -> StoreSettings:
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres").address
        monkeypatch.setenv("AM_BASE", address)
    settings = dataclasses.replace(StoreSettings.from_environment(), data=tmp_path)
    with open_engine(settings).begin() as connection:
        LETTERS.drop(connection, checkfirst=True)
    # Each server of a test stands for another process.
    letters.process_letters.cache_clear()
    return settings


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi().running() as api:
        yield api


@contextmanager
def started(web: WebSettings, api: BotApi) -> Iterator[Served]:
    from assistant_am.channels.telegram.channel import TelegramInput

    letters.process_letters.cache_clear()
    channel = TelegramInput(TelegramSettings(TOKEN, HOOK_SECRET, api.url), PUBLIC, web)
    before = len(api.accepted("setMyCommands"))
    with serving([channel]) as served:
        api.wait(before + 1, "setMyCommands")
        yield served


@pytest.fixture
def web(stores, tmp_path) -> WebSettings:
    return web_settings(tmp_path)


def rows(stores: StoreSettings) -> list:
    with open_engine(stores).connect() as connection:
        return connection.execute(sa.select(LETTERS)).all()


def texts(person: Person) -> list[str]:
    return [given["text"] for given in person.shown()]


def wait_until_finished(stores: StoreSettings, person: Person) -> None:
    """The last thing that happens to a message is written: somebody else's is looked for."""
    deadline = time.monotonic() + 20
    while any(row.sealed for row in rows(stores)):
        assert time.monotonic() < deadline
        person.served.http.get(person.served.url, timeout=10)


def wait_until_noted(stores: StoreSettings, person: Person, gone: int) -> None:
    deadline = time.monotonic() + 20
    while rows(stores)[-1].gone != gone:
        assert time.monotonic() < deadline
        person.served.http.get(person.served.url, timeout=10)


def long_winded() -> ScriptedAgent:
    agent = ScriptedAgent()
    agent.script["long"] = LONG
    return agent


def test_delivered_again_after_a_restart_it_is_not_answered_again(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        update = person.update(text="bonjour")
        assert person.post(update).status_code == 200
        person.wait()
        wait_until_finished(stores, person)
    with started(web, api) as again:
        person.served = again
        assert person.post(update).status_code == 200
        person.says("fin")
        assert again.agent.heard == ["fin"]
        assert texts(person) == ["Entendu : bonjour", "Entendu : fin"]


def test_taken_before_a_stop_it_is_answered_after_it_and_once(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        served.close_gate()
        first, second = person.update(text="attends"), person.update(text="et après ?")
        assert [person.post(each).status_code for each in (first, second)] == [200, 200]
        # Nothing of it is answered.
        assert person.shown() == []
    with started(web, api) as again:
        person.served = again
        assert person.post(first).status_code == 200
        assert [given["text"] for given in person.wait(2)] == [
            "Entendu : attends",
            "Entendu : et après ?",
        ]
        person.says("fin")
        assert again.agent.heard == ["attends", "et après ?", "fin"]


def test_what_waits_to_be_sent_goes_on_where_it_stopped(stores, web, api, monkeypatch):
    monkeypatch.setattr(outbox, "FIRST_PAUSE", 3600)
    monkeypatch.setattr(outbox, "PATIENCE", 7200)
    monkeypatch.setattr(serving_module, "ScriptedAgent", long_winded)
    with started(web, api) as served:
        person = Person(served, api)
        before = len(api.calls)
        api.next += [Answer(200, {"ok": True, "result": {}}), Answer(503)]
        person.send("long")
        api.wait_until(lambda: len(api.calls) == before + 2)
        first = json.loads(api.calls[-2].given["raw"])["text"]
        refused = json.loads(api.calls[-1].given["raw"])["text"]
        wait_until_noted(stores, person, 1)
    with started(web, api) as again:
        person.served = again
        shown = [given["text"] for given in person.wait(LONG_PARTS - 1)]
        assert shown[0] == refused
        assert first not in shown
        person.says("fin")
        assert len(person.shown()) == LONG_PARTS


def test_an_emergency_that_was_answered_is_not_answered_again(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        person.send(ALERT)
        assert "15" in person.wait()[0]["text"]
        wait_until_finished(stores, person)
    with started(web, api) as again:
        person.served = again
        person.says("fin")
        assert len(person.shown()) == 2


def test_an_old_button_after_a_restart_stops_nothing(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        shown = person.says("/start")
        wait_until_finished(stores, person)
    title = shown["reply_markup"]["inline_keyboard"][0][0]["text"]
    with started(web, api) as again:
        person.served = again
        api.old_queries = True
        person.press(shown, title)
        api.wait_until(lambda: len(api.faults) == 1 and len(person.shown()) == 2)
        assert again.agent.heard == [title]
        assert person.says("suite")["text"] == "Entendu : suite"


def test_a_button_too_old_for_telegram_to_name_has_choices(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        query = {
            "id": "99",
            "from": {"id": person.id, "is_bot": False},
            # What Telegram calls an inaccessible message.
            "message": {"chat": person.chat, "message_id": 5, "date": 0},
            "data": "0123456789abcdef",
        }
        assert person.post({"update_id": 5, "callback_query": query}).status_code == 200
        (shown,) = person.wait()
        assert "trop ancien" in shown["text"]
        assert shown["reply_markup"]["inline_keyboard"]
        assert served.agent.heard == []


def test_nothing_that_waits_can_be_read_and_nothing_is_left(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        person.id = person.chat["id"] = 7_318_264_950
        served.close_gate()
        person.post(person.update(text="attends"))
        (row,) = rows(stores)
        assert row.sealed
        assert "7318264950" not in repr(row)
        assert "attends" not in repr(row)
        served.open_gate()
        person.wait()
        wait_until_finished(stores, person)
        (row,) = rows(stores)
        assert row.sealed is None


def test_another_process_leaves_them_alone(stores, web, api, monkeypatch):
    with started(web, api) as served:
        person = Person(served, api)
        served.close_gate()
        person.post(person.update(text="attends"))
    with monkeypatch.context() as other:
        other.setenv("AM_PORT", "5006")
        with started(web, api) as second:
            person.served = second
            person.says("fin")
            assert second.agent.heard == ["fin"]
    with started(web, api) as again:
        person.served = again
        assert [given["text"] for given in person.wait(2)] == [
            "Entendu : fin",
            "Entendu : attends",
        ]
        assert again.agent.heard == ["attends"]


def test_nobody_is_answered_hours_later(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        served.close_gate()
        person.post(person.update(text="attends"))
    with open_engine(stores).begin() as connection:
        connection.execute(LETTERS.update().values(taken=time.time() - LATEST_SECONDS - 1))
    with started(web, api) as again:
        person.served = again
        person.says("fin")
        assert again.agent.heard == ["fin"]
        wait_until_finished(stores, person)


def test_the_daily_purge_takes_what_is_old(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        served.close_gate()
        for text in ("attends", "un", "deux"):
            person.post(person.update(text=text))
    now = time.time()
    ages = [KEPT_SECONDS + 1, LATEST_SECONDS + 1, 1]
    with open_engine(stores).begin() as connection:
        for row, age in zip(rows(stores), ages, strict=True):
            mine = LETTERS.c.message == row.message
            connection.execute(LETTERS.update().where(mine).values(taken=now - age))
    Conversations.open(stores).delete_letters(now)
    assert sorted((row.sealed is not None) for row in rows(stores)) == [False, True]


def test_erasing_a_conversation_leaves_nothing_of_its_messages(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        served.close_gate()
        person.post(person.update(text="attends"))
        other = Person(served, api)
        other.post(other.update(text="attends"))
        first, second = rows(stores)
        asyncio.run(open_store(stores).erase(first.conversation))
        assert [row.message for row in rows(stores)] == [second.message]


def test_a_database_that_is_gone_stops_no_answer(api, tmp_path):
    with started(web_settings(tmp_path), api) as served:
        person = Person(served, api)
        person.says("bonjour")
        (tmp_path / DATABASE_FILE).unlink()
        update = person.update(text="encore")
        for _ in range(2):
            assert person.post(update).status_code == 200
        person.wait(2)
        assert person.says("fin")["text"] == "Entendu : fin"
        assert served.agent.heard == ["bonjour", "encore", "fin"]


def test_the_owner_of_a_message_is_this_machine_and_port(stores, web, api):
    with started(web, api) as served:
        person = Person(served, api)
        person.says("bonjour")
        (row,) = rows(stores)
    assert row.owner == f"telegram {socket.gethostname()}:5005"
