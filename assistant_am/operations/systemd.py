"""Tells systemd how « serve » is, as a unit of Type=notify wants it (sd_notify(3))."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable, Mapping

VARIABLES = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")
"""For the process that systemd started, not for its children."""
_MICROSECONDS = 1_000_000
_MESSAGES_PER_DELAY = 3


class Systemd:
    """Says nothing when « serve » was not started by systemd."""

    def __init__(
        self, address: str, watchdog_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        # systemd writes the NUL of an abstract socket as an at sign.
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._interval = watchdog_seconds / _MESSAGES_PER_DELAY
        self._clock = clock
        self._due = clock()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Systemd:
        values = os.environ if environment is None else environment
        address, delay, watched = (values.get(name, "") for name in VARIABLES)
        ours = watched in ("", str(os.getpid()))
        return cls(address, int(delay) / _MICROSECONDS if ours and delay.isdigit() else 0)

    def ready(self) -> None:
        """Every server has really answered."""
        self._say("READY=1")

    def alive(self) -> None:
        """Call this often: without it, after WatchdogSec, systemd ends and restarts « serve »."""
        if self._interval and self._clock() >= self._due:
            self._due = self._clock() + self._interval
            self._say("WATCHDOG=1")

    def _say(self, state: str) -> None:
        if not self._address:
            return
        # What systemd does not hear it acts upon; « serve » has better to do than to end of it.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
            way.setblocking(False)
            way.sendto(state.encode(), self._address)
