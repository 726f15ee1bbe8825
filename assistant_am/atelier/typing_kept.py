"""What somebody is typing and has not kept yet: found again after a crash, by the same person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant_am.atelier.kept import read_json, write_json
from assistant_am.atelier.storehouse import Place

_NOT_TYPED = ("jeton", "empreinte")


class TypingKept:
    """One small file for each person and entry."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, who: str, place: Place, sent: Mapping[str, Sequence[str]]) -> None:
        form = {name: list(values) for name, values in sent.items() if name not in _NOT_TYPED}
        write_json(self._file(who, place), form)

    def find(self, who: str, place: Place) -> dict[str, list[str]] | None:
        found = read_json(self._file(who, place), None)
        return None if found is None else dict(found)

    def forget(self, who: str, place: Place) -> None:
        self._file(who, place).unlink(missing_ok=True)

    def _file(self, who: str, place: Place) -> Path:
        name = hashlib.sha256(f"{who}\n{place.kind}\n{place.key}".encode()).hexdigest()[:32]
        return self._folder / f"{name}.json"
