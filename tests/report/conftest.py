"""Conversations as Rasa stores them, and the report on them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant_am.channels.web.feedback import Feedback
from assistant_am.meaning import Emergency, Meaning, Request, Trust
from assistant_am.operations.conversations import Conversations
from assistant_am.operations.project import Project
from assistant_am.operations.report import write as module
from assistant_am.operations.report.write import Found, gather
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import EVENTS, open_engine, writing

TODAY = datetime.date(2026, 11, 22)
SECRET = b"s" * 40


class Told:
    """Writes turns into a database, as the bot does."""

    def __init__(self, settings: StoreSettings) -> None:
        self.conversations = Conversations.open(settings)
        self._engine = writing(open_engine(settings))

    def turn(
        self,
        conversation: str,
        text: str,
        label: str = "duree_formation",
        trust: Trust = "sur",
        *,
        days_ago: float = 1,
        message: str = "m1",
        answered: bool = True,
        said: dict[str, Any] | None = None,
        thread: dict[str, Any] | None = None,
        emergency: Emergency | None = None,
        meaning: Meaning | None = None,
        parsed: dict[str, Any] | None = None,
    ) -> None:
        noon = datetime.datetime.combine(TODAY, datetime.time(12))
        time = noon.timestamp() - days_ago * 86_400
        request = Request(label, 0.9, trust, ((label, 0.9),))
        meaning = meaning or Meaning(text, (request,), emergency=emergency)
        events: list[dict[str, Any]] = [
            {
                "event": "user",
                "text": text,
                "message_id": message,
                "input_channel": "web",
                "parse_data": parsed or {"sens": meaning.to_json()},
            }
        ]
        if answered:
            events.append({"event": "bot", "text": "…", "metadata": said or {"bande": trust}})
            events.append({"event": "slot", "name": "fil", "value": thread or {}})
        rows = [
            {
                "sender_id": conversation,
                "type_name": event["event"],
                "timestamp": time,
                "data": json.dumps({**event, "timestamp": time}),
            }
            for event in events
        ]
        with self._engine.begin() as connection:
            connection.execute(EVENTS.insert(), rows)


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(StoreSettings(data=tmp_path))


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Knowledge and training sentences take three seconds to read, and no test changes them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "load_world", cache(module.load_world))
        patch.setattr(module, "read_sentences", cache(module.read_sentences))
        sentences = module.read_sentences(Project.here().root / "data" / "nlu")
        frequent = module.frequent_words(sentence.text for sentence in sentences)
        patch.setattr(module, "frequent_words", lambda _: frequent)
        yield


@pytest.fixture
def found(told: Told, tmp_path: Path) -> Callable[..., Found]:
    def gathered(weeks: int = 5) -> Found:
        feedback = Feedback(tmp_path, 30)
        return gather(Project.here(), told.conversations, feedback, SECRET, TODAY, weeks)

    return gathered
