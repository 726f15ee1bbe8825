"""The knowledge, loaded when the action server starts, and anew when it is told to."""

from __future__ import annotations

import datetime

from assistant_am.dialogue.world import World, load_world
from assistant_am.files.errors import KnowledgeError
from assistant_am.runtime.settings import KNOWLEDGE, site_folder


def current() -> World:
    """Knowledge, parameters and phrases, as last loaded."""
    return _world


def read_again() -> str | None:
    """Load them again, all or none; a French text says why the old ones stay."""
    global _world  # noqa: PLW0603  (there is one for the whole process)
    try:
        _world = _read()
    except KnowledgeError as error:
        return str(error)
    return None


def _read() -> World:
    return load_world(KNOWLEDGE, datetime.date.today(), site_folder())


# A broken file stops the action server at once.
_world = _read()
