"""Stands where systemd does: hears what a unit of Type=notify says."""

from __future__ import annotations

import socket
from pathlib import Path


class NotifySocket:
    """`address` is that of NOTIFY_SOCKET, a path or, with an at sign, an abstract name."""

    def __init__(self, address: str | Path) -> None:
        self.address = str(address)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.address.replace("@", "\0", 1))

    def __enter__(self) -> NotifySocket:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def hear(self, seconds: float = 0) -> str | None:
        """The next thing that was said, or None after so long."""
        self._socket.settimeout(seconds)
        try:
            return self._socket.recv(1024).decode()
        except (BlockingIOError, TimeoutError):
            return None
