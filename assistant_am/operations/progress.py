"""Tells people that something long is still going on."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

SECONDS_BETWEEN_LINES = 15


class Progress:
    """One line that counts seconds on a terminal, or a line now and then in a log."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self.label = label
        self._stream = stream or sys.stderr
        self._start = time.monotonic()
        self._last = self._start
        self._live = self._stream.isatty()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def __enter__(self) -> Progress:
        self._write(f"{self.label}…" if self._live else f"{self.label}…\n")
        return self

    def tick(self) -> None:
        """Call this often; it writes seldom."""
        now = time.monotonic()
        if now - self._last < (1 if self._live else SECONDS_BETWEEN_LINES):
            return
        self._last = now
        line = f"{self.label}… {self.seconds:.0f} s"
        self._write(f"\r{line}" if self._live else f"{line}\n")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        outcome = "arrêté" if kind else "fait"
        line = f"{self.label} : {outcome} en {self.seconds:.0f} s."
        self._write(f"\r\033[K{line}\n" if self._live else f"{line}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
