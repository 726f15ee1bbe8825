"""How many times a set of conversations was scored here, and its failures shown.

A set measures honestly the first time only (docs/mesurer.md), so each time is noted.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

LEDGER = "passages.jsonl"
_CHARACTERS = 10


@dataclass(frozen=True)
class Seen:
    """`times` counts the scorings before this one; `shown` those that wrote the failures out;
    `mark` changes with the content of the set."""

    mark: str
    times: int
    shown: int

    def __str__(self) -> str:
        if not self.times:
            return f"premier passage ici (empreinte {self.mark})"
        read = f", phrases manquées écrites {self.shown} fois" if self.shown else ""
        return f"déjà noté {self.times} fois ici{read} (empreinte {self.mark})"


def note(ledger: Path, place: Path, date: str, *, shown: bool) -> Seen:
    """What the ledger says of a set, to which this time is then added."""
    mark = fingerprint(place)
    before = [row for row in _rows(ledger) if row.get("empreinte") == mark]
    row = {"empreinte": mark, "jeu": str(place), "date": date, "montre": shown}
    ledger.parent.mkdir(parents=True, exist_ok=True)
    with ledger.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return Seen(mark, len(before), sum(bool(each.get("montre")) for each in before))


def fingerprint(place: Path) -> str:
    """Of the files of a folder, or of one file: wherever it lies, the same content has the same."""
    files = sorted(place.glob("*.yml")) if place.is_dir() else [place]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:_CHARACTERS]


def _rows(ledger: Path) -> list[dict[str, object]]:
    """A line that was cut short or written by hand counts for nothing."""
    found = []
    lines = ledger.read_text(encoding="utf-8").splitlines() if ledger.exists() else []
    for line in lines:
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            found.append(row)
    return found
