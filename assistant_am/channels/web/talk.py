"""One turn with Rasa: the message in, the answer out, an incident's sentence when none comes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from assistant_am.channels.web.answer import NAME, Answers, Collector, Json
from assistant_am.dialogue.smalltalk import starters
from assistant_am.dialogue.world import World
from assistant_am.rendering.blocks import Suggestion, text_blocks
from assistant_am.runtime.quiet_logs import log_failure

logger = logging.getLogger(__name__)

LONGEST_TURN = 120
"""Seconds after which a turn is given up; Rasa alone would wait five minutes for the actions."""
_WELCOME = "accueil"
_RETRY = "Réessayer"


class Talk:
    """Passes messages to Rasa; `handler` is what Rasa gives its channels."""

    def __init__(
        self, handler: Callable[[UserMessage], Awaitable[Any]], answers: Answers, world: World
    ) -> None:
        self._handler = handler
        self._answers = answers
        self._world = world

    def welcome(self, conversation: str) -> Json:
        """Who speaks, and four ways to begin; no turn of Rasa's."""
        blocks = [block.as_json() for block in text_blocks(self._world.phrase("accueil"))]
        return self._answers.make(conversation, _WELCOME, blocks, starters(self._world))

    def alert(self, conversation: str, message: str, block: Json) -> Json:
        return self._answers.make(conversation, message, [block])

    async def turn(self, conversation: str, message: str, text: str) -> Json:
        """Rasa's answer to a cleaned text; never raises."""
        collector = Collector()
        try:
            await asyncio.wait_for(
                self._handler(
                    UserMessage(
                        text,
                        collector,
                        conversation,
                        input_channel=NAME,
                        message_id=message,
                        # The welcome said that this is an automaton: no need to say it twice.
                        metadata={"accueil_lu": True},
                    )
                ),
                LONGEST_TURN,
            )
        except Exception as error:
            log_failure(logger, "Tour interrompu", error)
            return self._incident(conversation, message, text)
        if not collector.blocks:
            # Rasa shows every failure this way: action server away, no model, lock lost.
            logger.error("Tour sans réponse : lisez les messages qui précèdent.")
            return self._incident(conversation, message, text)
        return self._answers.make(
            conversation,
            message,
            collector.blocks,
            collector.buttons,
            question=collector.question,
        )

    def _incident(self, conversation: str, message: str, text: str) -> Json:
        blocks = [block.as_json() for block in text_blocks(self._world.phrase("incident"))]
        return self._answers.make(conversation, message, blocks, [Suggestion(_RETRY, text)])
