"""Deletes what has been kept long enough, whole conversations only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from assistant_am.channels.web.feedback import Feedback
from assistant_am.operations.conversations import Conversations

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Purged:
    """How much was deleted, or would be."""

    conversations: int
    opinions: int
    repetitions: int
    """Events that older versions wrote again and again in one conversation."""


def purge(
    conversations: Conversations,
    feedback: Feedback,
    days: int,
    now: datetime.datetime,
    *,
    rehearsal: bool = False,
) -> Purged:
    """Delete the conversations whose last event is more than `days` old, and old opinions.

    A conversation is deleted whole or stays whole: what is left of half a one would be read
    wrongly at its next turn. Those that stay are lightened. A rehearsal
    only counts. Raises DatabaseError, sqlite3.Error.
    """
    limit = now.timestamp() - days * _SECONDS_A_DAY
    today = now.astimezone(datetime.timezone.utc).date()
    if rehearsal:
        idle = set(conversations.idle_since(limit))
        opinions = [
            each
            for each in feedback.all()
            if each.conversation in idle or feedback.is_old(each, today)
        ]
        return Purged(len(idle), len(opinions), conversations.lighten(rehearsal=True))
    deleted = conversations.delete_idle(limit)
    conversations.delete_letters(now.timestamp())
    forgotten = feedback.delete(deleted) + feedback.delete_old(today)
    return Purged(len(deleted), forgotten, conversations.lighten())
