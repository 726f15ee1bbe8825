"""Starts processes in groups of their own, watches them, and ends all that it started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant_am.operations.errors import PortInUseError, ServiceError
from assistant_am.operations.project import HOST

SECONDS_TO_END = 10
PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FIRST_ORDINARY_PORT = 1024
# Loaded here: between fork and exec only the call itself may happen.
_LIBC = ctypes.CDLL(None)


@dataclass
class Service:
    """One process: what people call it, how it is started, where its log goes."""

    label: str
    command: list[str]
    log: Path
    cwd: Path
    environment: dict[str, str] = field(default_factory=dict, repr=False)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process in its own group, with a log that is empty and readable by us only.

        The log of the run before is kept beside it: it says why that one ended.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            self.log.replace(self.log.with_suffix(".precedent.log"))
        self.log.touch(mode=0o600)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # The supervisor has no threads, which is what would make this unsafe.
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            )

    @property
    def exit_code(self) -> int | None:
        """Return the exit code, or None while the process runs or before it was started."""
        return self.process.poll() if self.process else None

    def stop(self) -> None:
        """End the process and all that it started itself; harmless when it has ended already."""
        if self.process is None:
            return
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(SECONDS_TO_END)
        # The group can outlive its leader, so it is killed even when the leader ended well.
        self.kill()

    def kill(self) -> None:
        """The same at once, without asking it to end."""
        if self.process is not None:
            self._signal(signal.SIGKILL)
            self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    def log_tail(self, lines: int = 12) -> str:
        """Return the last lines of the log, for an error message."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


class Group:
    """Services that are started and stopped together, as a context manager."""

    def __init__(self, services: list[Service]) -> None:
        self.services = services

    def __enter__(self) -> Group:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        for service in self.services:
            service.start()

    def stop(self) -> None:
        """Ask all to end at once, then wait for each."""
        for service in self.services:
            if service.process is not None and service.exit_code is None:
                service._signal(signal.SIGTERM)
        for service in reversed(self.services):
            service.stop()

    def check(self) -> None:
        """Raise when one of the services has ended by itself."""
        for service in self.services:
            code = service.exit_code
            if code is not None:
                raise ServiceError(
                    f"{service.label} s'est arrêté de lui-même (code {code}). "
                    f"Son journal est dans {service.log} ; voici la fin :\n{service.log_tail()}"
                )


@contextlib.contextmanager
def stop_signals_interrupt() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into the KeyboardInterrupt that Ctrl-C gives."""

    def interrupt(number: int, frame: object) -> None:
        # A second signal during the clean-up must not leave processes behind.
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def require_free_port(port: int, variable: str) -> None:
    """Raise unless the port can be bound on loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections are merely closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise PortInUseError(
                f"Le port {port} est réservé au système : donnez à {variable} un numéro à partir "
                f"de {FIRST_ORDINARY_PORT}."
            ) from None
        except OSError:
            raise PortInUseError(
                f"Le port {port} est déjà utilisé par un autre programme (peut-être un assistant "
                f"déjà démarré) : arrêtez ce programme, ou choisissez un autre port, par exemple "
                f"« {variable}={free_port()} make run »."
            ) from None


def free_port() -> int:
    """Return a port that was free a moment ago, for tests."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _die_with_parent() -> None:
    """Ask Linux to end this child if the supervisor is killed without a chance to clean up."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
