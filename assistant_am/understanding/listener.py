"""Everything heard in a message: values by rules, emergencies by words, the rest by the reader."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from assistant_am.french.emergency import EmergencyDetector
from assistant_am.meaning import Context, Emergency, Meaning
from assistant_am.reading.situation import Reader
from assistant_am.understanding.reader import ContextReader

MAX_CHARACTERS = 1000
"""Longer messages are read up to here."""
_BELIEVED = 0.1
"""Probability of an emergency from which a doubtful word is believed: on conversations left out it
is 0.75 and more beside those that are emergencies, 0.07 at most beside the others."""


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
            entities=tuple(
                each for each in self._values.read(text, today) if self._reader.own(text, each)
            ),
            emergency=self._emergency(text, meaning),
        )

    def intent_of(self, label: str) -> str:
        """The Rasa intent of a label."""
        return self._reader.intent_of(label)

    def _emergency(self, text: str, meaning: Meaning) -> Emergency | None:
        """Plain words first; where they doubt or see none, what was learnt decides. A doubtful word
        alone is an image or a story: « un revolver sur la tempe » of a person in a hurry."""
        said, learnt = self._emergencies(text), meaning.emergency
        if said is None or (not said.plain and meaning.alarm < _BELIEVED):
            return learnt
        if said.plain or learnt is None:
            return Emergency(said.kind, said.plain)
        return learnt
