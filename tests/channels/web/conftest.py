"""One server for the tests of the web channel, as new for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant_am.runtime.settings import WebSettings
from tests.channels.web.server import SECRET, Served, serving

GENEROUS = "100000/minute"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> WebSettings:
    """Limits that no test reaches."""
    return WebSettings(
        data=tmp_path_factory.mktemp("web"),
        secret=SECRET,
        conversation_limit=GENEROUS,
        address_limit=GENEROUS,
        deadline=10,
    )


@pytest.fixture(scope="session")
def _one_server(settings: WebSettings) -> Iterator[Served]:
    with serving(settings) as running:
        yield running


@pytest.fixture
def served(_one_server: Served) -> Served:
    """The channel with generous limits."""
    _one_server.settle()
    _one_server.agent.forget()
    return _one_server
