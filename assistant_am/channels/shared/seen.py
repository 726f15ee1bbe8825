"""Which messages were taken already: services deliver one again when our answer was late."""

from __future__ import annotations

import time
from collections.abc import Callable

from assistant_am.runtime.bounded import Bounded

KEPT_SECONDS = 24 * 3600
MOST_KEPT = 20_000


class Seen:
    """Ids of this process, for a day."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._ids: Bounded[str, bool] = Bounded(MOST_KEPT, KEPT_SECONDS, clock)

    def __contains__(self, key: str) -> bool:
        return key in self._ids

    def first_time(self, key: str) -> bool:
        """Whether this id is new; it no longer is afterwards."""
        if key in self._ids:
            return False
        self._ids.keep(key, True)
        return True
