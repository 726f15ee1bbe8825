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
OPTION = "--secondes"
_TESTS = 4
"""Of which each has its share of the time."""
_OF_A_ROUND = 200
"""Examples drawn from one seed when time is what counts."""

Search = Callable[..., None]
"""`search(check, examples, *strategies)`: calls `check` with what is drawn."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, type=float, help="chercher aussi longtemps, et non un nombre d'essais")


@pytest.fixture
def search(request: pytest.FixtureRequest) -> Search:
    """Draws the same examples at each run, or new ones for as long as the option says; what falls
    is shown in its shortest form."""
    seconds: float | None = request.config.getoption(OPTION, default=None)

    def run(check: Callable[..., None], examples: int, *strategies: SearchStrategy[Any]) -> None:
        most = examples if seconds is None else _OF_A_ROUND
        for number in _seeds(seconds and seconds / _TESTS):
            # A name of its own: hypothesis looks at the signature of what it calls.
            drawn = given(*strategies)(check)
            seed(number)(
                settings(
                    max_examples=most, deadline=None, database=None,
                    phases=(Phase.generate, Phase.shrink),
                    suppress_health_check=list(HealthCheck),
                )(drawn)
            )()  # fmt: skip

    return run


def _seeds(seconds: float | None) -> Iterator[int]:
    if seconds is None:
        yield 0
        return
    end = time.monotonic() + seconds
    first = int(time.time())
    print(f"première graine : {first}")
    for number in itertools.count(first):
        if time.monotonic() >= end:
            return
        yield number


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
