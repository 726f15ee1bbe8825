"""A value read in a message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Entity:
    """`slot` and `value` use the names of the glossary; offsets are in the original text.

    `denied`: the message says that it is not so (« je ne suis pas P95 », « pas OPTAM »).
    """

    slot: str
    value: Any
    start: int
    end: int
    denied: bool = False

    def shifted(self, offset: int) -> Entity:
        return replace(self, start=self.start + offset, end=self.end + offset)
