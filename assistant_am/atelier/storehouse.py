"""Where entries are read and written: today, the `knowledge/` folder of the checkout.

An entry is one thing that a coordinator changes: a fact, a fiche, a source, the site's settings,
one dated amount. It is plain data (dates as « 2026-11-22 »). All that knows files stands here, so
that a folder of the site, read over the shipped one, may take this class's place.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from assistant_am.knowledge import strict_yaml

Kind = Literal["faits", "fiches", "sources", "site", "montants"]
KINDS: tuple[Kind, ...] = ("faits", "fiches", "sources", "site", "montants")
Entry = Mapping[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE_FILE = ("fiches", "site")


@dataclass(frozen=True, order=True)
class Place:
    """Which entry: its kind and its name. An amount's name is its path in its table and its day:
    « aide_mi_temps/p30_p89/1/2027-01-01 »."""

    kind: Kind
    key: str


class Storehouse:
    """The entries of one knowledge folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[Path, tuple[tuple[int, int], Any]] = {}

    @property
    def schemas(self) -> Path:
        return self.folder / "schema"

    def version(self) -> int:
        """Changes when any file of the folder does."""
        files = sorted(self.folder.rglob("*.yml"))
        return hash(tuple((str(file), *_stamp(file)) for file in files))

    def entry(self, place: Place) -> Entry | None:
        """The entry as it is published; None when there is none."""
        file = self._file(place)
        if file is None or not file.is_file():
            return None
        data: Any = self._data(file)
        for step in _path(place):
            data = data.get(step) if isinstance(data, Mapping) else None
        return None if data is None else dict(plain(data))

    def write(self, changes: Mapping[Place, Entry | None]) -> None:
        """Write entries (None removes one), each file at once; comments and order stay."""
        for file, text in self._rewritten(changes).items():
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=".atelier-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8", newline="") as fresh:
                    fresh.write(text)
                    fresh.flush()
                    os.fsync(fresh.fileno())
                Path(name).chmod(file.stat().st_mode & 0o777)
                Path(name).replace(file)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    @contextmanager
    def rehearsed(self, changes: Mapping[Place, Entry | None]) -> Iterator[Path]:
        """A copy of the folder with these changes, gone afterwards: to check, or to try."""
        with tempfile.TemporaryDirectory(prefix="atelier-") as name:
            copy = Path(name) / self.folder.name
            shutil.copytree(self.folder, copy)
            Storehouse(copy).write(changes)
            yield copy

    def _data(self, file: Path) -> Any:
        stamp = _stamp(file)
        known = self._read.get(file)
        if known is None or known[0] != stamp:
            known = self._read[file] = (stamp, strict_yaml.read(file).data)
        return known[1]

    def _file(self, place: Place) -> Path | None:
        name = place.key.partition("/")[0]
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            return None
        if place.kind == "faits":
            holding = (
                file
                for file in sorted((self.folder / "faits").glob("*.yml"))
                if name in (self._data(file) or {})
            )
            return next(holding, None)
        return {
            "fiches": self.folder / "fiches" / f"{name}.yml",
            "sources": self.folder / "sources.yml",
            "site": self.folder / "site.yml",
            "montants": self.folder / "parametres" / f"{name}.yml",
        }[place.kind]

    def _rewritten(self, changes: Mapping[Place, Entry | None]) -> dict[Path, str]:
        texts: dict[Path, str] = {}
        for place, entry in changes.items():
            file = self._file(place)
            if file is None:
                raise KeyError(place.key)
            before = texts.get(file) or file.read_bytes().decode("utf-8")
            texts[file] = _with_entry(before, _path(place), entry)
        return texts


def plain(value: Any) -> Any:
    """Data without types of its own: dates and the like become text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _stamp(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_mtime_ns, status.st_size


def _path(place: Place) -> tuple[Any, ...]:
    """The keys that lead to the entry in its file."""
    if place.kind in _WHOLE_FILE:
        return ()
    if place.kind != "montants":
        return (place.key,)
    _, *steps = place.key.split("/")
    table = "tableau" if len(steps) > 1 else "valeurs"
    return (table, *(_typed(int(step) if step.isdigit() else step) for step in steps))


def _with_entry(text: str, path: tuple[Any, ...], entry: Entry | None) -> str:
    """The file's text with one entry set, added or removed."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    root = yaml.load(text)
    if not path:
        _merge(root, entry or {})
    else:
        above = root
        for step in path[:-1]:
            above = above[step]
        if entry is None:
            above.pop(path[-1], None)
        elif path[-1] in above:
            _merge(above[path[-1]], entry)
        else:
            above[path[-1]] = _fresh(entry)
    written = StringIO()
    yaml.dump(root, written)
    return written.getvalue()


def _merge(old: Any, new: Mapping[str, Any]) -> None:
    """Change only what differs: what is left alone keeps its comments, quotes and place."""
    for key in [key for key in old if str(key) not in new]:
        del old[key]
    names = {str(key): key for key in old}
    for name, value in new.items():
        key = names.get(name, name)
        held = old.get(key)
        if key in old and plain(held) == value:
            continue
        if isinstance(held, Mapping) and isinstance(value, Mapping):
            _merge(held, value)
        elif isinstance(held, list) and isinstance(value, list):
            _merge_list(held, value)
        else:
            old[key] = _like(held, value)


def _merge_list(old: Any, new: list[Any]) -> None:
    for index, value in enumerate(new):
        if index >= len(old):
            old.append(_fresh(value))
        elif plain(old[index]) != value:
            if isinstance(old[index], Mapping) and isinstance(value, Mapping):
                _merge(old[index], value)
            else:
                old[index] = _like(old[index], value)
    del old[len(new) :]


def _like(held: Any, value: Any) -> Any:
    """A value written in the manner of the one that it replaces."""
    if isinstance(value, str) and isinstance(held, LiteralScalarString):
        return LiteralScalarString(value)
    if isinstance(value, str) and isinstance(held, DoubleQuotedScalarString):
        return DoubleQuotedScalarString(value)
    return _fresh(value)


_BARE = re.compile(r"[a-z][a-z0-9_]*")
_NOT_TEXT = ("yes", "no", "on", "off", "true", "false", "null", "y", "n")


def _fresh(value: Any) -> Any:
    """New data: names bare, other texts between quotes or, of several lines, as a block."""
    if isinstance(value, Mapping):
        return {_typed(key): _fresh(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_fresh(item) for item in value]
    if not isinstance(value, str):
        return value
    typed = _typed(value)
    if not isinstance(typed, str):
        return typed
    if "\n" in value:
        return LiteralScalarString(value)
    bare = _BARE.fullmatch(value) and value not in _NOT_TEXT
    return value if bare else DoubleQuotedScalarString(value)


def _typed(value: Any) -> Any:
    """« 2026-11-22 » is a day in the files."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return value
    return value
