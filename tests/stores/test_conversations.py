"""The tracker store on real databases: whole turns or nothing, and no turn on an empty past."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import BotUttered, UserUttered

from assistant_am.stores import conversations, once
from assistant_am.stores.database import EVENTS, open_engine, writing
from assistant_am.stores.errors import ConversationChanged, StoreError
from tests.stores.talking import DOMAIN, begin_session, open_store, say, texts, turn


def run(scenario):
    return asyncio.run(scenario)


@pytest.fixture
def store(settings):
    return open_store(settings)


@pytest.fixture
def sender(request):
    """PostgreSQL is shared by the tests of a run."""
    return f"conversation-{request.node.name}-{time.monotonic_ns()}"


def test_what_was_said_is_there_after_a_restart(store, settings, sender):
    async def scenario():
        await say(store, sender, "bonjour", 0.5)
        await say(store, sender, "et après ?", 1.0)
        again = await open_store(settings).retrieve(sender)
        assert texts(again) == ["bonjour", "et après ?"]
        assert again.get_slot("quotite") == 1.0
        assert sender in await store.keys()

    run(scenario())


def test_an_unknown_conversation_is_none(store, sender):
    assert run(store.retrieve(sender)) is None


def test_only_the_last_session_is_loaded(store, sender):
    async def scenario():
        tracker = await say(store, sender, "hier")
        begin_session(tracker)
        await store.save(tracker)
        await say(store, sender, "aujourd'hui")
        assert texts(await store.retrieve(sender)) == ["aujourd'hui"]
        assert texts(await store.retrieve_full_tracker(sender)) == ["hier", "aujourd'hui"]

    run(scenario())


def test_a_clock_put_back_hides_nothing(store, sender, monkeypatch):
    """Rasa's own store would load the session that began « later »."""

    async def scenario():
        tracker = await say(store, sender, "avant")
        monkeypatch.setattr(time, "time", lambda: 1000.0)
        begin_session(tracker)
        await store.save(tracker)
        await say(store, sender, "un")
        await say(store, sender, "deux")
        assert texts(await store.retrieve(sender)) == ["un", "deux"]

    run(scenario())


def test_two_turns_never_interleave(store, sender):
    """Whatever happens to the lock: the turn that comes second is refused as a whole."""

    async def scenario():
        await say(store, sender, "début")
        first, second = await store.retrieve(sender), await store.retrieve(sender)
        for tracker, text in ((first, "un"), (second, "deux")):
            for event in turn(text):
                tracker.update(event, DOMAIN)
        await store.save(first)
        with pytest.raises(ConversationChanged):
            await store.save(second)
        assert texts(await store.retrieve(sender)) == ["début", "un"]

    run(scenario())


def test_a_turn_saved_twice_is_stored_once(store, sender):
    """The first commit was done, but its answer got lost on the way: the store tries again."""

    async def scenario():
        tracker = await say(store, sender, "début")
        known, last = tracker.am_events, tracker.am_last_row
        for event in turn("un"):
            tracker.update(event, DOMAIN)
        await store.save(tracker)
        tracker.am_events, tracker.am_last_row = known, last
        await store.save(tracker)
        assert texts(await store.retrieve(sender)) == ["début", "un"]

    run(scenario())


def test_turns_written_at_once_lose_nothing(store, sender):
    async def scenario():
        await asyncio.gather(*(say(store, f"{sender}-{n}", f"n° {n}") for n in range(30)))
        for n in range(30):
            assert texts(await store.retrieve(f"{sender}-{n}")) == [f"n° {n}"]

    run(scenario())


def test_erasing_leaves_the_others(store, sender):
    async def scenario():
        await say(store, sender, "à effacer")
        await say(store, f"{sender}-autre", "à garder")
        await store.erase(sender)
        assert await store.retrieve(sender) is None
        assert texts(await store.retrieve(f"{sender}-autre")) == ["à garder"]

    run(scenario())


def test_probing_leaves_nothing(store, sender):
    async def scenario():
        await store.probe(sender)
        assert sender not in await store.keys()

    run(scenario())


def test_a_message_that_comes_again_gets_its_answer_again(store, sender):
    """From the conversation itself: no memory of this process is asked."""

    async def scenario():
        await say(store, sender, "un")
        await say(store, sender, "deux")
        token = once._current.set("id-un")
        try:
            with pytest.raises(once.AlreadyAnswered) as known:
                await store.retrieve(sender)
        finally:
            once._current.reset(token)
        (message,) = known.value.messages
        assert message["text"] == "Réponse à un"
        assert message["blocs"] == [{"type": "paragraphe", "texte": "Réponse à un"}]

    run(scenario())


def test_a_message_whose_action_failed_is_tried_again(store, sender):
    """The sentence of the incident is no answer: it is not stored, and not given again."""

    async def scenario():
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        begin_session(tracker)
        failed = [
            UserUttered("un", {"name": "montant"}, [], message_id="id-un"),
            BotUttered("Désolé, un incident technique", metadata={"bande": "incident"}),
        ]
        for event in failed:
            tracker.update(event, DOMAIN)
        await store.save(tracker)
        token = once._current.set("id-un")
        try:
            kept = await store.retrieve(sender)
        finally:
            once._current.reset(token)
        assert texts(kept) == ["un"]
        assert not any(isinstance(event, BotUttered) for event in kept.events)

    run(scenario())


