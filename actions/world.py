"""The knowledge, loaded once when the action server starts: a broken file stops it at once."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from assistant_am.dialogue.world import World, load_world

FOLDER = Path(__file__).resolve().parents[1] / "knowledge"


@cache
def current() -> World:
    """Knowledge, parameters and phrases; raises KnowledgeError or ParameterError."""
    return load_world(FOLDER, datetime.date.today())


current()
