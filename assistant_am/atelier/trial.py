"""« Essayer »: a conversation on the draft, in process; nothing of it is kept or counted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from assistant_am.assistant import Assistant, Conversation
from assistant_am.atelier.markup import html_of
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.world import World
from assistant_am.evaluation.explained import Explained, in_french
from assistant_am.evaluation.observed import observe
from assistant_am.rendering.blocks import Suggestion
from assistant_am.understanding.listener import Listener

MOST_TURNS = 40
LONGEST_MESSAGE = 1000
_ANSWER = "  réponse :"


@dataclass(frozen=True)
class Said:
    """One turn as the page shows it."""

    message: str
    answer: Markup
    text: str
    buttons: tuple[Suggestion, ...]
    why: tuple[str, ...]
    """What was understood, from which words, and which rule answered."""
    subjects: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass
class Trial:
    """One person's trial: what was said, and what the assistant remembers of it."""

    turns: list[Said] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)


class Trials:
    """Answers trials; the reading is loaded at the first one, or before by `prepare`."""

    def __init__(self, world: Callable[[], World], listener: Callable[[], Listener]) -> None:
        self._world = world
        self._make = listener
        self._listener: Listener | None = None
        self._lock = threading.Lock()

    def prepare(self) -> Listener:
        """Load the reading. Raises what loading raises."""
        with self._lock:
            if self._listener is None:
                self._listener = self._make()
            return self._listener

    def candidates(self, text: str) -> list[str]:
        """The fiches that a message, alone, is most like. Raises what loading raises."""
        meaning = Assistant(self._world(), self.prepare()).conversation().say(text).meaning
        return [label for each in meaning.requests for label, _ in each.ranking]

    def forget(self) -> None:
        """The reading is another one now: the next trial loads it."""
        with self._lock:
            self._listener = None

    def say(self, trial: Trial, message: str) -> Said:
        """Answer on the draft as it is now. Raises what loading raises."""
        world = self._world()
        assistant = Assistant(world, self.prepare())
        conversation = Conversation(assistant, trial.memory)
        turn = conversation.say(message[:LONGEST_MESSAGE])
        observed = observe(world, "essai", len(trial.turns) + 1, turn)
        explained = Explained(message, turn, trial.memory, observed)
        reply = turn.response.reply
        said = Said(
            message,
            html_of(reply.blocks),
            turn.text,
            reply.buttons(),
            tuple(_reasons(explained)),
            tuple(each for each in turn.response.subjects if each in world.knowledge.fiches),
            tuple(turn.response.memory.cited.get("sources", ())),
        )
        trial.memory = conversation.memory
        trial.turns = [*trial.turns, said][-MOST_TURNS:]
        return said


def _reasons(explained: Explained) -> list[str]:
    """What `explain` prints, without the message and the answer: they are in sight."""
    lines = in_french(explained).splitlines()[1:]
    return [line.strip() for line in lines[: lines.index(_ANSWER)]]
