"""Servers that end, hang or cannot start, each kept by itself, tried on real processes."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from assistant_am.operations.keeping import (
    LONGEST_DELAY,
    SECONDS_OF_SILENCE,
    SECONDS_OF_TRUST,
    SECONDS_TO_COME_BACK,
    Keeper,
)
from assistant_am.operations.processes import Group, Service, free_port
from assistant_am.operations.project import HOST
from assistant_am.operations.pulse import SECONDS_BETWEEN, Pulse
from tests.operations.test_processes import SLEEPER, until

SERVER = [sys.executable, "-m", "http.server", "--bind", HOST]


class Clock:
    """Goes on when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Kept:
    """One server and its keeper, with a clock of their own."""

    def __init__(self, folder: Path, command: list[str], port: int | None = None) -> None:
        port = port or free_port()
        log = folder / f"{port}.log"
        command = [*command, str(port)] if command is SERVER else command
        self.service = Service("Le serveur", command, log, folder, dict(os.environ))
        self.clock = Clock()
        self.told: list[str] = []
        self.pulse = Pulse(port, "/", self.clock)
        self.keeper = Keeper(self.service, self.pulse, self.told.append, self.clock)
        self.service.start()

    @property
    def pid(self) -> int:
        assert self.service.process is not None
        return self.service.process.pid

    def passes(self, seconds: float) -> None:
        """Time goes by, and the keeper looks once a second."""
        for _ in range(int(seconds)):
            self.clock.now += 1
            self.keeper.look()

    def looks_until(self, condition) -> bool:
        """Look while the processes do their part; the clock stands still."""
        return until(lambda: (self.keeper.look(), condition())[1], 60)

    def answers(self) -> bool:
        """Let the next question come, and its answer."""
        self.clock.now += SECONDS_BETWEEN / 10
        return self.pulse.silence == 0 and self.pulse.first_answer is not None

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def has_ended(self) -> bool:
        return self.service.exit_code is not None

    def falls_and_comes_back(self, delay: int) -> None:
        assert self.looks_until(self.answers)
        self.send(signal.SIGKILL)
        assert until(self.has_ended)
        self.keeper.look()
        assert f"redémarre dans {delay} s" in self.told[-1]
        self.passes(delay)
        assert self.looks_until(self.answers)


@pytest.fixture
def keep(tmp_path):
    made = []

    def make(command=SERVER):
        made.append(Kept(tmp_path, command))
        return made[-1]

    yield make
    Group([each.service for each in made]).stop()


def test_one_that_ended_is_started_again_and_the_others_go_on(keep):
    ended, other = keep(), keep()
    assert ended.looks_until(ended.answers)
    assert other.looks_until(other.answers)
    before, others = ended.pid, other.pid
    ended.send(signal.SIGKILL)
    assert until(ended.has_ended)
    ended.keeper.look()
    assert "Le serveur s'est arrêté de lui-même (code -9) ; il redémarre dans 1 s" in ended.told[0]
    ended.passes(1)
    assert ended.pid != before
    assert ended.looks_until(ended.answers)
    assert other.looks_until(other.answers)
    assert other.pid == others
    assert (len(ended.told), other.told) == (1, [])


def test_one_whose_loop_stands_still_is_started_again(keep):
    kept = keep()
    assert kept.looks_until(kept.answers)
    before = kept.pid
    kept.send(signal.SIGSTOP)
    kept.passes(SECONDS_BETWEEN + SECONDS_OF_SILENCE + 1)
    assert "ne répond pas depuis 30 s" in kept.told[0]
    kept.passes(1)
    assert kept.pid != before
    assert kept.looks_until(kept.answers)


def test_one_that_is_slow_is_left_alone(keep):
    kept = keep()
    assert kept.looks_until(kept.answers)
    kept.send(signal.SIGSTOP)
    kept.passes(SECONDS_OF_SILENCE - 1)
    kept.send(signal.SIGCONT)
    assert kept.looks_until(lambda: kept.pulse.silence == 0)
    kept.passes(SECONDS_BETWEEN)
    assert kept.told == []


def test_a_standstill_of_our_own_is_nobody_s_fault(keep):
    """The machine was paused: the server had no more time to answer than we to ask."""
    kept = keep()
    assert kept.looks_until(kept.answers)
    for _ in range(3):
        kept.clock.now += 10 * SECONDS_OF_SILENCE
        kept.keeper.look()
    assert kept.told == []


def test_one_that_never_answers_has_its_time_to_start(keep):
    kept = keep(SLEEPER)
    kept.passes(SECONDS_TO_COME_BACK)
    assert kept.told == []
    kept.passes(1)
    assert "ne répond pas depuis 600 s" in kept.told[0]


def test_one_that_keeps_falling_is_started_ever_later(keep):
    kept = keep(["sh", "-c", "echo la raison; exit 7"])
    waited = []
    for _ in range(8):
        assert until(kept.has_ended)
        kept.keeper.look()
        assert "la raison" in kept.told[-1]
        before, begun = kept.pid, kept.clock.now
        while kept.pid == before:
            kept.passes(1)
        waited.append(kept.clock.now - begun)
    assert waited == [1, 2, 4, 8, 16, 32, LONGEST_DELAY, LONGEST_DELAY]


def test_one_that_was_well_for_long_is_started_at_once(keep):
    kept = keep()
    kept.falls_and_comes_back(1)
    kept.falls_and_comes_back(2)
    for _ in range(SECONDS_OF_TRUST // SECONDS_BETWEEN + 1):
        kept.passes(SECONDS_BETWEEN)
        assert kept.looks_until(kept.answers)
    kept.falls_and_comes_back(1)


def test_one_that_cannot_even_be_started_is_tried_again(keep, tmp_path):
    kept = keep()
    assert kept.looks_until(kept.answers)
    kept.service.cwd = tmp_path / "plus tard"
    kept.send(signal.SIGKILL)
    assert until(kept.has_ended)
    kept.passes(2)
    assert "ne peut pas être démarré (No such file or directory)" in kept.told[-1]
    kept.service.cwd.mkdir()
    kept.passes(2)
    assert kept.looks_until(kept.answers)


def test_the_log_of_the_run_before_is_kept(tmp_path):
    service = Service("x", ["sh", "-c", "echo $$"], tmp_path / "x.log", tmp_path, dict(os.environ))
    for _ in range(2):
        service.start()
        assert until(lambda: service.exit_code is not None)
    before, now = (tmp_path / name for name in ("x.precedent.log", "x.log"))
    assert before.read_text() != now.read_text() == f"{service.process.pid}\n"
    assert before.stat().st_mode & 0o777 == 0o600
