"""Ce que coûte à la base un tour quand elle est pleine ; une minute (1 000 000 : dix minutes).

.venv/bin/python benchmarks/croissance.py [conversations]

Les conversations sont fabriquées dans une base SQLite temporaire ; un tour y est lu, continué et
écrit comme le fait Rasa, sans modèle.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.conversations import ConversationStore
from assistant_am.stores.database import EVENTS
from tests.stores.talking import open_store, say, turn

FEW, MANY = 100, 100_000
"""Stored conversations of two turns each."""
_TURNS = 40
_AT_ONCE = 2_000


def fill(store: ConversationStore, start: int, end: int) -> None:
    """Conversations made by writing their rows, which Rasa would take hours for."""
    events = _events_of_one()
    for first in range(start, end, _AT_ONCE):
        rows = [
            {**event, "sender_id": f"ancienne-{number}"}
            for number in range(first, min(end, first + _AT_ONCE))
            for event in events
        ]
        with store.engine.begin() as connection:
            connection.execute(sa.insert(EVENTS), rows)


def _events_of_one() -> list[dict[str, object]]:
    said = [*turn("combien dure la formation ?"), *turn("et à mi-temps ?", 0.5)]
    return [
        {
            "type_name": event.type_name,
            "timestamp": 1_700_000_000.0 + number,
            "intent_name": None,
            "action_name": None,
            "data": json.dumps(event.as_dict()),
        }
        for number, event in enumerate(said)
    ]


async def _turns(store: ConversationStore, sender: str) -> float:
    took = []
    for number in range(_TURNS):
        began = time.monotonic()
        await say(store, sender, f"question {number}")
        took.append(time.monotonic() - began)
    return statistics.median(took)


def seconds_of_a_turn(many: int = MANY) -> tuple[float, float]:
    """Median of reading and writing, with FEW conversations in the store, then with `many`."""
    with tempfile.TemporaryDirectory(prefix="am-") as folder:
        store = open_store(StoreSettings(data=Path(folder)))
        # The first turn makes the tables.
        asyncio.run(say(store, "premiere", "bonjour"))
        fill(store, 0, FEW)
        few = asyncio.run(_turns(store, "avant"))
        fill(store, FEW, many)
        return few, asyncio.run(_turns(store, "apres"))


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    few, full = seconds_of_a_turn(many)
    print(f"{FEW} conversations : {few * 1000:.1f} ms ; {many} : {full * 1000:.1f} ms")


if __name__ == "__main__":
    main()
