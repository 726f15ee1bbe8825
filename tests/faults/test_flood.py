"""One address within the limits does not make everybody wait."""

from __future__ import annotations

import pytest

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.supervise import Bot
from assistant_am.operations.training import train_if_needed
from tests.faults.flood import measure

pytestmark = pytest.mark.e2e
MOST = 4
"""Twice is the aim, measured by `benchmarks/afflux.py` on a free machine; beside other programs a
long message takes several times as long, and so does who waits for it."""
TRIES = 2
"""One run may be spoilt by what else the machine does."""


@pytest.fixture
def believing(tmp_path, monkeypatch):
    """One process with SQLite, as it is without settings, behind one proxy."""
    train_if_needed(Project.here(), repair=True)
    for name, value in {
        "AM_DONNEES": str(tmp_path),
        "AM_PORT": str(free_port()),
        "AM_ACTIONS_PORT": str(free_port()),
        "AM_MANDATAIRES": "1",
    }.items():
        monkeypatch.setenv(name, value)
    with Bot(Project.here(), Settings.from_environment()) as bot:
        bot.start()
        yield bot.settings.url


def test_a_flood_of_long_messages_does_not_stop_others(believing, record_property):
    """Quiet and flooded by turns, in one run; an emergency is answered at once."""
    for _ in range(TRIES):
        waits = measure(believing, seconds=60)
        if waits.ratio <= MOST:
            break
    for name in ("ratio", "emergencies", "read", "refused"):
        record_property(name, getattr(waits, name))
    assert waits.refused > waits.read, "the flood has to reach its budget"
    assert waits.ratio <= MOST
    assert max(waits.emergencies) < 1
