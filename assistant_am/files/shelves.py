"""The files of the knowledge: the shipped ones, with the entries of the site in their place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from assistant_am.files import strict_yaml
from assistant_am.files.strict_yaml import Document
from assistant_am.site import KNOWLEDGE, Laid, is_over, merge, moved_home

GATHERED = ("faits", "divergences")
"""Rooms whose entries may stand in any of their files."""


class Shelves:
    """`folder` is the shipped `knowledge/`, `site` the folder of the site, which may be absent.

    `laid` fills with the site's entries as files are read.
    """

    def __init__(self, folder: Path, site: Path | None = None) -> None:
        self.folder = folder
        self.over = site / KNOWLEDGE if site is not None and is_over(site) else None
        self.laid: list[Laid] = []
        self._homes: dict[str, Mapping[str, yaml.Node]] = {}

    def names(self, room: str) -> list[str]:
        """The files of a room, `room/file.yml`, wherever they stand."""
        folders = [each / room for each in (self.folder, self.over) if each]
        found = {file.name for folder in folders for file in folder.glob("*.yml")}
        return [f"{room}/{name}" for name in sorted(found)]

    def where(self, name: str) -> Path:
        """The shipped file, else the site's."""
        shipped = self.folder / name
        return shipped if self.over is None or shipped.exists() else self.over / name

    def document(self, name: str) -> Document | None:
        """A file with the site's entries. Raises KnowledgeError.

        None for a hidden fiche, and for a file of the site whose entries all belong elsewhere.
        """
        file = self.where(name)
        if self.over is None:
            return strict_yaml.read(file)
        site = self._of_site(name)
        is_shipped = (self.folder / name).exists()
        shipped = strict_yaml.compose(file) if is_shipped else None
        tree = merge(name, shipped, site, self.laid)
        if tree is None and not (is_shipped and site is None):
            return None
        return strict_yaml.build(file, tree)

    def _of_site(self, name: str) -> yaml.Node | None:
        """The site's entries for a file, wherever in the room the site has written them."""
        assert self.over is not None
        room = name.partition("/")[0]
        if room not in GATHERED:
            return self._composed(self.over / name)
        if room not in self._homes:
            here = sorted((self.over / room).glob("*.yml"))
            there = sorted((self.folder / room).glob("*.yml")) if here else []
            self._homes[room] = moved_home(
                {file.name: self._composed(file) for file in there},
                {file.name: self._composed(file) for file in here},
            )
        return self._homes[room].get(Path(name).name)

    def _composed(self, file: Path) -> yaml.Node | None:
        return strict_yaml.compose(file) if file.exists() else None
