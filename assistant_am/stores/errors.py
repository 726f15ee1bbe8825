"""What the stores raise: the channels turn each into the incident's sentence."""

from __future__ import annotations

from rasa.shared.exceptions import RasaException


class StoreError(RasaException):
    """A conversation could not be read or written; the text holds nothing of it."""


class DatabaseFileGone(StoreError):
    """The file of conversations was deleted, moved or replaced while it was in use."""


class ConversationChanged(StoreError):
    """Somebody else wrote to the conversation while this turn was running: nothing was stored."""
