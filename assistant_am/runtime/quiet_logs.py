"""Keeps what people write out of the logs, at every level."""

from __future__ import annotations

import logging
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

MASK = "(masqué)"
# What Rasa's structured log says of a message without quoting it.
_HARMLESS = frozenset({"event", "event_info", "event_key", "level", "action_name", "timestamp"})


def keep_messages_out_of_logs() -> None:
    """Mask the values of Rasa's structured log; idempotent.

    Rasa's own hook for this (`get_anonymization_pipeline`) also makes it load each conversation
    once more a turn. The list is changed in place: loggers that were used already hold it.
    """
    processors = structlog.get_config()["processors"]
    if _mask not in processors:
        processors.insert(0, _mask)


def log_failure(logger: logging.Logger, what: str, error: BaseException) -> None:
    """Log an unexpected error by its kind and place; its text may quote what a person wrote."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s : %s\n%s", what, type(error).__name__, frames)


def _mask(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    # A traceback of structlog shows the values of local variables.
    event.pop("exc_info", None)
    for key, value in event.items():
        if key not in _HARMLESS and not isinstance(value, (int, float)):
            event[key] = MASK
    return event
