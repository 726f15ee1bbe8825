"""Runs « assistant-am purge » once a day beside a running assistant."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant_am.operations.processes import Service
from assistant_am.operations.project import Project, child_environment

FIRST_SECONDS = 600
"""After the start, so that a machine that is switched off at night purges as well."""
DAY_SECONDS = 86_400


class DailyPurge:
    """A process of its own: it loads Rasa's tables, and gives the memory back. Ends with `with`."""

    def __init__(
        self,
        project: Project,
        logs: Path,
        command: list[str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        purge = [sys.executable, "-m", "assistant_am.cli", "purge", "--racine", str(project.root)]
        self._service = Service(
            "L'effacement quotidien",
            command or purge,
            logs / "purge.log",
            project.root,
            child_environment({"PYTHONPATH": str(Project.here().root)}),
        )
        self._clock = clock
        self._due = clock() + FIRST_SECONDS
        self._running = False

    def __enter__(self) -> DailyPurge:
        return self

    def __exit__(self, *_: object) -> None:
        self._service.stop()

    def tick(self) -> None:
        """Call this often: starts the purge when it is due, tells on stderr when it failed."""
        if self._running and self._service.exit_code is not None:
            self._running = False
            if self._service.exit_code:
                print(
                    f"Attention : {self._service.label} a échoué ; il sera retenté demain. Voici "
                    f"la fin de son journal, {self._service.log} :\n{self._service.log_tail()}",
                    file=sys.stderr,
                    flush=True,
                )
        elif not self._running and self._clock() >= self._due:
            self._due = self._clock() + DAY_SECONDS
            self._service.start()
            self._running = True
