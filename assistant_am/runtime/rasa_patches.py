"""What we change inside Rasa 3.6.21, each with its reason and what it gains.

`tests/runtime/test_rasa_patches.py` fails when the source of a patched function changes: read
the new one, then decide again. Measures: docs/decisions/0007, 2 cores.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache, lru_cache
from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import ActionSessionStart, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from assistant_am.runtime.fair_queue import ASKER, FairQueue

LONGEST_SESSION = 500
"""Events after which a conversation begins a new session: about 100 turns."""

ORIGINALS = {
    "resolve_by_type": Event.resolve_by_type,
    "_validate_action_result": RemoteAction._validate_action_result,
    "_create_tracker_store": Agent._create_tracker_store,
    "_has_session_expired": MessageProcessor._has_session_expired,
    "_slot_set_events_from_tracker": ActionSessionStart._slot_set_events_from_tracker,
    "parse_message": MessageProcessor.parse_message,
}
"""Rasa's own functions, as they were before `apply`."""


def apply() -> None:
    """Put the patches in place; harmless when done before."""
    Event.resolve_by_type = staticmethod(_resolve_cached)
    RemoteAction._validate_action_result = _validate_action_result
    Agent._create_tracker_store = staticmethod(_tracker_store_itself)
    MessageProcessor._has_session_expired = _has_session_expired
    ActionSessionStart._slot_set_events_from_tracker = staticmethod(_last_value_of_each_slot)
    MessageProcessor.parse_message = _parse_message


# One thread: the components of a model were never meant to be used by two.
_understanding = ThreadPoolExecutor(1, thread_name_prefix="comprehension")
_readers = FairQueue()


@lru_cache(maxsize=256)
def _resolve_cached(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Rasa walks all subclasses of Event for each stored event."""
    resolved: type[Event] | None = ORIGINALS["resolve_by_type"](type_name, default)
    return resolved


@cache
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa checks and builds the same schema again for each answer of the action server."""
    error = best_match(_validator().iter_errors(result))
    if error is not None:
        raise error
    return True


def _tracker_store_itself(store: TrackerStore | None, domain: Domain) -> TrackerStore:
    """Rasa wraps the store in FailSafeTrackerStore.

    That runs a turn on an empty conversation when loading failed, and keeps what could not be
    saved in a memory that nobody reads. Ours raises instead.
    """
    if store is None:
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store


def _has_session_expired(self: MessageProcessor, tracker: DialogueStateTracker) -> bool:
    """Every turn loads, replays and sends to the action server the whole session.

    Slots pass to the new one, so nobody notices.
    """
    if ORIGINALS["_has_session_expired"](self, tracker):
        return True
    events = 0
    for event in reversed(tracker.events):
        if isinstance(event, SessionStarted):
            break
        events += 1
    return events >= LONGEST_SESSION


def _last_value_of_each_slot(tracker: DialogueStateTracker) -> list[SlotSet]:
    """Rasa repeats in a new session every value that each slot had in the last one.

    The repetitions are repeated in their turn: once they reach `LONGEST_SESSION`, every turn opens
    a session and writes all of them again.
    """
    last = {event.key: event for event in tracker.applied_events() if isinstance(event, SlotSet)}
    return [SlotSet(event.key, event.value, metadata=event.metadata) for event in last.values()]


async def _parse_message(
    self: MessageProcessor, message: UserMessage, *arguments: Any, **options: Any
) -> Any:
    """Understanding takes a tenth of a second, during which Rasa reads no other request.

    So an emergency would wait, and messages sent to two processes would be taken out of order.
    Whoever sends many waits behind those who sent one.
    """
    if self.http_interpreter:
        return await ORIGINALS["parse_message"](self, message, *arguments, **options)
    loop = asyncio.get_running_loop()
    async with _readers.place(ASKER.get() or message.sender_id):
        parsing = ORIGINALS["parse_message"](self, message, *arguments, **options)
        context = copy_context()
        return await loop.run_in_executor(_understanding, context.run, _completed, parsing)


def _completed(coroutine: Any) -> Any:
    """The result of a coroutine that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise RuntimeError("parse_message attend quelque chose : lisez la nouvelle version de Rasa.")
