"""One message as the NLU has read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant_am.reading.entity import Entity


@dataclass(frozen=True)
class Segment:
    """One question of the message, from `start` to `end`.

    `ranking` holds (intent, probability), best first.

    `band` says how far the reading may be trusted: "sur", "hesitant" (two or three close
    subjects), "incompris", "hors_sujet" (none of our subjects).
    """

    text: str
    intent: str
    confidence: float
    band: str = "sur"
    ranking: tuple[tuple[str, float], ...] = ()
    start: int = 0
    end: int | None = None


@dataclass(frozen=True)
class Turn:
    """A message: its questions in order, and every value read in it."""

    text: str
    segments: tuple[Segment, ...]
    entities: tuple[Entity, ...] = ()
    emergency: str | None = None

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> Turn:
        """From Rasa's `tracker.latest_message`."""
        intent = message.get("intent") or {}
        segments = tuple(
            Segment(
                text=entry["texte"],
                intent=entry["intention"],
                confidence=entry["confiance"],
                band=entry["bande"],
                ranking=tuple((name, value) for name, value in entry["classement"]),
                start=entry["debut"],
                end=entry["fin"],
            )
            for entry in message.get("segments") or ()
        )
        if not segments:
            segments = (
                Segment(
                    text=message.get("text") or "",
                    intent=intent.get("name") or "",
                    confidence=intent.get("confidence") or 0.0,
                ),
            )
        return cls(
            text=message.get("text") or "",
            segments=segments,
            entities=tuple(
                Entity(entity["entity"], entity["value"], entity["start"], entity["end"])
                for entity in message.get("entities") or ()
            ),
            emergency=message.get("urgence"),
        )

    def values(self, slot: str) -> tuple[Any, ...]:
        """Distinct values of a slot, in the order said."""
        return tuple(dict.fromkeys(e.value for e in self.entities if e.slot == slot))
