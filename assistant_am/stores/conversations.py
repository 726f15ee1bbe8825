"""The tracker store: conversations in SQLite or PostgreSQL, whole or not at all.

What differs from Rasa's SQLTrackerStore, and why, is in docs/decisions/0007.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from assistant_am.runtime import rasa_patches
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import EVENTS, LETTERS, lock_conversation
from assistant_am.stores.errors import ConversationChanged, StoreError
from assistant_am.stores.once import is_incident, refuse_known
from assistant_am.stores.opened_database import OpenedDatabase
from assistant_am.stores.space import give_back

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

RETRY_SECONDS = 5.0
"""How long a turn waits for a database that is being restarted, before it becomes an incident."""
_PAUSE_SECONDS = 0.2
_THREADS = 16

rasa_patches.apply()


class ConversationStore(SQLTrackerStore):
    """`assistant_am.stores.conversations.ConversationStore` in endpoints.yml; no other setting.

    Where it writes comes from the environment (StoreSettings). Loading and saving raise
    StoreError when the database fails: the channel then tells an incident, and nothing of the
    turn is stored. Both run outside the event loop: a slow database delays nobody else.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        settings: StoreSettings | None = None,
        **_: Any,
    ) -> None:
        # Not SQLTrackerStore's: it would open an engine of its own, and wait for ever at start.
        TrackerStore.__init__(self, domain, event_broker)
        settings = settings or StoreSettings.from_environment()
        self._database = OpenedDatabase(settings)
        self.engine = self._database.engine
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="conversations")
        self._down_until = 0.0

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation since its last session began; raises AlreadyAnswered (stores/once)."""
        tracker = await super().retrieve(sender_id)
        if tracker is not None:
            refuse_known(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add what happened since the conversation was loaded, all of it or nothing.

        Raises ConversationChanged when somebody else wrote to it in between.
        """
        await self.stream_events(tracker)
        known = getattr(tracker, "am_events", 0)
        events = [each for each in islice(tracker.events, known, None) if not is_incident(each)]
        if not events:
            return
        last: int = getattr(tracker, "am_last_row", 0)
        rows = [_row(tracker.sender_id, event) for event in events]
        written = await self._run(self._append, tracker.sender_id, last, rows)
        _remember(tracker, written)

    async def erase(self, sender_id: str) -> None:
        """Delete every row of the conversation, from every file; raises StoreError."""
        await self._run(self._erase, sender_id)
        await asyncio.to_thread(give_back, self.engine)

    async def keys(self) -> Iterable[str]:
        return await self._run(self._senders)

    async def probe(self, sender_id: str) -> None:
        """Write a row and delete it: raises StoreError when that is not possible."""
        row = {"sender_id": sender_id, "type_name": "sonde", "timestamp": 0.0, "data": "{}"}
        await self._run(self._write_probe, row)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        rows = await self._run(self._load, sender_id, fetch_events_from_all_sessions)
        if not rows:
            return None
        events = [json.loads(data) for _, data in rows]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        _remember(tracker, rows[-1][0])
        return tracker

    def _load(self, connection: Connection, sender: str, all_sessions: bool) -> list[Any]:
        mine = EVENTS.c.sender_id == sender
        query = sa.select(EVENTS.c.id, EVENTS.c.data).where(mine).order_by(EVENTS.c.id)
        if not all_sessions:
            # By row, where Rasa compares times: a clock that is put back would hide events.
            began = mine & (EVENTS.c.type_name == SessionStarted.type_name)
            first = sa.select(EVENTS.c.id).where(began).order_by(EVENTS.c.id.desc()).limit(1)
            query = query.where(EVENTS.c.id >= sa.func.coalesce(first.scalar_subquery(), 0))
        return connection.execute(query).all()

    def _append(
        self, connection: Connection, sender: str, last: int, rows: list[dict[str, Any]]
    ) -> int:
        """Insert the rows behind row `last`; returns the new last row."""
        lock_conversation(connection, sender)
        found = _last_row(connection, sender)
        if found != last:
            # An earlier try of ours may have been written although its answer was lost.
            if not _are_these(connection, sender, last, rows):
                raise ConversationChanged("La conversation a été écrite par un autre tour.")
            return found
        connection.execute(EVENTS.insert(), rows)
        return _last_row(connection, sender)

    def _erase(self, connection: Connection, sender: str) -> None:
        connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == sender))
        connection.execute(LETTERS.delete().where(LETTERS.c.conversation == sender))

    def _senders(self, connection: Connection) -> list[str]:
        return list(connection.execute(sa.select(EVENTS.c.sender_id).distinct()).scalars())

    def _write_probe(self, connection: Connection, row: dict[str, Any]) -> None:
        connection.execute(EVENTS.insert(), [row])
        connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == row["sender_id"]))

    async def _run(self, work: Callable[..., Result], *arguments: Any) -> Result:
        loop = asyncio.get_running_loop()
        context = copy_context()
        return await loop.run_in_executor(
            self._threads, lambda: context.run(self._patiently, work, *arguments)
        )

    def _patiently(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Run the work in one transaction, again when the connection broke."""
        reads = work in (self._load, self._senders)
        # One turn at a time finds out whether the database is back: the others are told at once.
        patience = RETRY_SECONDS if time.monotonic() > self._down_until else 0.0
        deadline = time.monotonic() + patience
        while True:
            try:
                self._database.require()
                with (self.engine if reads else self._database.writing).begin() as connection:
                    return work(connection, *arguments)
            except SQLAlchemyError as error:
                passing = _is_passing(error)
                if not passing or time.monotonic() > deadline:
                    self._down_until = time.monotonic() + RETRY_SECONDS if passing else 0.0
                    raise StoreError(
                        f"La base des conversations ne répond pas ({_cause(error)})."
                    ) from None
                time.sleep(_PAUSE_SECONDS)


def _remember(tracker: DialogueStateTracker, last_row: int) -> None:
    """Note on the tracker which of its events are stored, and up to which row."""
    tracker.am_events = len(tracker.events)
    tracker.am_last_row = last_row


def _row(sender: str, event: Any) -> dict[str, Any]:
    """The event as Rasa's own store writes it."""
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _last_row(connection: Connection, sender: str) -> int:
    query = sa.select(sa.func.max(EVENTS.c.id)).where(EVENTS.c.sender_id == sender)
    return connection.execute(query).scalar() or 0


def _are_these(connection: Connection, sender: str, last: int, rows: list[dict[str, Any]]) -> bool:
    query = (
        sa.select(EVENTS.c.data)
        .where(EVENTS.c.sender_id == sender, EVENTS.c.id > last)
        .order_by(EVENTS.c.id)
    )
    return connection.execute(query).scalars().all() == [row["data"] for row in rows]


def _is_passing(error: SQLAlchemyError) -> bool:
    """Whether the connection broke or could not be made: a restart lasts a second or two."""
    if not isinstance(error, DBAPIError) or "sqlite" in type(error.orig).__module__:
        return False
    code = getattr(error.orig, "pgcode", None)
    # Without a code, no server was reached; the others are those of a server that stops or starts.
    return error.connection_invalidated or code is None or code.startswith(("08", "57P"))


def _cause(error: SQLAlchemyError) -> str:
    """The kind of the error, for the log: its text may quote what a person wrote."""
    original = getattr(error, "orig", None)
    code = getattr(original, "pgcode", None)
    return " ".join(filter(None, [type(original or error).__name__, code]))
