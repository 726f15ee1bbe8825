"""One cluster for all tests of faults: it takes a minute to start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.supervise import Bot
from assistant_am.operations.training import train_if_needed
from assistant_am.runtime.store_settings import StoreSettings
from tests.faults.cluster import Cluster
from tests.stores.servers import Postgres, RedisServer

DEADLINE = 2
"""Seconds after which the channel says « pas encore »."""


@pytest.fixture(scope="session")
def _cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    project = Project.here()
    train_if_needed(project, repair=True)
    folder = tmp_path_factory.mktemp("pannes")
    with ExitStack() as stack:
        postgres = stack.enter_context(Postgres())
        redis = stack.enter_context(RedisServer(folder))
        # The other tests of this session must not meet these settings.
        with pytest.MonkeyPatch.context() as environment:
            for name, value in {
                "AM_DONNEES": str(folder / "donnees"),
                "AM_BASE": postgres.address,
                "AM_REDIS": redis.address,
                "AM_PROCESSUS": "2",
                "AM_PORT": str(two_free_ports()),
                "AM_ACTIONS_PORT": str(free_port()),
                "AM_DELAI_REPONSE": str(DEADLINE),
                "AM_LIMITE_CONVERSATION": "60/minute",
                "AM_LIMITE_ADRESSE": "100000/minute",
            }.items():
                environment.setenv(name, value)
            bot = stack.enter_context(Bot(project, Settings.from_environment()))
            bot.start()
            cluster = Cluster(bot, postgres, redis, StoreSettings.from_environment())
        yield cluster


@pytest.fixture
def cluster(_cluster: Cluster) -> Cluster:
    _cluster.heal()
    return _cluster


def two_free_ports() -> int:
    """The first of two free ports in a row."""
    import socket

    for _ in range(50):
        first = free_port()
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", first + 1))
            except OSError:
                continue
            return first
    raise AssertionError("pas de ports")
