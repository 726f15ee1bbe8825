"""The purge runs by itself, once a day, and its failure is seen."""

from __future__ import annotations

import sys
import time

import pytest

from assistant_am.operations.daily import DAY_SECONDS, FIRST_SECONDS, DailyPurge
from assistant_am.operations.project import Project
from tests.clock import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def daily(tmp_path, clock):
    """Its process adds a line to a file, instead of purging."""

    def make(code: str) -> DailyPurge:
        return DailyPurge(Project(tmp_path), tmp_path, [sys.executable, "-c", code], clock)

    return make


def until_ended(purge: DailyPurge) -> None:
    deadline = time.monotonic() + 30
    while purge._running and time.monotonic() < deadline:
        purge.tick()
    assert not purge._running


def test_once_a_day(daily, clock, tmp_path):
    with daily("open('passages', 'a').write('x')") as purge:
        for now, runs in (
            (0, 0),
            (FIRST_SECONDS - 1, 0),
            (FIRST_SECONDS, 1),
            (FIRST_SECONDS + 5, 1),
            (FIRST_SECONDS + DAY_SECONDS, 2),
        ):
            clock.now = now
            purge.tick()
            until_ended(purge)
            done = tmp_path / "passages"
            assert (len(done.read_text()) if done.exists() else 0) == runs


def test_a_failure_is_told_and_tried_again_the_next_day(daily, clock, capsys):
    with daily("import sys; sys.exit('la base ne répond pas')") as purge:
        clock.now = FIRST_SECONDS
        purge.tick()
        until_ended(purge)
        assert "la base ne répond pas" in capsys.readouterr().err
        clock.now += DAY_SECONDS
        purge.tick()
        assert purge._running


def test_it_ends_with_the_assistant(daily, clock):
    with daily("import time; time.sleep(600)") as purge:
        clock.now = FIRST_SECONDS
        purge.tick()
        assert purge._service.exit_code is None
    assert purge._service.exit_code is not None
