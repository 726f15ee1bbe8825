"""One turn of a conversation at a time, in the order of arrival, over one process or several."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import pytest
import redis
from rasa.core.lock_store import LockError

from assistant_am.stores.locks import ConversationLockStore
from assistant_am.stores.queues import ConversationQueue, LocalQueue
from assistant_am.stores.redis_queue import RedisQueue


class Work:
    """Notes who works, and that nobody works beside them."""

    def __init__(self):
        self.done, self.working = [], 0

    async def do(self, queue, name, seconds=0.01, conversation="a"):
        async with queue.place(conversation):
            self.working += 1
            assert self.working == 1, "deux tours à la fois"
            await asyncio.sleep(seconds)
            self.working -= 1
            self.done.append(name)


async def until(condition, seconds=5):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


def test_one_process_keeps_the_order():
    async def scenario():
        queue, work = ConversationQueue(LocalQueue()), Work()
        await asyncio.gather(*(work.do(queue, n) for n in range(20)))
        assert work.done == list(range(20))

    asyncio.run(scenario())


def test_rasa_gets_the_place_that_the_channel_holds():
    async def scenario():
        queue = ConversationQueue(LocalQueue())
        locks = ConversationLockStore(queue=queue)

        async def turn():
            async with queue.place("a"), locks.lock("a"):
                return True

        assert await asyncio.wait_for(turn(), 2)

    asyncio.run(scenario())


def test_a_place_held_by_one_turn_is_not_another_turns():
    async def scenario():
        queue, work = ConversationQueue(LocalQueue()), Work()
        locks = ConversationLockStore(queue=queue)

        async def turn(name):
            async with queue.place("a"), locks.lock("a"):
                work.working += 1
                assert work.working == 1
                await asyncio.sleep(0.01)
                work.working -= 1
                work.done.append(name)

        await asyncio.gather(turn(1), turn(2), turn(3))
        assert work.done == [1, 2, 3]

    asyncio.run(scenario())


def test_50_messages_at_once_over_two_processes(redis_server):
    async def scenario():
        work = Work()
        first, second = RedisQueue(redis_server.address), RedisQueue(redis_server.address)
        await asyncio.gather(*(work.do((first, second)[n % 2], n) for n in range(50)))
        assert sorted(work.done) == list(range(50))
        # Each process kept the order of its own.
        for process in (0, 1):
            own = [n for n in work.done if n % 2 == process]
            assert own == sorted(own)

    asyncio.run(scenario())


def test_staggered_messages_over_two_processes_stay_in_order(redis_server):
    """Even two that came to one process, with one in between to the other."""

    async def scenario():
        work, tasks = Work(), []
        first, second = RedisQueue(redis_server.address), RedisQueue(redis_server.address)
        async with second.place("a"):
            for n, queue in enumerate([first, first, second, first, second, second, first] * 3):
                tasks.append(asyncio.create_task(work.do(queue, n)))
                await until(lambda n=n: ticketed(redis_server) == n + 2)
        await asyncio.gather(*tasks)
        assert work.done == list(range(21))

    asyncio.run(scenario())


def ticketed(server, conversation="a"):
    return redis.Redis.from_url(server.address).llen(f"am:file:{conversation}")


def test_conversations_do_not_wait_for_each_other(redis_server):
    async def scenario():
        queue = RedisQueue(redis_server.address)
        async with queue.place("a"), queue.place("b"):
            assert ticketed(redis_server, "a") == ticketed(redis_server, "b") == 1
        assert ticketed(redis_server, "a") == 0

    asyncio.run(scenario())


HOLD = """
import asyncio, sys
from assistant_am.stores import redis_queue

redis_queue._BEAT_SECONDS = 0.5

async def hold():
    async with redis_queue.RedisQueue(sys.argv[1], alive_seconds=2).place("a"):
        print("tenu", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


class Life:
    """Watches the only sign of life there is; `beats` counts how often it was given anew."""

    def __init__(self, server):
        self._redis = redis.Redis.from_url(server.address)
        (self._sign,) = self._redis.keys("am:processus:*")
        self._left, self.beats = self._redis.pttl(self._sign), 0

    def beat(self, times):
        left = self._redis.pttl(self._sign)
        self.beats += left > self._left
        self._left = left
        return self.beats >= times


def test_a_holder_that_is_killed_delays_by_seconds(redis_server):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, redis_server.address], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "tenu\n"

        async def scenario():
            work, life = Work(), Life(redis_server)
            waiting = asyncio.create_task(work.do(RedisQueue(redis_server.address), 1))
            # Alive, it is waited for, longer than its sign of life lasts.
            await until(lambda: life.beat(5), 20)
            assert not work.done
            holder.kill()
            killed = time.monotonic()
            await waiting
            assert time.monotonic() - killed < 20

        asyncio.run(scenario())
    finally:
        holder.kill()
        holder.wait()


def test_a_turn_given_up_leaves_its_place(redis_server):
    async def scenario():
        queue, work = RedisQueue(redis_server.address), Work()
        async with queue.place("a"):
            waiting = asyncio.create_task(work.do(queue, 1))
            await until(lambda: ticketed(redis_server) == 2)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            assert ticketed(redis_server) == 1
        await work.do(queue, 2)
        assert work.done == [2]

    asyncio.run(scenario())


def test_redis_away_is_a_lock_error_told_soon_and_then_all_goes_on(redis_server):
    async def scenario():
        queue, work = RedisQueue(redis_server.address), Work()
        await work.do(queue, 1)
        redis_server.stop()
        began = time.monotonic()
        with pytest.raises(LockError):
            await work.do(queue, 2)
        assert time.monotonic() - began < 20
        redis_server.start()
        await work.do(queue, 3)
        assert work.done == [1, 3]

    asyncio.run(scenario())


def test_redis_restarted_between_two_turns_is_not_noticed(redis_server):
    async def scenario():
        queue, work = RedisQueue(redis_server.address), Work()
        await work.do(queue, 1)
        redis_server.stop()
        redis_server.start()
        await work.do(queue, 2)
        assert work.done == [1, 2]

    asyncio.run(scenario())


def test_redis_restarted_in_mid_turn_forgets_but_nobody_waits_for_ever(redis_server):
    async def scenario():
        queue, work = RedisQueue(redis_server.address), Work()
        other = RedisQueue(redis_server.address)
        async with queue.place("a"):
            waiting = [asyncio.create_task(work.do(queue, n)) for n in (1, 2)]
            await until(lambda: ticketed(redis_server) == 3)
            redis_server.stop()
            redis_server.start()
        await asyncio.gather(*waiting)
        await work.do(other, 3)
        assert sorted(work.done) == [1, 2, 3]

    asyncio.run(scenario())


def test_a_ticket_that_could_not_be_taken_back_stops_nobody(redis_server, monkeypatch):
    async def scenario():
        queue, work = RedisQueue(redis_server.address), Work()

        async def nothing(*_):
            return None

        with monkeypatch.context() as patched:
            patched.setattr(queue, "_leave", nothing)
            await work.do(queue, 1)
        assert ticketed(redis_server) == 1
        await asyncio.wait_for(work.do(queue, 2), 2)
        assert work.done == [1, 2]

    asyncio.run(scenario())
