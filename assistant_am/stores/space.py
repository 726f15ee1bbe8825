"""The room on the disk of what was deleted: overwritten, then given back.

SQLite would keep it in its file for ever. PostgreSQL needs none of this: its autovacuum keeps the
room for the conversations that come.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import Any

from sqlalchemy.engine import Engine

_PAGES = 1000
"""Given back at once, 4 MB: a turn waits for no more than that."""
_QUICK_BYTES = 100_000_000
"""Rebuilt in about a second, where a turn waits for five at most."""
_INCREMENTAL = 2


def give_back(engine: Engine) -> None:
    """Overwrite what was deleted, in SQLite's write-ahead log as well, and shorten the file.

    Waits for readers. What another writer hinders is left to the next time.
    """
    if engine.dialect.name != "sqlite":
        return
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        with suppress(sqlite3.OperationalError):
            for _ in range(0, _value(cursor, "freelist_count"), _PAGES):
                cursor.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rebuild_old_file(engine: Engine) -> None:
    """Rebuild a file that was made before files could be shortened, unless turns would wait."""
    if engine.dialect.name != "sqlite":
        return
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        pages = _value(cursor, "page_count") - _value(cursor, "freelist_count")
        quick = pages * _value(cursor, "page_size") <= _QUICK_BYTES
        if _value(cursor, "auto_vacuum") == _INCREMENTAL or not quick:
            return
        # What is said in private never passes through a common folder.
        cursor.execute("PRAGMA temp_store=MEMORY")
        with suppress(sqlite3.OperationalError):
            cursor.execute("VACUUM")


def _value(cursor: Any, pragma: str) -> int:
    return int(cursor.execute(f"PRAGMA {pragma}").fetchone()[0])
