"""Ce que pèse l'assistant dans l'environnement qui lance ce fichier ; une minute.

.venv/bin/python benchmarks/demarrage.py             (ce qui tourne, sans TensorFlow)
.venv-bench/bin/python benchmarks/demarrage.py       (le même avec TensorFlow)

Écrit la place de l'environnement sur le disque ; de chaque démarrage (les deux serveurs, SQLite),
le temps jusqu'à la première vraie réponse, celui que Rasa a calculé, qui dépend moins des voisins,
et la mémoire (PSS) de chaque processus, alors et après cent tours.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant_am.operations.processes import free_port  # noqa: E402
from assistant_am.operations.project import Project, Settings  # noqa: E402
from assistant_am.operations.supervise import Bot  # noqa: E402

TURNS = 100
QUESTIONS = (
    "Combien dure la formation ?",
    "Quelle aide en 3e année pour un mi-temps, médecin au P92 ?",
    "et à temps plein ?",
    "Qui peut devenir assistant médical ?",
    "combien gagne un assistant médical débutant ?",
)
MEGABYTE = 1_000_000


def on_disk(folder: Path) -> int:
    """Bytes that the files of ``folder`` take on the disk."""
    return sum(each.lstat().st_blocks * 512 for each in folder.rglob("*"))


def pss(pid: int) -> int:
    """Bytes of a process, what it shares with others counted for its share."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    line = next(each for each in rollup.splitlines() if each.startswith("Pss:"))
    return int(line.split()[1]) * 1024


def computed(pid: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(bot: Bot) -> str:
    """The PSS of each server, in megabytes."""
    shown = [f"{each.label} {pss(each.process.pid) / MEGABYTE:.0f} Mo" for each in bot.services]
    return ", ".join(shown)


def start_once(data: Path) -> float:
    """Seconds until a real question got its answer; prints the memory."""
    with Bot(Project.here(), Settings(free_port(), free_port(), data)) as bot:
        began = time.monotonic()
        bot.start()
        seconds = time.monotonic() - began
        cpu = computed(bot.services[-1].process.pid)
        print(f"prêt en {seconds:.1f} s, dont {cpu:.1f} s de calcul de Rasa", flush=True)
        print(f"  au départ : {memory(bot)}", flush=True)
        for turn in range(TURNS):
            bot.client.say(QUESTIONS[turn % len(QUESTIONS)], f"mesure-{turn // 10}")
        print(f"  après {TURNS} tours : {memory(bot)}", flush=True)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fois", type=int, default=3, help="combien de démarrages (3)")
    arguments = parser.parse_args()
    spec = find_spec("tensorflow")
    real = spec is not None and ROOT / "stand_in" not in Path(spec.origin or "").parents
    print(f"environnement : {on_disk(Path(sys.prefix)) / MEGABYTE:.0f} Mo, ", end="")
    print("avec TensorFlow" if real else "sans TensorFlow", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        seconds = [start_once(Path(folder) / str(start)) for start in range(arguments.fois)]
    print(f"prêt, médiane de {arguments.fois} : {statistics.median(seconds):.1f} s")


if __name__ == "__main__":
    main()
