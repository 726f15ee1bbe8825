"""Learning in the background: one process at a time, whose progress every page can show."""

from __future__ import annotations

import datetime
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant_am.atelier.kept import read_json, write_json
from assistant_am.atelier.learning_process import STATE
from assistant_am.operations.project import Project, child_environment
from assistant_am.site import SITE_VARIABLE

NEEDED_MEGABYTES = 2500
"""Memory that a training takes with the measure after it."""
RUNNING = ("entraine", "mesure")
_SHARE = re.compile(r"Phrases lues : (\d+)")
_TAIL = 4000
_MEMORY = Path("/proc/meminfo")
Command = Callable[[Path, Path | None], list[str]]


class TooSmall(Exception):
    """This machine cannot train; the text says so in French, with the remedy."""


class Learning:
    """`done` is called after a model was put in place; `command` is the process to run."""

    def __init__(
        self,
        project: Project,
        folder: Path,
        done: Callable[[], None],
        command: Command | None = None,
        memory: Callable[[], int | None] | None = None,
    ) -> None:
        self._project = project
        self.folder = folder
        self._done = done
        self._command = command or self._own_command
        self._memory = memory or free_megabytes
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, who: str, model: Path | None = None) -> bool:
        """Start, unless one is going on. Raises TooSmall, for a training."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return False
            if model is None:
                self._require_memory()
            self.folder.mkdir(parents=True, exist_ok=True)
            now = datetime.datetime.now().isoformat(timespec="seconds")
            write_json(self.folder / "debut.json", {"qui": who, "quand": now, "a": time.time()})
            write_json(self.folder / STATE, {"etape": RUNNING[0]})
            log = self.folder / "apprentissage.log"
            log.touch(mode=0o600)
            with log.open("wb") as out:
                self._process = subprocess.Popen(
                    self._command(self.folder, model),
                    cwd=self._project.root,
                    env=child_environment({SITE_VARIABLE: str(self._project.site)}),
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        threading.Thread(target=self._wait, args=(self._process,), daemon=True).start()
        return True

    def stop(self) -> None:
        """End it with what it started: the model in place stays."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGTERM)

    def state(self) -> dict[str, Any]:
        """Step, share and times; `etape` is « » when nothing was ever learnt here."""
        state = dict(read_json(self.folder / STATE, {"etape": ""}))
        begun = read_json(self.folder / "debut.json", {})
        if state["etape"] in RUNNING and not self.is_running():
            state = {"etape": "interrompu"}
        if state["etape"] == "entraine" and (part := self._read_so_far()) is not None:
            state["part"] = part
        lasts = read_json(self.folder / "durees.json", {})
        elapsed = round(time.time() - begun["a"]) if begun else 0
        return {**state, **begun, "secondes": elapsed, "durees": lasts}

    def _read_so_far(self) -> float | None:
        """The share of the sentences that the training has read, as its log says, 0 to 1."""
        log = self._project.cache / "journaux" / "entrainement.log"
        try:
            with log.open("rb") as file:
                file.seek(0, 2)
                file.seek(max(0, file.tell() - _TAIL))
                said = _SHARE.findall(file.read().decode("utf-8", "replace"))
        except OSError:
            return None
        return int(said[-1]) / 100 if said else None

    def is_running(self) -> bool:
        process = self._process
        return process is not None and process.poll() is None

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        if read_json(self.folder / STATE, {}).get("etape") == "en_place":
            self._done()

    def _require_memory(self) -> None:
        free = self._memory()
        if free is not None and free < NEEDED_MEGABYTES:
            raise TooSmall(
                f"Cette machine n'a que {free} Mo de mémoire libre, et apprendre en demande "
                f"{NEEDED_MEGABYTES}. Apprenez sur une autre machine, puis déposez ici son modèle."
            )

    def _own_command(self, folder: Path, model: Path | None) -> list[str]:
        more = [str(model)] if model else []
        module = "assistant_am.atelier.learning_process"
        return [sys.executable, "-m", module, str(self._project.root), str(folder), *more]


def free_megabytes() -> int | None:
    """Memory that a new program may take; None where the system does not tell."""
    try:
        for line in _MEMORY.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) // 1024
    except OSError:
        pass
    return None
