"""After a publication, the running assistant takes the new answers: in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Reloading:
    """Asks once for each publication, one at a time; `state` is a French sentence."""

    def __init__(self, reload: Callable[[], str]) -> None:
        """`reload` does it and says what came of it, in French; it raises nothing."""
        self._reload = reload
        self._lock = threading.Lock()
        self.state = ""

    def begin(self) -> None:
        self.state = "L'assistant en marche reprend les réponses publiées…"
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with self._lock:
            self.state = self._reload()
