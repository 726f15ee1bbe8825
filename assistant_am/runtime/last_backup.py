"""When the last good backup was made: noted beside the conversations."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

FILE = "derniere-sauvegarde.json"


@dataclass(frozen=True)
class LastBackup:
    """A backup that ended well."""

    date: str
    """UTC, ISO 8601."""
    file: str


def note_backup(data: Path, made: LastBackup) -> None:
    """Write it down, whole or not at all; raises OSError."""
    data.mkdir(parents=True, exist_ok=True)
    beside = data / f".{FILE}.nouveau"
    noted = {"date": made.date, "fichier": made.file}
    beside.write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")
    os.replace(beside, data / FILE)


def last_backup(data: Path) -> LastBackup | None:
    """None when there was none, or when what is noted cannot be read."""
    try:
        noted = json.loads((data / FILE).read_text(encoding="utf-8"))
        return LastBackup(str(noted["date"]), str(noted["fichier"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
