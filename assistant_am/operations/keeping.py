"""Keeps each server of a running assistant alive by itself; the others go on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from assistant_am.operations.processes import Service
from assistant_am.operations.pulse import Pulse

SECONDS_TO_COME_BACK = 600
"""Beside servers that work, a start is slower than the first one; to end it gains nothing."""
SECONDS_OF_SILENCE = 30
"""A model that is being put in place has taken five, on a busy machine."""
FIRST_DELAY = 1
LONGEST_DELAY = 60
SECONDS_OF_TRUST = 60
"""After so long a server is well: its next fall is no sequel of the one before."""


class Keeper:
    """Starts a server again when it ended or when its event loop stands still.

    Ever later while it keeps falling, so that a server that cannot live does not eat the machine.
    """

    def __init__(
        self,
        service: Service,
        pulse: Pulse,
        told: Callable[[str], None] = lambda text: print(text, file=sys.stderr, flush=True),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service = service
        self._pulse = pulse
        self._told = told
        self._clock = clock
        self._delay = FIRST_DELAY
        self._start_at: float | None = None

    def look(self) -> None:
        """Call this often: it never waits."""
        if self._start_at is not None:
            if self._clock() >= self._start_at:
                self._start()
        elif self._service.exit_code is not None:
            self._fell(f"s'est arrêté de lui-même (code {self._service.exit_code})")
        else:
            self._examine()

    def _examine(self) -> None:
        self._pulse.listen()
        first = self._pulse.first_answer
        patience = SECONDS_TO_COME_BACK if first is None else SECONDS_OF_SILENCE
        if self._pulse.silence > patience:
            self._fell(f"ne répond pas depuis {patience} s")
        elif first is not None and self._clock() - first > SECONDS_OF_TRUST:
            self._delay = FIRST_DELAY

    def _start(self) -> None:
        self._start_at = None
        try:
            self._service.start()
        except OSError as error:
            self._fell(f"ne peut pas être démarré ({error.strerror})")
        else:
            self._pulse.begin()

    def _fell(self, how: str) -> None:
        tail = self._service.log_tail()
        # One that stands still does not hear a request to end.
        self._service.kill()
        self._told(
            f"Attention : {self._service.label} {how} ; il redémarre dans {self._delay} s, sans "
            f"arrêter le reste. Voici la fin de son journal, {self._service.log} :\n{tail}"
        )
        self._start_at = self._clock() + self._delay
        self._delay = min(2 * self._delay, LONGEST_DELAY)
