"""Where entries are read and written: read from the shipped knowledge with those of the site over
it, written to the folder of the site alone.

An entry is one thing that a coordinator changes: a fact, a fiche, the sentences that a fiche is
known by, a source, a contact, the site's settings, one dated amount. It is plain data (dates as
« 2026-11-22 »). An entry written over a shipped one keeps the fingerprint of it; one that says
again what is shipped is taken out of the site's folder. Of sentences, the entry is what the site
adds.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from assistant_am.atelier.learnt import PHRASES, Learnt, with_phrases
from assistant_am.atelier.written import plain, typed, with_entry
from assistant_am.files import strict_yaml
from assistant_am.files.shelves import Shelves
from assistant_am.site import HIDDEN, KNOWLEDGE, SHIPPED, Laid, fingerprint, named

Kind = Literal["faits", "fiches", "phrases", "sources", "contacts", "site", "montants"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Entry = Mapping[str, Any]

_WHOLE_FILE = ("fiches", "site")
_BY_DEPARTEMENT = "contacts_departements"
_ADDED_FACTS = "faits/ajouts.yml"


@dataclass(frozen=True, order=True)
class Place:
    """Which entry: its kind and its name. An amount's name is its path in its table and its day:
    « aide_mi_temps/p30_p89/1/2027-01-01 »."""

    kind: Kind
    key: str


class Storehouse:
    """The entries of a knowledge folder and of the site's, which is made when first needed."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.folder = folder
        self.site = site
        self.learnt = Learnt(folder.parent / "data" / "nlu", site)
        self._read: dict[str, tuple[Any, Any]] = {}

    @property
    def schemas(self) -> Path:
        return self.folder / "schema"

    @property
    def _over(self) -> Path:
        return self.site / KNOWLEDGE

    def version(self) -> int:
        """Changes when any file of both folders does."""
        files = sorted([*self.folder.rglob("*.yml"), *self._over.rglob("*.yml")])
        return hash(tuple((str(file), *_stamp(file)) for file in files))

    def entry(self, place: Place) -> Entry | None:
        """The entry as it is published; None when there is none."""
        if place.kind == "phrases":
            return self.learnt.of_site(place.key)
        name = self._name(place)
        return _below(self._data(name), _path(place)) if name else None

    def shipped(self, place: Place) -> Entry | None:
        """The entry as the project ships it."""
        name = self._name(place)
        file = self.folder / name if name else None
        if file is None or not file.is_file():
            return None
        return _below(strict_yaml.read(file).data, _path(place))

    def write(self, changes: Mapping[Place, Entry | None]) -> None:
        """Write entries (None removes one), each file at once; comments and order stay."""
        for file, text in self._rewritten(changes).items():
            if text is None:
                file.unlink(missing_ok=True)
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=".atelier-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8", newline="") as fresh:
                    fresh.write(text)
                    fresh.flush()
                    os.fsync(fresh.fileno())
                Path(name).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
                Path(name).replace(file)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    @contextmanager
    def rehearsed(self, changes: Mapping[Place, Entry | None]) -> Iterator[Path]:
        """A copy of the site's folder with these changes, gone afterwards: to check, or to try."""
        with tempfile.TemporaryDirectory(prefix="atelier-") as name:
            copy = Path(name) / self.site.name
            if self.site.is_dir():
                shutil.copytree(self.site, copy)
            Storehouse(self.folder, copy).write(changes)
            yield copy

    def _data(self, name: str) -> Any:
        """What a file says, read again only when a file that it is made of has changed."""
        mine, room = self._over / name, (self._over / name).parent
        files = [self.folder / name, *(room.glob("*.yml") if room != self._over else [mine])]
        stamp = tuple((str(file), *_stamp(file)) for file in sorted(files) if file.is_file())
        known = self._read.get(name)
        if known is None or known[0] != stamp:
            shelves = Shelves(self.folder, self.site)
            there = (self.folder / name).is_file() or mine.is_file()
            document = shelves.document(name) if there else None
            known = self._read[name] = (stamp, document.data if document else None)
        return known[1]

    def _name(self, place: Place) -> str | None:
        """The file that holds the entry, as `Shelves` calls it."""
        name = place.key.partition("/")[0]
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            return None
        if place.kind == "faits":
            names = Shelves(self.folder, self.site).names("faits")
            return next((each for each in names if name in (self._data(each) or {})), None)
        return {
            "fiches": f"fiches/{name}.yml",
            "sources": "sources.yml",
            "contacts": "contacts.yml",
            "site": "site.yml",
            "montants": f"parametres/{name}.yml",
        }[place.kind]

    def _rewritten(self, changes: Mapping[Place, Entry | None]) -> dict[Path, str | None]:
        texts: dict[Path, str | None] = {}
        for place, entry in changes.items():
            file = self._file_of_site(place)
            if file not in texts:
                texts[file] = file.read_bytes().decode("utf-8") if file.is_file() else None
            texts[file] = self._with(texts[file], place, entry)
        return texts

    def _file_of_site(self, place: Place) -> Path:
        """The file of the site that has the entry, else the one named as the shipped one."""
        if place.kind == "phrases":
            return self.learnt.file_of(place.key)
        name = self._name(place)
        if name is None and place.kind == "faits":
            name = _ADDED_FACTS
        if name is None:
            raise KeyError(place.key)
        if place.kind == "faits":
            for file in sorted((self._over / "faits").glob("*.yml")):
                if place.key in (strict_yaml.read(file).data or {}):
                    return file
        return self._over / name

    def _with(self, text: str | None, place: Place, entry: Entry | None) -> str | None:
        """The text of the site's file with an entry; None when nothing is left of it."""
        if place.kind == "phrases":
            return with_phrases(text, place.key, (entry or {}).get(PHRASES, ()))
        shipped = self.shipped(place)
        if place.kind == "site":
            for path, value in _settings(shipped or {}, entry or {}):
                text = with_entry(text, path, value)
            return text
        if entry is None and shipped is not None:
            entry = {HIDDEN: True}
        elif entry == shipped:
            return None if place.kind == "fiches" else with_entry(text, _path(place), None)
        if place.kind == "fiches" and entry is None:
            return None
        if place.kind == "fiches" and text is None and shipped is not None:
            # Her own fiche begins as the shipped one, with its comments.
            text = (self.folder / "fiches" / f"{place.key}.yml").read_bytes().decode("utf-8")
        if entry is not None and shipped is not None:
            entry = {**entry, SHIPPED: self._noted(place)}
        return with_entry(text, _path(place), entry)

    def _noted(self, place: Place) -> str:
        """The fingerprint of the shipped entry."""
        name = self._name(place)
        assert name is not None
        node = strict_yaml.compose(self.folder / name)
        assert node is not None
        for step in _path(place):
            node = dict(named(node))[str(step)]
        return fingerprint(node)


