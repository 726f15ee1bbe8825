"""Which messages were taken already: services deliver one again when our answer was late."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

KEPT_SECONDS = 24 * 3600
MOST_KEPT = 20_000


class Seen:
    """Ids of this process, for a day."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: OrderedDict[str, float] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._times

    def first_time(self, key: str) -> bool:
        """Whether this id is new; it no longer is afterwards."""
        now = self._clock()
        while self._times:
            oldest, since = next(iter(self._times.items()))
            if now - since < KEPT_SECONDS and len(self._times) < MOST_KEPT:
                break
            del self._times[oldest]
        if key in self._times:
            return False
        self._times[key] = now
        return True
