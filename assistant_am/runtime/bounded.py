"""A dictionary that stays small: what was kept first, or too long ago, is forgotten."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """At most `most` entries, each for `seconds` after it was last kept."""

    def __init__(
        self,
        most: int,
        seconds: float = math.inf,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._entries: OrderedDict[Key, tuple[Value, float]] = OrderedDict()

    def keep(self, key: Key, value: Value) -> None:
        """Keep it as the newest; the oldest leave."""
        self._entries[key] = value, self._clock()
        self._entries.move_to_end(key)
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)
        while self._is_old(next(iter(self._entries))):
            self._entries.popitem(last=False)

    def get(self, key: Key) -> Value | None:
        return self._entries[key][0] if key in self else None

    def forget(self, key: Key) -> None:
        self._entries.pop(key, None)

    def keys(self) -> list[Key]:
        return list(self._entries)

    def clear(self) -> None:
        self._entries.clear()

    def __contains__(self, key: Key) -> bool:
        return key in self._entries and not self._is_old(key)

    def _is_old(self, key: Key) -> bool:
        return self._clock() - self._entries[key][1] >= self._seconds
