"""Counting in memory, by a clock that nobody puts back."""

from __future__ import annotations

import time

import pytest
from limits import parse

from assistant_am.channels.shared.windows import Windows

THREE = parse("3/minute")


class Clock:
    """A monotonic one."""

    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def windows(clock):
    return Windows(clock)


def test_what_is_over_the_limit_waits_for_the_end_of_the_window(windows, clock):
    assert [windows.wait(THREE, "a") for _ in range(4)] == [0, 0, 0, 60]
    clock.now += 59.5
    assert windows.wait(THREE, "a") == 1
    clock.now += 0.5
    assert windows.wait(THREE, "a") == 0


def test_each_name_and_each_limit_has_a_window_of_its_own(windows):
    assert [windows.wait(THREE, "a", name) for name in "bcdefg"] == [0] * 6
    assert windows.wait(parse("1/hour"), "a", "b") == 0
    assert windows.wait(parse("1/hour"), "a", "b") == 3600


@pytest.mark.parametrize("jump", [-7200, 7200])
def test_a_clock_that_jumps_changes_nothing(monkeypatch, jump):
    windows = Windows()
    for _ in range(3):
        assert windows.wait(THREE, "a") == 0
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    assert 1 <= windows.wait(THREE, "a") <= 60


def test_what_is_over_is_forgotten(windows, clock):
    for name in range(1000):
        windows.wait(THREE, str(name))
    clock.now += 120
    windows.wait(THREE, "a")
    assert len(windows) == 1
