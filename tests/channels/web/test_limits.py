"""Limits over several processes, and without the Redis that they share."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import pytest

from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.limits import LONGER, ORDINARY, Limiter, Reading
from assistant_am.runtime.settings import WebSettings
from tests.stores.servers import RedisServer

SETTINGS = WebSettings(conversation_limit="3/minute", address_limit="100/minute")
REQUEST = SimpleNamespace(ip="192.0.2.7", headers={})


@pytest.fixture
def redis_server(tmp_path_factory):
    with RedisServer(tmp_path_factory.mktemp("r")) as server:
        yield server


def limiter(address=None):
    return Limiter(SETTINGS, address, b"secret")


async def hits(limiters, count, **options):
    """How many of so many requests pass, over the limiters in turn."""
    passed = 0
    for number in range(count):
        try:
            await limiters[number % len(limiters)].count(REQUEST, "message", "a", **options)
            passed += 1
        except WebError as error:
            assert error.code == "trop_de_messages"
            assert 1 <= error.retry_after <= 60
    return passed


@pytest.mark.parametrize("shared", [False, True])
def test_a_limit_is_one_limit(redis_server, shared):
    address = redis_server.address if shared else None
    both = [limiter(address), limiter(address)]
    assert asyncio.run(hits(both, 10)) == (3 if shared else 6)


def test_a_message_that_comes_again_costs_nothing(redis_server):
    both = [limiter(redis_server.address), limiter(redis_server.address)]

    async def scenario():
        assert await hits(both, 10, once="même") == 10
        assert await hits(both, 10) == 2

    asyncio.run(scenario())


def test_one_that_was_refused_is_refused_again(redis_server):
    alone = [limiter(redis_server.address)]

    async def scenario():
        assert await hits(alone, 3) == 3
        assert await hits(alone, 5, once="refusé") == 0

    asyncio.run(scenario())


def test_without_redis_each_counts_alone_and_at_once(redis_server):
    """The first request after a failure may wait a second, not the ones after it."""
    both = [limiter(redis_server.address), limiter(redis_server.address)]

    async def scenario():
        await hits(both, 2)
        redis_server.stop()
        began = time.monotonic()
        assert await hits(both, 10) == 6
        assert time.monotonic() - began < 8

    asyncio.run(scenario())


def test_no_address_is_kept_in_redis(redis_server):
    import redis

    asyncio.run(limiter(redis_server.address).count(REQUEST, "message", "a"))
    client = redis.Redis.from_url(redis_server.address)
    names = client.keys("*")
    assert names
    assert not [name for name in names if b"192.0.2.7" in name]
    assert all(0 < client.ttl(name) <= 60 for name in names)


LONG, SHORT = "a," * 500, "combien dure la formation ?"


async def read(limiters, text, asker, count):
    """How many of so many messages of one asker are read, over the limiters in turn."""
    passed = 0
    for number in range(count):
        try:
            where = limiters[number % len(limiters)]
            await where.count(REQUEST, "message", read=Reading(text, asker))
            passed += 1
        except WebError as error:
            assert error.code == "trop_de_messages"
            assert 1 <= error.retry_after <= 60
    return passed


@pytest.mark.parametrize("shared", [False, True])
def test_what_is_long_to_read_has_a_budget_for_each_asker(redis_server, shared):
    """Over all processes; whoever asks in few words, and anybody else, is still read."""
    both = [limiter(redis_server.address)] * 2 if shared else [limiter()]

    async def scenario():
        allowed = 100 * LONGER // (len(LONG) - ORDINARY)
        assert await read(both, LONG, "un", 10) == allowed
        assert await read(both, SHORT, "un", 10) == 10
        assert await read(both, LONG, "deux", 1) == 1

    asyncio.run(scenario())
