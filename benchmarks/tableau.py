"""Le tableau des mesures, en une exécution : nous et un `rasa init` neuf, tour à tour, en rapports.

make bench                                (moins de quinze minutes sur deux cœurs libres)
make bench ARGS=--sans-entrainer          (sans refaire l'entraînement)

Un `rasa init` demande `.venv-bench` (« scripts/preparer.sh bench », TensorFlow compris). Sans lui,
sa colonne est celle relevée le 30 novembre 2026, marquée comme telle : ces rapports ne valent alors
que sur une machine pareille, et libre. Écrit le tableau et sa figure dans benchmarks/.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant_am.operations.processes import free_port  # noqa: E402
from assistant_am.operations.project import Project, Settings  # noqa: E402
from assistant_am.operations.rest import RestClient  # noqa: E402
from assistant_am.operations.supervise import Bot  # noqa: E402
from benchmarks import afflux, charge, croissance, stock  # noqa: E402
from benchmarks.demarrage import MEGABYTE, on_disk, pss  # noqa: E402
from tests.faults.flood import p95  # noqa: E402

PAGE, PICTURE = Path(__file__).with_name("README.md"), Path(__file__).with_name("tableau.png")
START, END = "<!-- mesures -->", "<!-- fin des mesures -->"
BLOCKS, TURNS = 6, 25
"""Blocks of turns of one client, ours and the other's by turns."""
CLIENTS, SECONDS = 8, 10
_WHOLE = 100
RECORDED = "relevé le 30 novembre 2026"


@dataclass(frozen=True)
class Row:
    """One thing measured. `goal` is the ratio (or the value, where there is nothing to compare
    with) aimed at; `more` when more is better."""

    name: str
    unit: str
    ours: float
    theirs: float | None = None
    goal: float | None = None
    more: bool = False
    recorded: bool = False

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.ours / self.theirs

    def __str__(self) -> str:
        mark = "*" if self.recorded else ""
        theirs = "–" if self.theirs is None else f"{_said(self.theirs)}{mark}"
        ratio = "–" if self.ratio is None else _said(self.ratio)
        sign = "≥" if self.more else "≤"
        goal = "–" if self.goal is None else f"{sign} {_said(self.goal)}"
        if self.goal is not None and self.theirs is not None:
            goal += " ×"
        return f"| {self.name} ({self.unit}) | {theirs} | {_said(self.ours)} | {ratio} | {goal} |"


def _said(value: float) -> str:
    """Three figures, as French writes them."""
    return f"{value:.0f}" if value >= _WHOLE else f"{value:.3g}".replace(".", ",")


def seconds_of(client: RestClient, sentences: Sequence[str], block: int) -> list[float]:
    """Of each turn of one client, in a conversation of its own."""
    took = []
    for number in range(TURNS):
        began = time.monotonic()
        client.say(sentences[number % len(sentences)], f"bloc-{block}")
        took.append(time.monotonic() - began)
    return took


def turns_a_second(client: RestClient, sentences: Sequence[str]) -> float:
    """Of so many clients at once, each in its conversation."""
    end = time.monotonic() + SECONDS

    def talk(number: int) -> int:
        done = 0
        while time.monotonic() < end:
            client.say(sentences[done % len(sentences)], f"client-{number}-{time.monotonic_ns()}")
            done += 1
        return done

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(talk, range(CLIENTS))) / SECONDS


@contextlib.contextmanager
def ours() -> Iterator[tuple[Bot, float]]:
    """Our servers with SQLite, and the seconds until they answered."""
    with tempfile.TemporaryDirectory(prefix="am-") as folder:
        settings = Settings(free_port(), free_port(), Path(folder))
        with Bot(Project.here(), settings) as bot:
            began = time.monotonic()
            bot.start()
            yield bot, time.monotonic() - began


@dataclass(frozen=True)
class Measured:
    """Of one system, served."""

    turns: list[float]
    rate: float
    memory: float
    ready: float
    training: float | None


_STOCK = Measured([0.0348] * 19 + [0.0509], 32.0, 1198.0, 34.0, 59.0)
"""As recorded, and marked so where it is shown."""


def served(*, with_stock: bool) -> tuple[Measured, Measured]:
    """Us and the other one, by turns."""
    with contextlib.ExitStack() as stack:
        bot, ready = stack.enter_context(ours())
        other = None
        if with_stock:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rasa-init-"))
            other = stack.enter_context(stock.Stock(Path(folder)))
        us: list[float] = []
        them: list[float] = []
        for block in range(BLOCKS):
            us += seconds_of(bot.client, charge.QUESTIONS, block)
            if other is not None:
                them += seconds_of(other.client, stock.SENTENCES, block)
        rate = turns_a_second(bot.client, charge.QUESTIONS)
        process = bot.services[-1].process
        assert process is not None
        mine = Measured(us, rate, pss(process.pid) / MEGABYTE, ready, None)
        if other is None:
            return mine, _STOCK
        assert other.service.process is not None
        memory = pss(other.service.process.pid) / MEGABYTE
        rate = turns_a_second(other.client, stock.SENTENCES)
        return mine, Measured(them, rate, memory, other.ready, other.training)


