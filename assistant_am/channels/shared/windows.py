"""Counts in the memory of one process, by a clock that nobody puts back."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from limits import RateLimitItem

_SECONDS_BETWEEN_SWEEPS = 60


@dataclass
class _Window:
    end: float
    count: int = 0


class Windows:
    """How often each name came in its present window.

    The memory of `limits` goes by the time of day: a clock put back two hours would make people
    wait for two hours.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._windows: dict[str, _Window] = {}
        self._swept = clock()

    def __len__(self) -> int:
        return len(self._windows)

    def wait(self, limit: RateLimitItem, *names: str, cost: int = 1) -> int:
        """Count `cost`; the seconds to wait, 0 when the limit is not passed."""
        now = self._clock()
        self._sweep(now)
        key = limit.key_for(*names)
        window = self._windows.get(key)
        if window is None or window.end <= now:
            window = self._windows[key] = _Window(now + limit.get_expiry())
        window.count += cost
        return 0 if window.count <= limit.amount else math.ceil(window.end - now)

    def _sweep(self, now: float) -> None:
        if now - self._swept >= _SECONDS_BETWEEN_SWEEPS:
            self._swept = now
            self._windows = {key: each for key, each in self._windows.items() if each.end > now}
