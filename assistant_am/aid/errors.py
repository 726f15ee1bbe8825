"""Errors of the aid, one tree. Their text is French: it is meant for the person who asked."""

from __future__ import annotations


class AidError(ValueError):
    """Root of every error raised by `assistant_am.aid`."""


class InvalidInput(AidError):
    """A value that cannot be: `field` is the French key, `message_fr` says what is expected."""

    def __init__(self, field: str, message_fr: str) -> None:
        self.field = field
        self.message_fr = message_fr
        super().__init__(message_fr)


class OutsideRules(InvalidInput):
    """A situation that no source prices: what is known of it (`known_fr`) and who decides."""

    def __init__(self, field: str, message_fr: str, known_fr: str, decides_fr: str) -> None:
        self.known_fr = known_fr
        self.decides_fr = decides_fr
        super().__init__(field, f"{message_fr} {known_fr} {decides_fr}")


class Contradiction(InvalidInput):
    """Two given values exclude each other: to be asked again, never computed."""

    def __init__(self, fields: tuple[str, ...], message_fr: str) -> None:
        self.fields = fields
        super().__init__(fields[-1], message_fr)
