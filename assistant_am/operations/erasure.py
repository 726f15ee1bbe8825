"""Deletes what is kept of given conversations, when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant_am.channels.web.feedback import Feedback
from assistant_am.operations.conversations import Conversations


@dataclass(frozen=True)
class Forgotten:
    """What one conversation had: events (five for a turn, about) and opinions."""

    conversation: str
    events: int
    opinions: int

    @property
    def known(self) -> bool:
        return bool(self.events or self.opinions)


def forget(
    conversations: Conversations,
    feedback: Feedback,
    names: Iterable[str],
    *,
    rehearsal: bool = False,
) -> list[Forgotten]:
    """Delete these conversations and their opinions; returns what each had, unknown ones as well.

    A rehearsal only counts. Raises DatabaseError, sqlite3.Error.
    """
    names = list(dict.fromkeys(names))
    opinions = feedback.all()
    found = [
        Forgotten(
            name,
            conversations.size(name),
            sum(opinion.conversation == name for opinion in opinions),
        )
        for name in names
    ]
    if not rehearsal:
        known = [each.conversation for each in found if each.known]
        conversations.delete(known)
        feedback.delete(known)
    return found
