"""Does the event loop of a server still turn? A small page of it is asked again and again."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable

from assistant_am.operations.project import HOST

SECONDS_BETWEEN = 5
_SECONDS_TO_CONNECT = 0.5
_LONGEST_LOOK = 1
"""Seconds; beyond them, between two looks, it was not the server that stood still but we."""


class Pulse:
    """How long a server of this machine has been silent.

    Nothing here waits for an answer: a server that hangs must not delay the care of the others.
    """

    def __init__(self, port: int, path: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._place = (HOST, port)
        self._request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
        self._clock = clock
        self._connection: socket.socket | None = None
        self.begin()

    def begin(self) -> None:
        """Forget what was: the server has just been started."""
        self._hang_up()
        self._looked = self._due = self._clock()
        self.silence = 0.0
        self.first_answer: float | None = None

    def listen(self) -> None:
        """Call this often."""
        now = self._clock()
        self.silence += min(now - self._looked, _LONGEST_LOOK)
        self._looked = now
        if self._connection is not None:
            self._hear(now)
        elif now >= self._due:
            self._due = now + SECONDS_BETWEEN
            self._ask()

    def _ask(self) -> None:
        with contextlib.suppress(OSError):
            # At once on this machine: refused, or taken by the system even if the server hangs.
            self._connection = socket.create_connection(self._place, _SECONDS_TO_CONNECT)
            self._connection.sendall(self._request)
            self._connection.setblocking(False)

    def _hear(self, now: float) -> None:
        assert self._connection is not None
        try:
            said = self._connection.recv(64)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        self._hang_up()
        if said.startswith(b"HTTP/"):
            self.silence = 0.0
            self.first_answer = self.first_answer or now

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
