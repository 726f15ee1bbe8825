"""The real knowledge and a reader that hears what a test tells it: no trained model is needed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from assistant_am.assistant import Assistant
from assistant_am.dialogue.world import World, load_world
from assistant_am.meaning import Emergency, Entity, Meaning, Request

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 30)


class Heard:
    """Hears each message as it was told to, others as what only tells something."""

    def __init__(self) -> None:
        self._known: dict[str, Meaning] = {}

    def tell(
        self,
        text: str,
        *requests: tuple[str, str],
        values: dict[str, object] | None = None,
        denied: dict[str, object] | None = None,
        emergency: Emergency | None = None,
        **kinds: float,
    ) -> None:
        """`requests` are (label, trust)."""
        entities = [Entity(slot, value, 0, len(text)) for slot, value in (values or {}).items()]
        entities += [
            Entity(slot, value, 0, len(text), denied=True) for slot, value in (denied or {}).items()
        ]
        asked = tuple(
            Request(label, 0.9, trust, ((label, 0.9), ("casier_judiciaire", 0.05)))
            for label, trust in requests or [("aucune", "sur")]
        )
        self._known[text] = Meaning(text, asked, tuple(entities), emergency, **kinds)

    def hear(self, text: str, *before: object) -> Meaning:
        if text not in self._known:
            self.tell(text)
        return self._known[text]


@pytest.fixture(scope="session")
def world() -> World:
    return load_world(ROOT / "knowledge", TODAY)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def assistant(world: World, heard: Heard) -> Assistant:
    return Assistant(world, heard, TODAY)
