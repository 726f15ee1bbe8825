"""A fresh `rasa init`, trained and served as anybody would: what the assistant is compared with.

It needs `.venv-bench` (`scripts/preparer.sh bench`), where the real TensorFlow is.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from types import TracebackType

from assistant_am.operations.processes import Service, free_port
from assistant_am.operations.project import HOST, child_environment
from assistant_am.operations.rest import RestClient, UnreachableError

ROOT = Path(__file__).resolve().parents[1]
RASA = ROOT / ".venv-bench" / "bin" / "rasa"
SECONDS_TO_START = 240
SENTENCES = ("hello", "are you a bot?", "i am sad", "yes", "bye")
"""Of its own intents; none calls an action."""


class Stock:
    """Made, trained and started in a folder of its own; `training` and `ready` are seconds."""

    def __init__(self, folder: Path) -> None:
        began = time.monotonic()
        subprocess.run(
            [RASA, "init", "--no-prompt", "--init-dir", folder],
            check=True, capture_output=True, env=child_environment({"RASA_TELEMETRY_ENABLED": "0"}),
        )  # fmt: skip
        self.training = time.monotonic() - began
        port = free_port()
        command = [str(RASA), "run", "--interface", HOST, "--port", str(port)]
        environment = child_environment({"RASA_TELEMETRY_ENABLED": "0"})
        self.service = Service("rasa init", command, folder / "rasa.log", folder, environment)
        self.client = RestClient(f"http://{HOST}:{port}")
        self.ready = 0.0

    def __enter__(self) -> Stock:
        began = time.monotonic()
        self.service.start()
        while not self._answers():
            if time.monotonic() - began > SECONDS_TO_START:
                self.service.stop()
                raise TimeoutError("rasa init ne répond pas")
            time.sleep(0.1)
        self.ready = time.monotonic() - began
        return self

    def _answers(self) -> bool:
        try:
            return bool(self.client.say(SENTENCES[0], "essai"))
        except UnreachableError:
            return False

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.service.stop()
