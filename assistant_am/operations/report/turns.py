"""Stored conversations read as turns: what was asked, how it was read, what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant_am.dialogue.acts import ACTS
from assistant_am.dialogue.memory import THREAD_SLOT
from assistant_am.dialogue.requests import ANSWERS, NOT_COVERED, TELLS
from assistant_am.meaning import Meaning
from assistant_am.operations.conversations import Conversation
from assistant_am.operations.supervise import CANARY_SENDER

INCIDENT = "incident"
NOT_UNDERSTOOD = ("incompris", "hors_sujet")
_SURE = "sur"
_MEANING = "sens"
_NO_SUBJECT = ACTS | {TELLS, ANSWERS, NOT_COVERED}


@dataclass(frozen=True)
class Question:
    """One request of a message: its subject or act, and the trust in its reading."""

    text: str
    label: str
    trust: str

    @property
    def is_missed(self) -> bool:
        return self.trust in NOT_UNDERSTOOD

    @property
    def is_uncovered(self) -> bool:
        """Understood, of our field, and no fiche says it."""
        return self.trust == _SURE and self.label == NOT_COVERED

    @property
    def has_subject(self) -> bool:
        return self.trust == _SURE and self.label not in _NO_SUBJECT


@dataclass(frozen=True)
class Asked:
    """One message of a person. `subject` is the fiche that answered it, None when none did;
    `emergency` when the numbers alone were the answer."""

    conversation: str
    message: str
    channel: str
    day: datetime.date
    questions: tuple[Question, ...]
    emergency: bool
    incident: bool
    subject: str | None
    answer: str
    """What the assistant said, its messages one below the other."""


@dataclass(frozen=True)
class Talk:
    """One conversation. `left_at` is the input it was asked for last, in an unfinished estimate."""

    id: str
    asked: tuple[Asked, ...]
    left_at: str | None


def read_talks(conversations: Iterable[Conversation], start: datetime.date) -> list[Talk]:
    """The conversations of persons, with their messages since this day."""
    talks = []
    for conversation in conversations:
        if not conversation.id.startswith(CANARY_SENDER):
            talk = _talk(conversation, start)
            if talk.asked:
                talks.append(talk)
    return talks


def _talk(conversation: Conversation, start: datetime.date) -> Talk:
    thread: dict[str, Any] = {}
    asked = []
    for message, answers in _exchanges(conversation.events):
        for event in answers:
            if event.get("event") == "slot" and event.get("name") == THREAD_SLOT:
                thread = event.get("value") or {}
        one = _asked(conversation.id, message, answers, thread)
        if one.day >= start:
            asked.append(one)
    left = thread.get("question") if thread.get("guide") else None
    return Talk(conversation.id, tuple(asked), left)


def _exchanges(events: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Each message with the events up to the next one."""
    message: dict[str, Any] | None = None
    answers: list[dict[str, Any]] = []
    for event in events:
        if event.get("event") == "user":
            if message is not None:
                yield message, answers
            message, answers = event, []
        else:
            answers.append(event)
    if message is not None:
        yield message, answers


def _asked(
    conversation: str, message: dict[str, Any], answers: list[Any], thread: dict[str, Any]
) -> Asked:
    parsed = message.get("parse_data") or {}
    meaning = Meaning.from_json(parsed[_MEANING]) if parsed.get(_MEANING) else None
    questions = tuple(_questions(meaning)) if meaning else ()
    said = [event for event in answers if event.get("event") == "bot"]
    incident = not said or any((e.get("metadata") or {}).get("bande") == INCIDENT for e in said)
    emergency = bool(meaning and meaning.emergency and meaning.emergency.plain)
    answered = any(question.has_subject for question in questions)
    return Asked(
        conversation=conversation,
        message=str(message.get("message_id") or ""),
        channel=str(message.get("input_channel") or ""),
        day=datetime.datetime.fromtimestamp(message["timestamp"]).date(),
        questions=questions,
        emergency=emergency,
        incident=incident,
        subject=thread.get("sujet") if answered and not incident and not emergency else None,
        answer="\n".join(str(event.get("text") or "") for event in said),
    )


def _questions(meaning: Meaning) -> Iterator[Question]:
    for request in meaning.requests:
        yield Question(request.text or meaning.text, request.label, request.trust)
