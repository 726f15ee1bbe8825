"""Fixtures for all tests; nothing here may need Rasa until a fixture is used."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.rest import Message
from assistant_am.operations.supervise import Bot
from assistant_am.operations.training import train_if_needed

SERVED = {"bot": "bot", "cluster": "grappe", "in_browser": "navigateur"}
"""Fixtures that take long to start, and where all their tests are: in one process, once."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """For « pytest -n 2 --dist loadgroup », on a free machine: what starts servers stays together,
    file by file; the rest goes wherever there is room."""
    for item in items:
        if item.get_closest_marker("e2e") is None:
            continue
        fixtures = getattr(item, "fixturenames", ())
        served = next((SERVED[name] for name in fixtures if name in SERVED), item.path.stem)
        item.add_marker(pytest.mark.xdist_group(served))


@pytest.fixture(scope="session")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """The real servers of this project on free ports, with conversations of their own."""
    project = Project.here()
    train_if_needed(project, repair=True)
    data = tmp_path_factory.mktemp("conversations")
    with Bot(project, Settings(free_port(), free_port(), data)) as started:
        started.start()
        yield started


@pytest.fixture
def ask(bot: Bot) -> Callable[..., list[Message]]:
    """Says something to the running assistant, in one conversation for each test."""
    default_sender = f"test-{uuid.uuid4().hex}"

    def say(text: str, sender: str = default_sender) -> list[Message]:
        return bot.client.say(text, sender)

    return say