def place_of(laid: Laid) -> Place | None:
    """Where the workshop has an entry of the site; None for what it does not change."""
    room, stem = laid.file.parent.name, laid.file.stem
    if room == "faits":
        return Place("faits", laid.name)
    if room == "fiches":
        return Place("fiches", stem)
    if room == "parametres":
        return Place("montants", "/".join((stem, *laid.name.split(".")[1:])))
    if laid.file.name in ("sources.yml", "contacts.yml"):
        return Place("sources" if laid.file.name == "sources.yml" else "contacts", laid.name)
    return None


def _below(data: Any, path: tuple[Any, ...]) -> Entry | None:
    for step in path:
        data = data.get(step) if isinstance(data, Mapping) else None
    return None if data is None else dict(plain(data))


def _settings(shipped: Entry, entry: Entry) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What the file of the site says of each setting: what differs, None for what does not."""
    for key in (*shipped, *(key for key in entry if key not in shipped)):
        was, now = shipped.get(key), entry.get(key)
        if key == _BY_DEPARTEMENT:
            was, now = was or {}, now or {}
            for number in (*was, *(each for each in now if each not in was)):
                yield (key, number), _setting(was.get(number), now.get(number))
        else:
            yield (key,), _setting(was, now)


def _setting(was: Any, now: Any) -> Any:
    if was == now:
        return None
    return {HIDDEN: True} if now is None else now


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
    return (table, *(typed(int(step) if step.isdigit() else step) for step in steps))
