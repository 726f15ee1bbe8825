"""One turn with Rasa: the message in, blocks and buttons out, nothing after an incident."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from assistant_am.channels.shared.private import ERASURE
from assistant_am.rendering.blocks import Suggestion, text_blocks
from assistant_am.runtime.quiet_logs import log_failure
from assistant_am.stores.once import BAND, INCIDENT

logger = logging.getLogger(__name__)

Json = dict[str, Any]
Handler = Callable[[UserMessage], Awaitable[Any]]
"""What Rasa gives its channels."""

LONGEST_TURN = 120
"""Seconds after which a turn is given up; Rasa alone would wait five minutes for the actions."""


class Collector(OutputChannel):
    """Gathers the blocks and buttons of one turn.

    Our actions send `blocs` (and `question`) beside the text; a message without them, of Rasa's
    own or of an incident, becomes paragraphs.
    """

    def __init__(self) -> None:
        self.blocks: list[Json] = []
        self.buttons: list[Suggestion] = []
        self.question = False
        self.failed = False
        """The action said that it could not answer."""
        self.erased = False
        """The conversation was erased in this turn (private.py)."""

    @classmethod
    def name(cls) -> str:
        """Rasa asks only for answers that depend on the channel; ours never do."""
        return "assistant_am"

    async def send_response(self, recipient_id: str, message: Json) -> None:
        """Rasa calls this for each message of the bot."""
        self.failed = self.failed or message.get(BAND) == INCIDENT
        blocks = message.get("blocs") or _plain(message)
        self.blocks += [block for block in blocks if isinstance(block, dict)]
        for button in message.get("buttons") or ():
            title = str(button.get("title") or "")
            say = str(button.get("payload") or title)
            if title:
                self.buttons.append(Suggestion(title, say))
        self.question = self.question or bool(message.get("question"))
        self.erased = self.erased or bool(message.get(ERASURE))


async def run_turn(
    handler: Handler, channel: str, conversation: str, message: str, text: str, *, welcomed: bool
) -> Collector | None:
    """What Rasa says to a cleaned text; None after an incident, which is logged. Never raises.

    `welcomed`: the channel has said that this is an automaton, no need to say it twice.
    """
    said = Collector()
    try:
        await asyncio.wait_for(
            handler(
                UserMessage(
                    text,
                    said,
                    conversation,
                    input_channel=channel,
                    message_id=message,
                    metadata={"accueil_lu": True} if welcomed else {},
                )
            ),
            LONGEST_TURN,
        )
    except Exception as error:
        log_failure(logger, "Tour interrompu", error)
        return None
    if said.failed or not said.blocks:
        # Nothing is how Rasa shows every failure: action server away, no model, lock lost.
        logger.error("Tour sans réponse : lisez les messages qui précèdent.")
        return None
    return said


def _plain(message: Json) -> list[Json]:
    blocks = [block.as_json() for block in text_blocks(message.get("text") or "")]
    image = message.get("image")
    if image:
        blocks.append({"type": "image", "url": image, "alternative": "", "grande": image})
    return blocks
