"""A trial that somebody shows to a colleague: what was said, on the draft of that moment."""

from __future__ import annotations

import datetime
import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from markupsafe import Markup

from assistant_am.atelier.kept import read_json, write_json
from assistant_am.atelier.trial import Said, Trial

MOST_KEPT = 200
_KEY = re.compile(r"[\w-]{12,40}")


@dataclass(frozen=True)
class SharedTrial:
    """Whose it is, of when, and its turns as they were shown."""

    who: str
    when: str
    turns: tuple[Said, ...]


class SharedTrials:
    """One file each; the oldest leave when there are too many."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def share(self, who: str, trial: Trial) -> str:
        """Keep it; returns the name that opens it."""
        key = secrets.token_urlsafe(12)
        now = datetime.datetime.now().isoformat(timespec="seconds")
        turns = [asdict(each) for each in trial.turns]
        # Buttons of an old trial would speak to the one of whoever looks at it.
        kept = [{**each, "answer": str(each["answer"]), "buttons": []} for each in turns]
        write_json(self._folder / f"{key}.json", {"qui": who, "quand": now, "tours": kept})
        files = sorted(self._folder.glob("*.json"), key=lambda each: each.stat().st_mtime)
        for old in files[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
        return key

    def find(self, key: str) -> SharedTrial | None:
        kept = read_json(self._folder / f"{key}.json", None) if _KEY.fullmatch(key) else None
        if kept is None:
            return None
        turns = (
            Said(
                message=each["message"],
                # Our own server had written it, and escaped what people said.
                answer=Markup(each["answer"]),
                text=each["text"],
                buttons=(),
                why=tuple(each["why"]),
                subjects=tuple(each["subjects"]),
                sources=tuple(each["sources"]),
            )
            for each in kept["tours"]
        )
        return SharedTrial(kept["qui"], kept["quand"], tuple(turns))