def training_seconds() -> float:
    """A whole training, into a folder that is thrown away, from the vectors as they are kept."""
    with tempfile.TemporaryDirectory(prefix="am-") as folder:
        began = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "rasa", "train", "--force", "--out", folder],
            cwd=ROOT, check=True, capture_output=True,
            env={**os.environ, "RASA_TELEMETRY_ENABLED": "0"},
        )  # fmt: skip
        return time.monotonic() - began


def rows(*, train: bool, with_stock: bool) -> list[Row]:
    """Every measure, the comparison first, then what grows."""
    mine, other = served(with_stock=with_stock)
    known = not with_stock
    found = [
        Row("tour REST, médiane", "ms", statistics.median(mine.turns) * 1000,
            statistics.median(other.turns) * 1000, 0.5, recorded=known),
        Row("tour REST, 95 %", "ms", p95(mine.turns) * 1000, p95(other.turns) * 1000, 0.5,
            recorded=known),
        Row("tours par seconde, 8 clients", "tours/s", mine.rate, other.rate, 2, more=True,
            recorded=known),
        Row("mémoire de Rasa (PSS)", "Mo", mine.memory, other.memory, 0.4, recorded=known),
        Row("prêt après le démarrage", "s", mine.ready, other.ready, recorded=known),
        Row("environnement sur le disque", "Mo", on_disk(Path(sys.prefix)) / MEGABYTE, goal=1100),
    ]  # fmt: skip
    if train:
        found.append(Row("entraînement", "s", training_seconds(), other.training, recorded=known))
    waits = afflux.flooded()
    found.append(
        Row("attente des autres pendant un afflux, 95 %", "ms", p95(waits.flooded) * 1000,
            p95(waits.quiet) * 1000, 2)
    )  # fmt: skip
    return found + grown()


def grown() -> list[Row]:
    """Each compared with its own beginning: conversations, the store, processes."""
    first, *cases = charge.CASES[0], charge.CASES[-1]
    with charge.running(first) as bot:
        medians = asyncio.run(charge.long_conversation(bot.settings.url))
        alone = asyncio.run(charge.throughput([bot.settings.url], CLIENTS, SECONDS))
    found = [
        Row(f"tour {turn} d'une conversation, au tour 10", "ms", seconds * 1000,
            medians[min(medians)] * 1000)
        for turn, seconds in medians.items() if turn != min(medians)
    ]  # fmt: skip
    for case in cases:
        with charge.running(case) as bot:
            urls = [f"http://127.0.0.1:{port}" for port in bot.settings.ports]
            took = asyncio.run(charge.throughput(urls, CLIENTS, SECONDS))
        found.append(
            Row(f"{case.processes} processus, PostgreSQL et Redis, à un processus", "tours/s",
                len(took) / SECONDS, len(alone) / SECONDS, more=True)
        )  # fmt: skip
    few, many = croissance.seconds_of_a_turn()
    found.append(
        Row(f"base d'un tour, {croissance.MANY} conversations, à {croissance.FEW}", "ms",
            many * 1000, few * 1000)
    )  # fmt: skip
    return found


def draw(found: Sequence[Row]) -> None:
    """A bar for each ratio; the line is « the same »."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    compared = [row for row in found if row.ratio is not None][::-1]
    figure, axes = pyplot.subplots(figsize=(9, 0.42 * len(compared) + 1.2))
    good = [row.goal is None or (row.ratio >= row.goal if row.more else row.ratio <= row.goal)
            for row in compared if row.ratio is not None]  # fmt: skip
    bars = axes.barh(
        [row.name for row in compared],
        [row.ratio for row in compared],
        color=["#1f6f8b" if each else "#b4552d" for each in good],
    )
    axes.bar_label(bars, [_said(row.ratio) for row in compared if row.ratio], padding=3)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlabel("rapport, nous / l'autre (1 : pareil) ; en brun, l'objectif n'est pas tenu")
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(PICTURE, dpi=110)


def write(found: Sequence[Row], *, recorded: bool, seconds: float) -> str:
    """The table, put into the page."""
    load, minutes = _said(os.getloadavg()[0]), f"{seconds / 60:.0f} minutes"
    lines = [
        f"Le {time.strftime('%d/%m/%Y')}, {os.cpu_count()} cœurs, charge {load}, {minutes}.",
        "",
        "| quoi | l'autre | nous | rapport | objectif |",
        "| --- | --- | --- | --- | --- |",
        *map(str, found),
    ]
    if recorded:
        lines += ["", f"\\* `rasa init`, {RECORDED} : pas la même exécution, ni la même charge."]
    lines += ["", "![Les rapports, un trait chacun](tableau.png)"]
    text = "\n".join(lines)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(START)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sans-entrainer", action="store_true", help="sans l'entraînement")
    arguments = parser.parse_args()
    began = time.monotonic()
    with_stock = stock.RASA.exists()
    found = rows(train=not arguments.sans_entrainer, with_stock=with_stock)
    draw(found)
    print(write(found, recorded=not with_stock, seconds=time.monotonic() - began))


if __name__ == "__main__":
    main()
