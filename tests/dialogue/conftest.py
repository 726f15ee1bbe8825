"""A conversation without Rasa: the intent is given, the values are read for real."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.respond import respond
from assistant_am.dialogue.world import World, load_world
from assistant_am.meaning import Emergency, Meaning, Request
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
        # Of the words only what they mean is given here: said again, they count as others.
        self.same_words = False
        self.reply = Reply(())

    def say(
        self,
        text: str,
        intent: str = "",
        trust: str = "sur",
        *,
        emergency: Emergency | None = None,
        follows: bool | None = None,
        hypothesis: bool = False,
        other: bool = False,
    ) -> str:
        """The answer as text; without intent, the message is taken to tell something and to lean on
        what came before."""
        label = self._label(intent) if intent else "aucune"
        return self.hear(
            Meaning(
                text,
                (Request(label, 0.9, trust, ((label, 0.9),)),),
                tuple(self._reader.read(text)),
                emergency,
                hypothesis=float(hypothesis),
                other=float(other),
                follows=float(not intent if follows is None else follows),
            )
        )

    def doubt(self, text: str, intent: str) -> str:
        """The answer to a follow-up whose reading is in doubt."""
        label = self._label(intent)
        request = Request(label, 0.4, "sur", ((label, 0.4),))
        return self.hear(Meaning(text, (request,), tuple(self._reader.read(text)), follows=1.0))

    def say_several(self, text: str, *asked: tuple[str, str]) -> str:
        """A message with several questions, as (text, intent)."""
        requests = tuple(
            Request(self._label(intent), 0.9, "sur", text=part) for part, intent in asked
        )
        return self.hear(Meaning(text, requests, tuple(self._reader.read(text))))

    def hear(self, meaning: Meaning) -> str:
        """The answer to what was understood of a message."""
        self.memory = Memory.from_slots(self.memory.to_slots())
        if not self.same_words:
            self.memory = replace(self.memory, message="")
        self.response = respond(self._world, meaning, self.memory)
        self.reply, self.memory = self.response.reply, self.response.memory
        return as_text(self.reply.blocks).replace("\u00a0", " ")

    def _label(self, intent: str) -> str:
        return self._world.fiche_by_intent.get(intent, intent)

    @property
    def buttons(self) -> list[str]:
        return [button.title for button in self.reply.buttons()]


@pytest.fixture
def talk(world: World, reader: Reader) -> Talk:
    return Talk(world, reader)


@pytest.fixture
def new_talk(world: World, reader: Reader) -> Callable[[], Talk]:
    return lambda: Talk(world, reader)
