"""One turn with Rasa: the message in, the answer out, an incident's sentence when none comes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from assistant_am.channels.shared.turn import Handler, Json, run_turn
from assistant_am.channels.web.answer import NAME, Answers
from assistant_am.dialogue.choices import starters
from assistant_am.dialogue.world import World
from assistant_am.rendering.blocks import Suggestion, text_blocks
from assistant_am.runtime.quiet_logs import log_failure

logger = logging.getLogger(__name__)

Forget = Callable[[str], Awaitable[None]]
"""Deletes what the channel itself keeps of a conversation: opinions, late answers."""

_WELCOME = "accueil"
_RETRY = "Réessayer"


class Talk:
    """Passes messages to Rasa; `handler` is what Rasa gives its channels."""

    def __init__(
        self, handler: Handler, answers: Answers, world: Callable[[], World], forget: Forget
    ) -> None:
        self._handler = handler
        self._answers = answers
        self._world = world
        self._forget = forget

    def welcome(self, conversation: str) -> Json:
        """Who speaks, and four ways to begin; no turn of Rasa's."""
        blocks = [block.as_json() for block in text_blocks(self._world().phrase("accueil"))]
        return self._answers.make(conversation, _WELCOME, blocks, starters(self._world()))

    def alert(self, conversation: str, message: str, block: Json) -> Json:
        return self._answers.make(conversation, message, [block])

    async def turn(self, conversation: str, message: str, text: str) -> Json:
        """Rasa's answer to a cleaned text; never raises."""
        # The welcome was shown when the conversation was opened.
        said = await run_turn(self._handler, NAME, conversation, message, text, welcomed=True)
        if said is None or (said.erased and not await self._forgotten(conversation)):
            return self._incident(conversation, message, text)
        return self._answers.make(
            conversation, message, said.blocks, said.buttons, question=said.question
        )

    async def _forgotten(self, conversation: str) -> bool:
        """Forget the rest of an erased conversation; « c'est effacé » must not be half true."""
        try:
            await self._forget(conversation)
        except Exception as error:
            log_failure(logger, "Effacement incomplet", error)
            return False
        return True

    def _incident(self, conversation: str, message: str, text: str) -> Json:
        blocks = [block.as_json() for block in text_blocks(self._world().phrase("incident"))]
        return self._answers.make(conversation, message, blocks, [Suggestion(_RETRY, text)])
