"""A message that comes twice is answered twice and done once, whichever process gets it.

Its answer stands in the conversation, beside its id. Looking for it costs nothing: the
conversation is loaded for the turn anyway, behind the lock. So no other memory is needed for
late answers and duplicates to survive a restart, or to reach another process.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

BAND, INCIDENT = "bande", "incident"
"""Key, on a bot's message, of how the turn ended, and its value when our action failed."""
Handler = Callable[[UserMessage], Awaitable[Any]]
_current: ContextVar[str | None] = ContextVar("message_id", default=None)


class AlreadyAnswered(Exception):
    """The message was answered before; `messages` are what the bot said, as channels get them."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        super().__init__("message déjà traité")
        self.messages = messages


def answering_once(handler: Handler) -> Handler:
    """Rasa's handler, which says again what was said to a message with an id that is known.

    For channels whose ids come from the sender: Rasa makes one of its own for a message without.
    """

    async def handle(message: UserMessage) -> Any:
        token = _current.set(message.message_id)
        try:
            return await handler(message)
        except AlreadyAnswered as known:
            for said in known.messages:
                await message.output_channel.send_response(message.sender_id, said)
            return None
        finally:
            _current.reset(token)

    return handle


def refuse_known(tracker: DialogueStateTracker) -> None:
    """Raise AlreadyAnswered when the message being handled is in the conversation, with an answer.

    Without one, its action failed: it is worth another try.
    """
    wanted = _current.get()
    if wanted is None:
        return
    said: list[dict[str, Any]] | None = None
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if said:
                break
            said = [] if event.message_id == wanted else None
        elif said is not None and isinstance(event, BotUttered):
            said.append(event.message())
    if said:
        raise AlreadyAnswered(said)


def is_incident(event: Event) -> bool:
    """What our action says when it failed is no answer: the same message deserves another try."""
    return isinstance(event, BotUttered) and event.metadata.get(BAND) == INCIDENT
