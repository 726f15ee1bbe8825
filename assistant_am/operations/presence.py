"""Tells other commands that these conversations are in use; ends with the process, however."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from assistant_am.operations.errors import ServiceError

FILE = ".en-marche"


class Presence:
    """Held by each running « assistant-am serve »; several may share a data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._handle: int | None = None

    def take(self) -> None:
        """Raises ServiceError while a backup is being restored there."""
        if self._handle is None:
            self._handle = _lock(
                self._data,
                fcntl.LOCK_SH,
                "Une restauration est en cours dans {} : attendez qu'elle finisse, puis relancez.",
            )

    def leave(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextlib.contextmanager
def nobody_there(data: Path) -> Iterator[None]:
    """Keep every « assistant-am serve » of this folder away; raises ServiceError if one runs."""
    handle = _lock(
        data, fcntl.LOCK_EX, "L'assistant est en marche avec {} : arrêtez-le, puis relancez."
    )
    try:
        yield
    finally:
        os.close(handle)


def somebody_there(data: Path) -> bool:
    """Whether an « assistant-am serve » of this folder runs."""
    try:
        with nobody_there(data):
            return False
    except ServiceError:
        return True


def _lock(data: Path, kind: int, otherwise: str) -> int:
    data.mkdir(parents=True, exist_ok=True)
    handle = os.open(data / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise ServiceError(otherwise.format(data)) from None
    return handle
