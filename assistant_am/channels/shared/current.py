"""The knowledge that the channels answer from: read once, taken anew as a whole when told to."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from assistant_am.dialogue.world import World, load_world
from assistant_am.runtime.settings import KNOWLEDGE, site_folder


class CurrentWorld:
    """Called, it gives the knowledge of this moment; raises what `load_world` does."""

    def __init__(self, folder: Path = KNOWLEDGE, site: Path | None = None) -> None:
        self._folder = folder
        self._site = site
        self._world = self.read()

    def __call__(self) -> World:
        return self._world

    def read(self) -> World:
        """What the files say now, which changes nothing yet; takes a second."""
        return load_world(self._folder, datetime.date.today(), self._site)

    def replace(self, world: World) -> None:
        self._world = world


@cache
def current_world() -> CurrentWorld:
    """That of this process: every channel has the same."""
    return CurrentWorld(site=site_folder())
