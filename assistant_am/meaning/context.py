"""What came before a message, which it is read in the light of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    """The last `subject`, the `message` before, the subjects `answered`, and the `opening` of the
    conversation when that is another message: there people say who they are."""

    subject: str = ""
    message: str = ""
    answered: tuple[str, ...] = ()
    opening: str = ""


NO_CONTEXT = Context()
