"""What is kept of people and messages has a number and an age, beyond which it is forgotten."""

from __future__ import annotations

from assistant_am.runtime.bounded import Bounded
from tests.clock import Clock


def test_the_oldest_leaves_and_what_is_kept_again_is_the_newest():
    kept: Bounded[str, int] = Bounded(2)
    for key in ("a", "b", "a", "c"):
        kept.keep(key, 1)
    assert kept.keys() == ["a", "c"]


def test_nothing_is_older_than_its_time():
    clock = Clock()
    kept: Bounded[str, int] = Bounded(9, 10, clock)
    kept.keep("a", 1)
    clock.now = 9
    kept.keep("b", 2)
    assert (kept.get("a"), kept.get("b")) == (1, 2)
    clock.now = 10
    assert "a" not in kept
    assert kept.get("a") is None
    kept.keep("c", 3)
    assert kept.keys() == ["b", "c"]


def test_one_or_all_are_forgotten():
    kept: Bounded[str, int] = Bounded(9)
    kept.keep("a", 1)
    kept.keep("b", 2)
    kept.forget("a")
    kept.forget("unknown")
    assert kept.keys() == ["b"]
    kept.clear()
    assert kept.keys() == []
