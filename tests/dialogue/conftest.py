"""A conversation without Rasa: the intent is given, the values are read for real."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.respond import respond
from assistant_am.dialogue.turn import Segment, Turn
from assistant_am.dialogue.world import World, load_world
from assistant_am.reading.situation import Reader
from assistant_am.rendering.blocks import Reply, as_text

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="session")
def world() -> World:
    return load_world(ROOT / "knowledge", TODAY)


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(yaml.safe_load((ROOT / "knowledge/lexique/entites.yml").read_text("utf-8")))


class Talk:
    """Says things in one conversation; slots travel as they would through Rasa, as JSON."""

    def __init__(self, world: World, reader: Reader) -> None:
        self._world = world
        self._reader = reader
        self.memory = Memory()
        self.reply = Reply(())

    def say(
        self, text: str, intent: str = "", band: str = "sur", emergency: str | None = None
    ) -> str:
        """The answer as text; without intent, the classifier is taken to understand nothing."""
        segment = Segment(text, intent, 0.9 if intent else 0.05, band if intent else "incompris")
        return self._hear(Turn(text, (segment,), tuple(self._reader.read(text)), emergency))

    def say_several(self, text: str, *asked: tuple[str, str]) -> str:
        """A message with several questions, as (text, intent)."""
        segments = tuple(Segment(part, intent, 0.9) for part, intent in asked)
        return self._hear(Turn(text, segments, tuple(self._reader.read(text))))

    def _hear(self, turn: Turn) -> str:
        self.memory = Memory.from_slots(self.memory.to_slots())
        self.reply, self.memory = respond(self._world, turn, self.memory)
        return as_text(self.reply.blocks).replace("\u00a0", " ")

    @property
    def buttons(self) -> list[str]:
        return [button.title for button in self.reply.buttons()]


@pytest.fixture
def talk(world: World, reader: Reader) -> Talk:
    return Talk(world, reader)


@pytest.fixture
def new_talk(world: World, reader: Reader) -> Callable[[], Talk]:
    return lambda: Talk(world, reader)
