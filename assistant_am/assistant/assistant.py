"""The in-process entry that tests, `explain` and the evaluation use."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.respond import FORGETS_AFTER, Response, respond
from assistant_am.dialogue.world import World
from assistant_am.meaning import Meaning
from assistant_am.rendering.blocks import as_text
from assistant_am.understanding.listener import Listener


@dataclass(frozen=True)
class Turn:
    """What was heard of a message, and what was answered."""

    meaning: Meaning
    response: Response

    @property
    def text(self) -> str:
        """The answer as plain text."""
        return as_text(self.response.reply.blocks)


class Assistant:
    """The knowledge and the reading; `today` fixes the day, for tests."""

    def __init__(
        self, world: World, listener: Listener, today: datetime.date | None = None
    ) -> None:
        self.world = world
        self.listener = listener
        self._today = today

    def conversation(self) -> Conversation:
        """A new conversation, with nothing said yet."""
        return Conversation(self)

    def today(self) -> datetime.date:
        return self._today or datetime.date.today()


class Conversation:
    """One person's turns, in order. `memory` may be kept and put back: it is plain data."""

    def __init__(self, assistant: Assistant, memory: Memory | None = None) -> None:
        self._assistant = assistant
        self.memory = memory or Memory()

    def say(self, text: str, idle_seconds: float = 0) -> Turn:
        """Answer a message said `idle_seconds` after the one before."""
        assistant = self._assistant
        today = assistant.today()
        memory = self.memory if idle_seconds <= FORGETS_AFTER else Memory()
        meaning = assistant.listener.hear(text, memory.context, today)
        world = replace(assistant.world, today=today)
        response = respond(world, meaning, self.memory, idle_seconds)
        self.memory = Memory.from_slots(response.memory.to_slots())
        return Turn(meaning, response)
