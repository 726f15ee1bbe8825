"""The database of conversations: SQLite in a file, or PostgreSQL, with Rasa's own table."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.pool import QueuePool

from assistant_am.runtime.store_settings import DATABASE_FILE, StoreSettings

_METADATA = sa.MetaData()
EVENTS = sa.Table(
    "events",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
    # Rasa's own index has no order: the end of a conversation would be sorted for each turn.
    sa.Index("ix_events_sender_id_id", "sender_id", "id"),
)
"""Rasa's table, one row an event, whose `data` is its JSON; written here again because importing
Rasa takes seconds that the commands of administrators need not wait."""
LETTERS = sa.Table(
    "messagerie",
    _METADATA,
    sa.Column("message", sa.String(64), primary_key=True),
    sa.Column("conversation", sa.String(255), nullable=False, index=True),
    sa.Column("owner", sa.String(255), nullable=False),
    sa.Column("life", sa.String(32), nullable=False),
    sa.Column("taken", sa.Float, nullable=False),
    sa.Column("gone", sa.Integer, nullable=False),
    sa.Column("sealed", sa.Text),
)
"""What messaging services brought (letters.py)."""
KEPT_SECONDS = 24 * 3600
"""A message that is delivered again later than this is a new one."""
LATEST_SECONDS = 3600
"""An answer that would come later than this does not come at all."""
_INCREMENTAL = 2
CONNECT_SECONDS = 3
BUSY_SECONDS = 5
"""How long a statement may wait for another writer, or for a server that does not answer."""
_POOL = {"pool_size": 5, "max_overflow": 15, "pool_timeout": BUSY_SECONDS}
_CONNECTION_SECONDS = 1800


def address(settings: StoreSettings) -> URL:
    """The address of the database, with its password, which is where it can be hidden."""
    if settings.database:
        url = make_url(settings.database)
        given = url.query.get("password")
        return url.difference_update_query(["password"]).set(password=given) if given else url
    return URL.create("sqlite", database=str(settings.data / DATABASE_FILE))


def open_engine(settings: StoreSettings) -> Engine:
    """An engine whose errors never show the values of a statement; it connects at first use.

    Pooled connections are tried before each use: those of a PostgreSQL that was restarted are
    dead. Source of SQLite's two listeners: SQLAlchemy's page on pysqlite, « Serializable
    isolation / Savepoints / Transactional DDL ».
    """
    url = address(settings)
    common: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True, **_POOL}
    if settings.database:
        return sa.create_engine(
            url, pool_recycle=_CONNECTION_SECONDS, connect_args=_patience(), **common
        )
    settings.data.mkdir(parents=True, exist_ok=True)
    # SQLite would make it readable by everybody; its other files take after it.
    (settings.data / DATABASE_FILE).touch(mode=0o600)
    # A pool: closing the last connection to a WAL database writes the log back each time.
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = sa.create_engine(url, poolclass=QueuePool, connect_args=arguments, **common)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take SQLite's lock for writing at once."""
    return engine.execution_options(am_writes=True)


def make_tables(engine: Engine) -> None:
    """Create the tables and their indexes where they are missing; raises what SQLAlchemy does."""
    with writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            # Two processes that start together must not create the table twice.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('assistant_am'))"))
        for table in (EVENTS, LETTERS):
            table.create(connection, checkfirst=True)
            for index in table.indexes:
                # A table that Rasa made has not got ours.
                index.create(connection, checkfirst=True)


def lock_conversation(connection: Connection, conversation: str) -> None:
    """Keep its other writers out until the transaction ends; SQLite keeps all writers out."""
    if connection.dialect.name == "postgresql":
        lock = sa.func.pg_advisory_xact_lock(sa.func.hashtext(conversation))
        connection.execute(sa.select(lock))


def _patience() -> dict[str, Any]:
    """libpq's settings: a server that went away is noticed within seconds, not minutes."""
    milliseconds = BUSY_SECONDS * 1000
    return {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": milliseconds,
        "keepalives_idle": BUSY_SECONDS,
        "application_name": "assistant-am",
        "options": f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}",
    }


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # Else Python's driver begins transactions by itself, too late and without asking.
    connection.isolation_level = None
    cursor = connection.cursor()
    if cursor.execute("PRAGMA auto_vacuum").fetchone()[0] != _INCREMENTAL:
        # The file can be shortened; only heard before the first table. Set again, it would wait
        # for a writer.
        cursor.execute("PRAGMA auto_vacuum=INCREMENTAL")
    for setting in (
        "journal_mode=WAL",  # readers do not wait for the writer
        "synchronous=FULL",  # what was answered survives a power cut as well
        "secure_delete=ON",  # what is erased is overwritten
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("am_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
