"""Whole copies of a database that is being written to: SQLite's backup API, pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from assistant_am.operations.errors import BackupError
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import EVENTS, LETTERS, address

_COUNT = "select count(distinct sender_id), count(*) from events"


def copy_sqlite(source: Path, target: Path) -> None:
    """The database as it is at one moment, whoever is writing; raises sqlite3.Error."""
    with closing(_open(source)) as live, closing(sqlite3.connect(target)) as copy:
        # In one step: a writer does not make it begin again, nor does it wait (WAL).
        live.backup(copy)
        copy.execute("pragma journal_mode=delete")  # one file
    target.chmod(0o600)


def drop_letters(copy: Path) -> None:
    """Leave out what waits for an answer: the secret that seals it is in the same backup.

    Those of PostgreSQL are not dumped.
    """
    with closing(_open(copy)) as database:
        database.execute("pragma secure_delete=on")
        database.execute(f"delete from {LETTERS.name}")
        database.commit()


def sqlite_counts(path: Path, query: str = _COUNT) -> tuple[int, ...]:
    """The row of `query`, from a sound database; raises sqlite3.Error, else BackupError."""
    with closing(_open(path)) as database:
        (state,) = database.execute("pragma integrity_check(1)").fetchone()
        if state != "ok":
            raise BackupError(f"La base {path.name} est abîmée ({state}).")
        return tuple(database.execute(query).fetchone())


def dump_postgresql(settings: StoreSettings, target: Path) -> tuple[int, int]:
    """Write the table into `target`; returns how many conversations and events it has there."""
    with closing(_engine(settings).connect()) as connection, connection.begin():
        # The dump and the count see the same moment.
        connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        snapshot = connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar()
        counted = connection.execute(sa.text(_COUNT)).one()
        _run(
            settings, "pg_dump", "--format=custom", f"--table={EVENTS.name}", "--no-owner",
            "--no-privileges", f"--snapshot={snapshot}", f"--file={target}",
        )  # fmt: skip
    target.chmod(0o600)
    return int(counted[0]), int(counted[1])


def postgresql_counts(settings: StoreSettings) -> tuple[int, int]:
    with closing(_engine(settings).connect()) as connection:
        counted = connection.execute(sa.text(_COUNT)).one()
    return int(counted[0]), int(counted[1])


def check_dump(settings: StoreSettings, dump: Path) -> None:
    """Raise BackupError unless pg_restore can read it."""
    _run(settings, "pg_restore", f"--file={os.devnull}", str(dump), connected=False)


def restore_postgresql(settings: StoreSettings, dump: Path) -> None:
    """Put the table of the dump in the place of the one that is there, or change nothing."""
    _run(
        settings, "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges",
        "--single-transaction", "--exit-on-error", str(dump),
    )  # fmt: skip


def others_connected(settings: StoreSettings) -> int:
    """How many connections to the database are those of a running assistant."""
    query = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'assistant-am' "
        "AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    with closing(_engine(settings).connect()) as connection:
        return int(connection.execute(query).scalar() or 0)


def _open(path: Path) -> sqlite3.Connection:
    """An existing file only."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)


def _engine(settings: StoreSettings) -> sa.engine.Engine:
    # Not the engine of a turn: that one gives up after five seconds.
    return sa.create_engine(
        address(settings), poolclass=sa.pool.NullPool, hide_parameters=True,
        connect_args={"application_name": "assistant-am sauvegarde"},
    )  # fmt: skip


def _run(settings: StoreSettings, program: str, *words: str, connected: bool = True) -> None:
    """Raise BackupError, without any password, when the program is missing or fails."""
    path = shutil.which(program)
    if path is None:
        raise BackupError(
            f"{program} est introuvable : installez le paquet postgresql-client, de la version de "
            "votre serveur PostgreSQL ou plus récente (Debian, Ubuntu : « apt install "
            "postgresql-client »)."
        )
    url: URL = address(settings)
    where = [f"--dbname={_without_password(url)}"] if connected else []
    # By the environment: everybody can read the command line of a process.
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    done = subprocess.run(
        [path, "--no-password", *where, *words] if connected else [path, *words],
        env={**os.environ, **secret, "LC_ALL": "C"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{program} a échoué : {said[0] if said else done.returncode}")


def _without_password(url: URL) -> str:
    """The address as libpq reads it. `URL.set(password=None)` would leave the password there, and
    what SQLAlchemy shows in its place would be taken for one."""
    libpq = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    )
    return str(libpq.render_as_string())
