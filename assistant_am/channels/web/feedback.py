"""Opinions on answers, kept beside the conversations, without a word of them."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta, timezone
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
_DELETE_OLD = "delete from avis where jour < ?"
_ALL = "select reference, conversation, avis, raison, jour from avis order by jour, reference"


@dataclass(frozen=True)
class Opinion:
    """What a person thought of one answer; `day` is that of the opinion (ISO 8601)."""

    reference: str
    conversation: str
    opinion: str
    reason: str
    day: str


class Feedback:
    """One row an answer, replaced when the person changes their mind, dropped when too old.

    Every method raises sqlite3.Error or OSError when the file cannot be read or written.
    """

    def __init__(self, folder: Path, retention_days: int) -> None:
        self._file = folder / FILE
        self._retention = timedelta(days=retention_days)

    async def save(self, conversation: str, reference: str, opinion: str, reason: str) -> None:
        today = datetime.now(timezone.utc).date()
        new = Opinion(reference, conversation, opinion, reason, today.isoformat())
        await asyncio.to_thread(self._save, new, today)

    async def erase(self, conversation: str) -> None:
        """Forget what this conversation said of its answers."""
        await asyncio.to_thread(self.delete, [conversation])

    def delete(self, conversations: Iterable[str]) -> int:
        """Forget these conversations' opinions; returns how many there were."""
        rows = [(conversation,) for conversation in conversations]
        return self._change("delete from avis where conversation = ?", rows)

    def delete_old(self, today: date) -> int:
        """Forget the opinions that have been kept long enough; returns how many."""
        return self._change(_DELETE_OLD, [(self._oldest(today),)])

    def is_old(self, opinion: Opinion, today: date) -> bool:
        """Whether `delete_old` would forget it."""
        return opinion.day < self._oldest(today)

    def all(self) -> list[Opinion]:
        """Every opinion kept, in order of their days."""
        if not self._file.exists():
            return []
        with self._database() as database:
            return [Opinion(*row) for row in database.execute(_ALL)]

    def _save(self, new: Opinion, today: date) -> None:
        with self._database() as database:
            database.execute(_SAVE, astuple(new))
            database.execute(_DELETE_OLD, (self._oldest(today),))

    def _change(self, statement: str, rows: list[tuple[str]]) -> int:
        if not self._file.exists():
            return 0
        with self._database() as database:
            return database.executemany(statement, rows).rowcount if rows else 0

    def _oldest(self, today: date) -> str:
        return (today - self._retention).isoformat()

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
