"""The draft: the changes that are not published yet, kept on the disk as soon as they are made."""

from __future__ import annotations

import datetime
import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from assistant_am.atelier.kept import read_json, write_json
from assistant_am.atelier.storehouse import Entry, Place, Storehouse
from assistant_am.atelier.written import plain


@dataclass(frozen=True)
class Change:
    """One entry as it was published when somebody began to change it, and as it is to be.

    `before` is None for an entry that is added, `after` for one that is taken away (an undone
    addition).
    """

    place: Place
    before: Entry | None
    after: Entry | None
    who: str
    when: str


class Conflict(Exception):
    """Somebody changed the entry meanwhile; nothing was kept."""


class Draft:
    """The changes of one workshop; every method may be called from several threads."""

    def __init__(self, file: Path, storehouse: Storehouse) -> None:
        self._file = file
        self._storehouse = storehouse
        self._lock = threading.RLock()
        self._changes: dict[Place, Change] = {}
        self.revision = 0
        kept = read_json(file, {"revision": 0, "changes": []})
        self.revision = int(kept["revision"])
        for each in kept["changes"]:
            change = change_of(each)
            self._changes[change.place] = change

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else changes the draft meanwhile."""
        with self._lock:
            yield

    def changes(self) -> tuple[Change, ...]:
        with self._lock:
            return tuple(self._changes.values())

    def change(self, place: Place) -> Change | None:
        with self._lock:
            return self._changes.get(place)

    def entry(self, place: Place) -> Entry | None:
        """The entry as it would be published."""
        change = self.change(place)
        return change.after if change else self._storehouse.entry(place)

    def stamp(self, place: Place) -> str:
        """Another text as soon as somebody has changed the entry, in the draft or the files."""
        seen = [self.entry(place), self._storehouse.entry(place)]
        text = json.dumps(seen, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def keep(self, place: Place, after: Entry, who: str, stamp: str | None = None) -> None:
        """Keep an entry; raises Conflict when it is no longer the one of `stamp`."""
        with self._lock:
            if stamp is not None and stamp != self.stamp(place):
                raise Conflict
            known = self._changes.get(place)
            published = self._storehouse.entry(place)
            before = known.before if known else published
            after = dict(plain(after))
            if after == published:
                self._changes.pop(place, None)
            else:
                self._changes[place] = Change(place, before, after, who, _now())
            self._save()

    def drop(self, place: Place) -> None:
        """Forget the change of an entry: the published one counts again."""
        with self._lock:
            if self._changes.pop(place, None):
                self._save()

    def rebase(self, place: Place) -> None:
        """Hold on to a change although the published entry has changed since."""
        with self._lock:
            change = self._changes.get(place)
            if change:
                published = self._storehouse.entry(place)
                self._changes[place] = replace(change, before=published)
                self._save()

    def overtaken(self) -> tuple[Change, ...]:
        """Changes whose published entry is neither what it was nor what it is to be."""
        return tuple(
            change
            for change in self.changes()
            if self._storehouse.entry(change.place) not in (change.before, change.after)
        )

    def _save(self) -> None:
        self.revision += 1
        changes = [asdict(change) for change in self._changes.values()]
        write_json(self._file, {"revision": self.revision, "changes": changes})


def change_of(kept: Mapping[str, Any]) -> Change:
    """A change as `asdict` and JSON have kept it."""
    return Change(
        Place(kept["place"]["kind"], kept["place"]["key"]),
        kept["before"],
        kept["after"],
        kept["who"],
        kept["when"],
    )


def _now() -> str:
    return datetime.datetime.now().isoformat(timespec="seconds")
