"""Everything heard in a message: values by rules, emergencies by words, the rest by the reader."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from assistant_am.french.emergency import EmergencyDetector
from assistant_am.meaning import Emergency, Meaning
from assistant_am.reading.situation import Reader
from assistant_am.understanding.ranking import Context
from assistant_am.understanding.reader import ContextReader

MAX_CHARACTERS = 1000
"""Longer messages are read up to here."""


class Listener:
    """Puts the three readings together into one meaning."""

    def __init__(
        self,
        reader: ContextReader,
        values: Reader,
        emergencies: EmergencyDetector,
        courtesy: Callable[[str], str] = lambda text: text,
    ) -> None:
        """`courtesy` takes formulas off both ends of a text."""
        self._courtesy = courtesy
        self._reader = reader
        self._values = values
        self._emergencies = emergencies

    def hear(self, text: str, context: Context, today: datetime.date) -> Meaning:
        """The meaning of a message after what came before."""
        text = text[:MAX_CHARACTERS]
        meaning = self._reader.read(text, context, self._courtesy(text))
        return replace(
            meaning,
            entities=tuple(self._values.read(text, today)),
            emergency=self._emergency(text, meaning.emergency),
        )

    def intent_of(self, label: str) -> str:
        """The Rasa intent of a label."""
        return self._reader.intent_of(label)

    def _emergency(self, text: str, learnt: Emergency | None) -> Emergency | None:
        """Words first; where they see none or doubt, what was learnt counts as well."""
        said = self._emergencies(text)
        if said is None:
            return learnt
        if said.plain or learnt is None:
            return Emergency(said.kind, said.plain)
        return Emergency(learnt.kind, said.plain or learnt.plain)
