"""Medical emergencies, answered by the channels alone: neither model, nor actions, nor limits."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from assistant_am.channels.shared.turn import Json
from assistant_am.channels.shared.words import clean
from assistant_am.dialogue.world import World
from assistant_am.nlu.lexicon import emergency_detector

# A word never seen before costs two milliseconds, so a long text leaves the event loop.
_SHORT = 200


class Alerts:
    """The same detector as the understanding of messages, and the same phrases."""

    def __init__(self, world: World) -> None:
        self._detect = emergency_detector()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="urgence")
        self._phrases = {
            "vital": world.phrase("urgence"),
            "suicide": world.phrase("urgence_suicide"),
        }

    async def block(self, text: str) -> Json | None:
        """The alert to show for what somebody wrote, or None."""
        text = clean(text)
        if len(text) <= _SHORT:
            kind = self._detect(text)
        else:
            loop = asyncio.get_running_loop()
            kind = await loop.run_in_executor(self._pool, self._detect, text)
        if kind is None:
            return None
        return {"type": "alerte", "texte": self._phrases[kind].replace("**", "")}
