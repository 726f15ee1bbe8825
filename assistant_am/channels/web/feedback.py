"""Opinions on answers, kept beside the conversations, without a word of them."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

FILE = "avis.db"
OPINIONS = ("utile", "inutile")
LONGEST_REASON = 300

_TABLE = """
create table if not exists avis (
    reference text primary key,
    conversation text not null,
    avis text not null,
    raison text not null,
    jour text not null
)"""
_SAVE = """
insert into avis values (?, ?, ?, ?, ?)
on conflict (reference) do update set avis = excluded.avis, raison = excluded.raison,
    jour = excluded.jour"""


class Feedback:
    """One row an answer, replaced when the person changes their mind, dropped when too old."""

    def __init__(self, folder: Path, retention_days: int) -> None:
        self._file = folder / FILE
        self._retention = timedelta(days=retention_days)

    async def save(self, conversation: str, reference: str, opinion: str, reason: str) -> None:
        """Raises sqlite3.Error or OSError when it cannot be written."""
        await asyncio.to_thread(self._save, conversation, reference, opinion, reason)

    async def erase(self, conversation: str) -> None:
        """Forget what this conversation said of its answers."""
        await asyncio.to_thread(self._erase, conversation)

    def _save(self, conversation: str, reference: str, opinion: str, reason: str) -> None:
        today = datetime.now(timezone.utc).date()
        with self._database() as database:
            database.execute(_SAVE, (reference, conversation, opinion, reason, today.isoformat()))
            oldest = (today - self._retention).isoformat()
            database.execute("delete from avis where jour < ?", (oldest,))

    def _erase(self, conversation: str) -> None:
        if self._file.exists():
            with self._database() as database:
                database.execute("delete from avis where conversation = ?", (conversation,))

    @contextlib.contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.touch(mode=0o600)
        database = sqlite3.connect(self._file, timeout=5)
        try:
            with database:
                database.execute("pragma secure_delete = on")
                database.execute(_TABLE)
                yield database
        finally:
            database.close()
