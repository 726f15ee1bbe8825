"""A value read in a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entity:
    """`slot` and `value` use the names of the glossary; offsets are in the original text."""

    slot: str
    value: Any
    start: int
    end: int

    def shifted(self, offset: int) -> Entity:
        return Entity(self.slot, self.value, self.start + offset, self.end + offset)
