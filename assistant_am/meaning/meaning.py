"""The meaning of one message in its conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant_am.meaning.entity import Entity

Trust = Literal["sur", "hesitant", "incompris", "hors_sujet"]
"""How far the reading of a request may be trusted: answered; two or three close subjects to choose
from; not understood; none of our subjects."""


@dataclass(frozen=True)
class Request:
    """One thing that a message asks, `text` being the words that ask it (`start` to `end`).

    `label` is the subject asked about (id of a fiche), or an act (`demander_source`, `remercier`,
    `aucune` for what only tells…). `ranking` holds (label, probability), best first. `points` holds
    (subject, point, probability) of the first subjects: the likeliest of the points that the fiche
    decides, or `general`.
    """

    label: str
    probability: float
    trust: Trust = "sur"
    ranking: tuple[tuple[str, float], ...] = ()
    text: str = ""
    start: int = 0
    end: int | None = None
    points: tuple[tuple[str, str, float], ...] = ()

    def point(self, subject: str) -> tuple[str, float] | None:
        """The likeliest point of a subject; None where none was learnt."""
        each = ((key, value) for name, key, value in self.points if name == subject)
        return next(each, None)


@dataclass(frozen=True)
class Emergency:
    """`kind` "vital" or "suicide". `plain`: the numbers alone, at once; else a line before the
    ordinary answer."""

    kind: str
    plain: bool


@dataclass(frozen=True)
class Meaning:
    """A message: its requests in order, and every value read in it.

    Of the whole message, the probability that it supposes a case (`hypothesis`: « et si… »), that
    it is about somebody else than before (`other`: « et pour ma sœur ? »), and that it would mean
    nothing alone (`follows`: « et à mi-temps ? »). `alarm` is the probability of an emergency, as
    far as the reading has learnt it.
    """

    text: str
    requests: tuple[Request, ...]
    entities: tuple[Entity, ...] = ()
    emergency: Emergency | None = None
    hypothesis: float = 0.0
    other: float = 0.0
    follows: float = 0.0
    alarm: float = 0.0

    def values(self, slot: str) -> tuple[Any, ...]:
        """Distinct values of a slot, in the order said."""
        return tuple(dict.fromkeys(e.value for e in self.entities if e.slot == slot))

    def to_json(self) -> dict[str, Any]:
        """Plain data, for Rasa's message and for `explain --json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Meaning:
        """The inverse of `to_json`."""
        emergency = data.get("emergency")
        return cls(
            text=data["text"],
            requests=tuple(_request(each) for each in data["requests"]),
            entities=tuple(_entity(each) for each in data["entities"]),
            emergency=Emergency(**emergency) if emergency else None,
            hypothesis=data["hypothesis"],
            other=data["other"],
            follows=data["follows"],
            alarm=data["alarm"],
        )


def _entity(data: Mapping[str, Any]) -> Entity:
    value = data["value"]
    return Entity(**{**data, "value": tuple(value) if isinstance(value, list) else value})


def _request(data: Mapping[str, Any]) -> Request:
    ranking: Sequence[Sequence[Any]] = data["ranking"]
    points: Sequence[Sequence[Any]] = data["points"]
    return Request(
        **{
            **data,
            "ranking": tuple((label, value) for label, value in ranking),
            "points": tuple((subject, key, value) for subject, key, value in points),
        }
    )
