"""A conversation that goes on and on: what a turn writes stays small, and its room comes back."""

from __future__ import annotations

import asyncio
import datetime
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from rasa.core.actions.action import ActionSessionStart
from rasa.core.processor import MessageProcessor

from assistant_am.channels.web.feedback import Feedback
from assistant_am.operations.conversations import Conversations
from assistant_am.operations.retention import purge
from assistant_am.runtime.rasa_patches import LONGEST_SESSION, ORIGINALS
from assistant_am.runtime.store_settings import DATABASE_FILE
from assistant_am.stores.database import EVENTS
from tests.stores.talking import DOMAIN, open_store, texts, turn

TURNS = 210
MOST_ROWS = 10
"""Rows of a turn that opens a session: the five of any turn, the opening, one a slot."""


class Talk:
    """One conversation, its turns run as Rasa's processor does: load, open a session, save."""

    def __init__(self, settings, sender):
        self.store, self.sender = open_store(settings), sender
        self._processor = MessageProcessor.__new__(MessageProcessor)
        self._processor.domain, self._processor.nlg = DOMAIN, None
        self._processor.tracker_store = self.store
        self._processor.action_endpoint = None
        self._processor.model_metadata = SimpleNamespace(model_id="essai", assistant_id="essai")

    async def say(self, text, quotite):
        tracker = await self._processor.fetch_tracker_and_update_session(self.sender)
        for event in turn(text, quotite):
            tracker.update(event, DOMAIN)
        await self._processor.save_tracker(tracker)

    def rows(self):
        query = sa.select(sa.func.count()).where(EVENTS.c.sender_id == self.sender)
        with self.store.engine.begin() as connection:
            return connection.execute(query).scalar()


@pytest.fixture
def talk(settings, request):
    return Talk(settings, f"longue-{request.node.name}")


def test_a_turn_writes_as_little_at_the_end_as_at_the_beginning(talk):
    async def scenario():
        before = 0
        for number in range(TURNS):
            await talk.say(f"message {number}", float(number))
            after = talk.rows()
            assert after - before <= MOST_ROWS, f"tour {number} : {after - before} lignes"
            before = after
        loaded = await talk.store.retrieve(talk.sender)
        assert loaded.get_slot("quotite") == TURNS - 1
        assert len(loaded.events) <= LONGEST_SESSION + MOST_ROWS

    asyncio.run(scenario())


@pytest.fixture
def grown(talk, settings, monkeypatch):
    """A conversation written by a version that repeated every value, until it wrote all of them
    at each turn."""
    with monkeypatch.context() as before:
        repeating = staticmethod(ORIGINALS["_slot_set_events_from_tracker"])
        before.setattr(ActionSessionStart, "_slot_set_events_from_tracker", repeating)
        before.setattr("assistant_am.runtime.rasa_patches.LONGEST_SESSION", 40)

        async def scenario():
            for number in range(80):
                await talk.say(f"message {number}", float(number))

        asyncio.run(scenario())
    assert talk.rows() > 2000
    return talk


def test_a_conversation_that_has_grown_is_light_again_at_its_next_turn(grown):
    async def scenario():
        before = grown.rows()
        await grown.say("encore", 7.0)
        await grown.say("et encore", 8.0)
        assert grown.rows() - before <= 2 * MOST_ROWS
        loaded = await grown.store.retrieve(grown.sender)
        assert loaded.get_slot("quotite") == 8.0

    asyncio.run(scenario())


def test_the_purge_drops_what_was_repeated_and_nothing_else(grown, settings, tmp_path):
    def whole():
        return asyncio.run(grown.store.retrieve_full_tracker(grown.sender))

    def loaded():
        return asyncio.run(grown.store.retrieve(grown.sender))

    before, rows, slots = whole(), grown.rows(), loaded().current_slot_values()
    conversations, now = Conversations.open(settings), datetime.datetime.now(datetime.timezone.utc)
    feedback = Feedback(tmp_path, 30)
    announced = purge(conversations, feedback, 30, now, rehearsal=True).repetitions
    assert grown.rows() == rows
    assert purge(conversations, feedback, 30, now).repetitions == announced
    # PostgreSQL is shared by the tests of a run.
    assert announced >= rows - grown.rows() > 0
    assert grown.rows() < 80 * MOST_ROWS
    assert texts(whole()) == texts(before)
    assert loaded().current_slot_values() == slots
    assert purge(conversations, feedback, 30, now).repetitions == 0
    # The next turn goes on from there.
    asyncio.run(grown.say("encore", 7.0))


def test_the_room_of_an_erased_conversation_comes_back(sqlite):
    """From the running assistant, and from the commands."""
    here, there = Talk(sqlite, "grande"), Talk(sqlite, "autre")

    async def fill(talk):
        for number in range(40):
            await talk.say("mot " * 5000, float(number))

    asyncio.run(there.say("bonjour", 1.0))
    small = size(sqlite)
    asyncio.run(fill(here))
    assert size(sqlite) > small + 1_000_000
    asyncio.run(here.store.erase("grande"))
    assert size(sqlite) <= small + 100_000
    asyncio.run(fill(here))
    Conversations.open(sqlite).delete(["grande"])
    assert size(sqlite) <= small + 100_000
    assert texts(asyncio.run(there.store.retrieve("autre"))) == ["bonjour"]


def test_a_file_of_an_older_version_learns_to_give_room_back(sqlite):
    talk = Talk(sqlite, "grande")
    asyncio.run(talk.say("bonjour", 1.0))
    talk.store.engine.dispose()
    with closing(sqlite3.connect(sqlite.data / DATABASE_FILE)) as database:
        database.execute("pragma journal_mode=delete")
        database.execute("pragma auto_vacuum=none")
        database.execute("vacuum")
    for number in range(40):
        asyncio.run(talk.say("mot " * 5000, float(number)))
    asyncio.run(talk.store.erase("grande"))
    assert size(sqlite) > 1_000_000
    Conversations.open(sqlite).lighten()
    assert size(sqlite) < 100_000
    # The assistant that was running all the while goes on.
    asyncio.run(talk.say("encore là", 1.0))
    assert texts(asyncio.run(talk.store.retrieve("grande"))) == ["encore là"]


def size(settings):
    return sum(path.stat().st_size for path in settings.data.glob(f"{DATABASE_FILE}*"))
