"""The memory of turns is bounded, and forgets."""

from __future__ import annotations

import asyncio

import pytest

from assistant_am.channels.web import turns
from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.turns import Turns
from assistant_am.stores.queues import ConversationQueue, LocalQueue
from tests.clock import Clock


def queue():
    return ConversationQueue(LocalQueue())


async def done():
    return {"fait": True}


async def ended(of: Turns, *keys):
    for key in keys:
        of.start(*key, done)
        assert await of.answer(*key) == {"fait": True}


def test_an_answer_is_kept_for_a_while():
    async def scenario():
        clock = Clock()
        kept = Turns(5, queue(), clock)
        await ended(kept, ("a", "1"))
        clock.now = turns.KEPT_SECONDS - 1
        await ended(kept, ("a", "2"))
        assert kept.knows("a", "1")
        clock.now = turns.KEPT_SECONDS + 1
        await ended(kept, ("a", "3"))
        assert not kept.knows("a", "1")
        assert kept.knows("a", "2")

    asyncio.run(scenario())


def test_not_more_than_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(turns, "MOST_KEPT", 3)

    async def scenario():
        kept = Turns(5, queue())
        await ended(kept, *(("a", str(number)) for number in range(6)))
        assert [kept.knows("a", str(number)) for number in range(6)] == [False] * 3 + [True] * 3

    asyncio.run(scenario())


def test_not_more_than_so_many_run(monkeypatch):
    monkeypatch.setattr(turns, "MOST_RUNNING", 2)

    async def scenario():
        gate = asyncio.Event()

        async def slow():
            await gate.wait()
            return {}

        running = Turns(5, queue())
        running.start("a", "1", slow)
        running.start("b", "1", slow)
        with pytest.raises(WebError, match="incident"):
            running.start("c", "1", slow)
        # One that is known already costs nothing.
        running.start("a", "1", slow)
        gate.set()
        assert await running.answer("a", "1") == {}
        assert await running.answer("b", "1") == {}
        running.start("c", "1", slow)
        assert await running.answer("c", "1") == {}

    asyncio.run(scenario())


def test_a_turn_that_runs_is_never_dropped(monkeypatch):
    monkeypatch.setattr(turns, "MOST_KEPT", 1)

    async def scenario():
        gate = asyncio.Event()

        async def slow():
            await gate.wait()
            return {"tard": True}

        kept = Turns(5, queue())
        kept.start("a", "lent", slow)
        await ended(kept, ("b", "1"), ("b", "2"))
        assert kept.knows("a", "lent")
        gate.set()
        assert await kept.answer("a", "lent") == {"tard": True}

    asyncio.run(scenario())


def test_only_the_conversation_named_is_forgotten():
    async def scenario():
        kept = Turns(5, queue())
        await ended(kept, ("a", "1"), ("b", "1"))
        kept.forget("a")
        assert (kept.knows("a", "1"), kept.knows("b", "1")) == (False, True)

    asyncio.run(scenario())


def test_a_conversation_does_one_thing_at_a_time():
    async def scenario():
        gate, begun = asyncio.Event(), []

        def work(name):
            async def run():
                begun.append(name)
                await gate.wait()
                return {}

            return run

        all_turns = Turns(5, queue())
        for key in (("a", "1"), ("a", "2"), ("b", "1"), ("a", "3")):
            all_turns.start(*key, work(key))
        for _ in range(10):
            await asyncio.sleep(0)  # lets every task go as far as it can
        assert begun == [("a", "1"), ("b", "1")]
        gate.set()
        await all_turns.answer("a", "3")
        assert begun[2:] == [("a", "2"), ("a", "3")]

    asyncio.run(scenario())
