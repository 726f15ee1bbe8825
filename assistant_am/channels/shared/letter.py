"""What a service's channel hands to the desk, and gets back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant_am.channels.shared.incoming import Incoming
from assistant_am.channels.shared.outbox import Sending
from assistant_am.channels.shared.rendering import Rendered
from assistant_am.channels.shared.styles import Style
from assistant_am.channels.shared.turn import Json


@dataclass(frozen=True)
class Button:
    """A choice as a service shows it: `key` is what comes back when it is pressed."""

    key: str
    title: str


@dataclass(frozen=True)
class Letter:
    """A message with the way to answer it."""

    incoming: Incoming
    style: Style
    reply: Callable[[Rendered, Sequence[Button]], Sequence[Sending]]
    """Makes the calls that show an answer to the person who wrote."""
    address: Json
    """What the channel needs to make `reply` again after a restart."""

    @property
    def conversation(self) -> str:
        return self.incoming.conversation
