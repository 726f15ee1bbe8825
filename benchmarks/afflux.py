"""Ce qu'attendent les autres quand une adresse envoie tout ce qu'elle peut ; deux minutes.

.venv/bin/python benchmarks/afflux.py

Quinze conversations d'une même adresse envoient des messages de mille caractères, autant que nginx
en laisse passer ; d'autres adresses questionnent, dans le calme avant et après, et dans l'afflux.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.supervise import Bot
from tests.faults.flood import Waits, measure, p95

SECONDS = 60


def flooded() -> Waits:
    """Measured on servers of its own, with the default settings behind one proxy."""
    with tempfile.TemporaryDirectory(prefix="am-") as folder:
        os.environ |= {
            "AM_DONNEES": folder,
            "AM_PORT": str(free_port()),
            "AM_ACTIONS_PORT": str(free_port()),
            "AM_MANDATAIRES": "1",
        }
        with Bot(Project.here(), Settings.from_environment()) as bot:
            bot.start()
            return measure(bot.settings.url, SECONDS)


def main() -> None:
    waits = flooded()
    print("| les autres | médiane, ms | 95 %, ms |")
    print("| --- | --- | --- |")
    for name, seconds in (("dans le calme", waits.quiet), ("pendant l'afflux", waits.flooded)):
        print(f"| {name} | {statistics.median(seconds) * 1000:.0f} | {p95(seconds) * 1000:.0f} |")
    print(f"\nrapport des 95 % : {waits.ratio:.2f}".replace(".", ","))
    print(f"urgences pendant l'afflux : {max(waits.emergencies) * 1000:.0f} ms au plus")
    print(f"messages de l'afflux : {waits.read} lus, {waits.refused} refusés")


if __name__ == "__main__":
    main()
