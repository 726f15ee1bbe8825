"""Medical emergencies, answered by the channels alone: neither model, nor actions, nor limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from assistant_am.channels.shared.turn import Json
from assistant_am.channels.shared.words import clean
from assistant_am.dialogue.world import World
from assistant_am.nlu.lexicon import lexicon

# A word never seen before costs two milliseconds, so a long text leaves the event loop.
_SHORT = 200
_PHRASES = {"vital": "urgence", "suicide": "urgence_suicide"}


class Alerts:
    """The same detector as the understanding of messages, and the same phrases."""

    def __init__(self, world: Callable[[], World]) -> None:
        lexicon()  # now, rather than at the first message
        self._world = world
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="urgence")

    async def block(self, text: str) -> Json | None:
        """The alert to show for what somebody wrote, or None."""
        text = clean(text)
        if len(text) <= _SHORT:
            kind = lexicon().emergencies.plain(text)
        else:
            loop = asyncio.get_running_loop()
            kind = await loop.run_in_executor(self._pool, lexicon().emergencies.plain, text)
        if kind is None:
            return None
        return {"type": "alerte", "texte": self._world().phrase(_PHRASES[kind]).replace("**", "")}
