"""Real databases, on unix sockets in a folder of the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant_am.runtime.store_settings import StoreSettings
from tests.stores.servers import Postgres, RedisServer


@pytest.fixture(scope="session")
def _postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture
def postgres(_postgres: Postgres) -> Postgres:
    """A running PostgreSQL, whatever the test before did to it; its tables are as they were."""
    _postgres.start()
    return _postgres


@pytest.fixture
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    # A socket's path has to be short.
    with RedisServer(tmp_path_factory.mktemp("r")) as server:
        yield server


@pytest.fixture
def sqlite(tmp_path: Path) -> StoreSettings:
    return StoreSettings(data=tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> StoreSettings:
    """Both databases, one after the other."""
    if request.param == "sqlite":
        return StoreSettings(data=tmp_path)
    address: str = request.getfixturevalue("postgres").address
    return StoreSettings.from_environment({"AM_BASE": address, "AM_DONNEES": str(tmp_path)})
