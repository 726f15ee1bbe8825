"""The knowledge, loaded when the action server starts, and anew when it is told to."""

from __future__ import annotations

import datetime
from pathlib import Path

from assistant_am.aid import ParameterError
from assistant_am.dialogue.world import World, load_world
from assistant_am.knowledge import KnowledgeError

FOLDER = Path(__file__).resolve().parents[1] / "knowledge"


def current() -> World:
    """Knowledge, parameters and phrases, as last loaded."""
    return _world


def read_again() -> str | None:
    """Load them again, all or none; a French text says why the old ones stay."""
    global _world  # noqa: PLW0603  (there is one for the whole process)
    try:
        _world = load_world(FOLDER, datetime.date.today())
    except (KnowledgeError, ParameterError) as error:
        return str(error)
    return None


# A broken file stops the action server at once.
_world = load_world(FOLDER, datetime.date.today())
