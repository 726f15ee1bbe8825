"""The knowledge and the word lists, read once; how long to look for something that falls."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from assistant_am.assistant import Assistant
from assistant_am.assistant.loading import load_reader
from assistant_am.dialogue.acts import ACTS
from assistant_am.dialogue.world import World, load_world
from assistant_am.operations.project import Project
from assistant_am.operations.training import train_if_needed
from assistant_am.understanding.lexicon import Lexicon
from tests.fuzz.player import TODAY

ROOT = Path(__file__).resolve().parents[2]
TIME, SEED = "--secondes", "--graine"
_TESTS = 4
"""Of which each has its share of the time."""

Search = Callable[..., None]
"""`search(check, examples, *strategies)`: calls `check` with what is drawn."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(TIME, type=float, help="chercher aussi longtemps, et non un nombre d'essais")
    parser.addoption(SEED, type=int, help="la première graine, pour retrouver une faute")


@pytest.fixture
def search(request: pytest.FixtureRequest) -> Search:
    """Draws the same examples at each run, or new ones for as long as the option says, from seed
    after seed; what falls is shown in its shortest form."""
    seconds: float | None = request.config.getoption(TIME, default=None)
    first: int = request.config.getoption(SEED, default=None) or (
        int(time.time()) if seconds else 0
    )

    def run(check: Callable[..., None], examples: int, *strategies: SearchStrategy[Any]) -> None:
        for number in _seeds(first, seconds and seconds / _TESTS):
            # A name of its own: hypothesis looks at the signature of what it calls.
            drawn = given(*strategies)(check)
            seed(number)(
                settings(
                    max_examples=examples, deadline=None, database=None,
                    phases=(Phase.generate, Phase.shrink),
                    suppress_health_check=list(HealthCheck),
                )(drawn)
            )()  # fmt: skip

    return run


def _seeds(first: int, seconds: float | None) -> Iterator[int]:
    end = time.monotonic() + (seconds or 0)
    for number in itertools.count(first):
        print(f"graine {number}", flush=True)
        yield number
        if time.monotonic() >= end:
            return


@pytest.fixture(scope="session")
def world() -> World:
    return load_world(ROOT / "knowledge", TODAY)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load(ROOT / "knowledge/lexique")


@pytest.fixture(scope="session")
def labels(world: World) -> tuple[str, ...]:
    """Everything that a message may be read as."""
    acts = {*ACTS, "aucune", "reponse", "non_couvert"}
    return tuple(sorted({*world.knowledge.fiches, *acts}))


@pytest.fixture(scope="session")
def assistant(world: World, lexicon: Lexicon) -> Assistant:
    """The whole assistant, with the trained model."""
    project = Project.here()
    train_if_needed(project, repair=True)
    return Assistant(world, lexicon.listener(load_reader(project.model)), TODAY)