def test_an_error_never_shows_what_was_written(store, sender):
    async def scenario():
        await say(store, sender, "bonjour")
        with store.engine.begin() as connection:
            connection.execute(sa.text(f"ALTER TABLE {EVENTS.name} RENAME TO ailleurs"))
        try:
            with pytest.raises(StoreError) as failed:
                await store.probe("confidentiel")
        finally:
            with store.engine.begin() as connection:
                connection.execute(sa.text(f"ALTER TABLE ailleurs RENAME TO {EVENTS.name}"))
        assert "confidentiel" not in str(failed.value)
        assert failed.value.__suppress_context__

    run(scenario())


def test_another_writer_is_waited_for(sqlite):
    store = open_store(sqlite)

    async def scenario():
        await say(store, "a", "un")
        with writing(open_engine(sqlite)).begin() as other:
            other.execute(EVENTS.delete().where(EVENTS.c.sender_id == "x"))
            saving = asyncio.create_task(say(store, "a", "deux"))
            # Loading does not wait for a writer.
            assert texts(await store.retrieve("a")) == ["un"]
            assert not saving.done()
        await saving
        assert texts(await store.retrieve("a")) == ["un", "deux"]

    run(scenario())


def test_a_locked_database_is_an_error_not_an_empty_past(sqlite, monkeypatch):
    monkeypatch.setattr("assistant_am.stores.database.BUSY_SECONDS", 0.1)
    store = open_store(sqlite)

    async def scenario():
        await say(store, "a", "un")
        with writing(open_engine(sqlite)).begin(), pytest.raises(StoreError):
            await say(store, "a", "deux")
        await say(store, "a", "trois")
        assert texts(await store.retrieve("a")) == ["un", "trois"]

    run(scenario())


FILL = """
import asyncio, resource, signal, sys
from pathlib import Path
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.errors import StoreError
from tests.stores.talking import open_store, say, texts

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
store = open_store(StoreSettings(data=Path(sys.argv[1])))

async def scenario():
    stored = 0
    try:
        for _ in range(1000):
            await say(store, "a", f"message {stored}")
            stored += 1
    except StoreError as error:
        print(error)
    for _ in range(2):
        try:
            await say(store, "a", "encore")
        except StoreError:
            print("refusé")
    assert texts(await store.retrieve("a")) == [f"message {n}" for n in range(stored)], stored
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await say(store, "a", "la place est revenue")
    assert len(texts(await store.retrieve("a"))) == stored + 1

asyncio.run(scenario())
print("intact")
"""


def test_a_full_disk_is_an_error_and_damages_nothing(sqlite):
    """No file may grow beyond 200 kB: writing fails as on a full disk, for root as well."""
    command = [sys.executable, "-c", FILL, str(sqlite.data)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    lines = ended.stdout.splitlines()
    assert lines[1:] == ["refusé", "refusé", "intact"], ended.stdout + ended.stderr
    assert "base des conversations" in lines[0]


def test_a_restart_of_postgresql_in_mid_turn_loses_nothing(postgres, tmp_path):
    from assistant_am.runtime.store_settings import StoreSettings

    settings = StoreSettings.from_environment({"AM_BASE": postgres.address})
    store, sender = open_store(settings), f"redémarrage-{time.monotonic_ns()}"

    async def scenario():
        await say(store, sender, "un", 0.5)
        tracker = await store.retrieve(sender)
        for event in turn("deux", 1.0):
            tracker.update(event, DOMAIN)
        postgres.stop()
        starting = threading.Timer(0.5, postgres.start)
        starting.start()
        await store.save(tracker)
        starting.join()
        again = await store.retrieve(sender)
        assert texts(again) == ["un", "deux"]
        assert again.get_slot("quotite") == 1.0

    run(scenario())


def test_a_postgresql_that_stays_away_is_told_soon(postgres, monkeypatch):
    from assistant_am.runtime.store_settings import StoreSettings

    monkeypatch.setattr(conversations, "RETRY_SECONDS", 0.5)
    settings = StoreSettings.from_environment({"AM_BASE": postgres.address})
    store, sender = open_store(settings), f"absent-{time.monotonic_ns()}"

    async def scenario():
        await say(store, sender, "un")
        postgres.kill()
        with pytest.raises(StoreError):
            await store.retrieve(sender)
        # The next ones do not wait again.
        began = time.monotonic()
        for _ in range(5):
            with pytest.raises(StoreError):
                await store.retrieve(sender)
        assert time.monotonic() - began < 2
        postgres.start()
        assert texts(await store.retrieve(sender)) == ["un"]

    run(scenario())


def test_a_start_without_postgresql_recovers_by_itself(postgres, monkeypatch):
    from assistant_am.runtime.store_settings import StoreSettings

    monkeypatch.setattr(conversations, "RETRY_SECONDS", 0.2)
    settings = StoreSettings.from_environment({"AM_BASE": postgres.address})
    postgres.stop()
    store = open_store(settings)

    async def scenario():
        with pytest.raises(StoreError):
            await store.retrieve("a")
        postgres.start()
        await store.probe("a")

    run(scenario())
