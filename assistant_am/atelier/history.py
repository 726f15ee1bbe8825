"""What was published: who, when, what, why. Nothing is ever taken out of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant_am.atelier.draft import Change, change_of


@dataclass(frozen=True)
class Publication:
    """One publication. `undoes` is the number of the one that it takes back."""

    number: int
    who: str
    when: str
    why: str
    said: tuple[str, ...]
    """The differences, in plain French, as they were shown before publishing."""
    changes: tuple[Change, ...]
    undoes: int | None = None


class History:
    """A file with one publication a line, oldest first."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> list[Publication]:
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [_read(line) for line in lines if _is_whole(line)]

    def find(self, number: int) -> Publication | None:
        return next((each for each in self.all() if each.number == number), None)

    def add(
        self,
        who: str,
        when: str,
        why: str,
        said: Iterable[str],
        changes: Iterable[Change],
        undoes: int | None = None,
    ) -> Publication:
        number = max((each.number for each in self.all()), default=0) + 1
        added = Publication(number, who, when, why, tuple(said), tuple(changes), undoes)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            # A line that a crash left half written stays alone.
            prefix = "\n" if _ends_badly(self._file) else ""
            file.write(prefix + json.dumps(asdict(added), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return added


def _read(line: str) -> Publication:
    kept = json.loads(line)
    changes = tuple(change_of(each) for each in kept["changes"])
    return Publication(**{**kept, "said": tuple(kept["said"]), "changes": changes})


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _ends_badly(file: Path) -> bool:
    content = file.read_bytes()
    return bool(content) and not content.endswith(b"\n")
