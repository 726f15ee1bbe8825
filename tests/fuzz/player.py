"""One conversation in process, with the real answers; how its messages are read is drawn."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.respond import FORGETS_AFTER, Response, respond
from assistant_am.dialogue.world import World
from assistant_am.meaning import NO_CONTEXT, Context, Entity, Meaning, Request
from assistant_am.understanding.lexicon import Lexicon
from assistant_am.understanding.listener import Listener
from tests.fuzz.messages import Reading

TODAY = datetime.date(2026, 11, 22)


class Player:
    """`said` are the messages so far: what a failure shows."""

    def __init__(self, world: World, lexicon: Lexicon) -> None:
        self._world = world
        # Stands where the trained reader does: values and emergencies are heard for real.
        self._listener = Listener(self, lexicon.values, lexicon.emergencies, lexicon.courtesy)
        self._reading: Reading | None = None
        self.memory = Memory()
        self.said: list[str] = []
        self.response: Response | None = None

    def say(self, text: str, reading: Reading, idle_seconds: float = 0) -> Response:
        """One turn; the memory goes through JSON, as it does in Rasa."""
        self.said.append(text)
        self._reading = reading
        context = NO_CONTEXT if idle_seconds > FORGETS_AFTER else self.memory.context
        meaning = self._listener.hear(text, context, TODAY)
        meaning = Meaning.from_json(json.loads(json.dumps(meaning.to_json())))
        memory = Memory.from_slots(json.loads(json.dumps(self.memory.to_slots())))
        self.response = respond(replace(self._world, today=TODAY), meaning, memory, idle_seconds)
        self.memory = self.response.memory
        return self.response

    def turn(self, what: str | int, reading: Reading, idle_seconds: float = 0) -> Response:
        """Say a text, or press one of the buttons shown (« bonjour » when there is none)."""
        if isinstance(what, int):
            buttons = self.response.reply.buttons() if self.response else ()
            what = buttons[what % len(buttons)].say if buttons else "bonjour"
        return self.say(what, reading, idle_seconds)

    def own(self, text: str, entity: Entity) -> bool:
        """Every value read is said of the person."""
        return True

    def read(self, text: str, context: Context, bare: str = "") -> Meaning:
        """What the listener asks its reader."""
        drawn = self._reading
        assert drawn is not None
        label, trust = drawn.first
        names = dict.fromkeys((label, *drawn.others))
        ranking = tuple((name, drawn.probability / 2**i) for i, name in enumerate(names))
        requests = [Request(label, drawn.probability, trust, ranking, text)]
        if drawn.second:
            half = len(text) // 2
            first = replace(requests[0], text=text[:half], end=half)
            second = Request(
                drawn.second, drawn.probability, "sur", (), text[half:], half, len(text)
            )
            requests = [first, second]
        return Meaning(text, tuple(requests), hypothesis=drawn.supposes, other=drawn.other,
                       follows=drawn.follows)  # fmt: skip
