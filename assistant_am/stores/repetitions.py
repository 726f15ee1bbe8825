"""Slots that were written again and again, each time a long conversation opened a session.

Versions before `runtime/rasa_patches.py` kept only the last value of each wrote millions of them.
A session opened with the last values alone is the same one.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from assistant_am.stores.database import EVENTS, lock_conversation, writing

_HARMLESS = 500
"""Slots that a conversation may have without being looked at: a few days of ordinary talk."""
_BATCH = 2_000
"""Rows looked at in one transaction: a running assistant waits for it at most."""


def grown_conversations(connection: Connection) -> list[str]:
    """Those that may hold repetitions."""
    query = (
        sa.select(EVENTS.c.sender_id)
        .where(EVENTS.c.type_name == "slot")
        .group_by(EVENTS.c.sender_id)
        .having(sa.func.count() > _HARMLESS)
    )
    return sorted(connection.execute(query).scalars())


def drop_repetitions(engine: Engine, conversation: str, *, rehearsal: bool = False) -> int:
    """Delete the values that a later one replaces in the same opening; returns how many."""
    opening: dict[str, int] | None = None
    dropped, last = 0, 0
    while True:
        with (engine if rehearsal else writing(engine)).begin() as connection:
            lock_conversation(connection, conversation)
            rows = connection.execute(_batch(conversation, last)).all()
            if not rows:
                return dropped
            replaced = []
            for row in rows:
                if row.type_name == "session_started":
                    opening = {}
                elif row.type_name != "slot":
                    opening = None
                elif opening is not None:
                    if row.action_name in opening:
                        replaced.append(opening[row.action_name])
                    opening[row.action_name] = row.id
            if replaced and not rehearsal:
                connection.execute(EVENTS.delete().where(EVENTS.c.id.in_(replaced)))
            dropped += len(replaced)
            last = rows[-1].id


def _batch(conversation: str, last: int) -> sa.sql.Select:
    """The next rows; Rasa's table has the name of a slot in `action_name`."""
    return (
        sa.select(EVENTS.c.id, EVENTS.c.type_name, EVENTS.c.action_name)
        .where(EVENTS.c.sender_id == conversation, EVENTS.c.id > last)
        .order_by(EVENTS.c.id)
        .limit(_BATCH)
    )
