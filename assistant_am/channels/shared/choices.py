"""The buttons offered in each conversation: short ids for pressing, numbers for typing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant_am.channels.shared.identity import Identity
from assistant_am.french.fold import fold
from assistant_am.rendering.blocks import Suggestion
from assistant_am.runtime.bounded import Bounded

MOST_CONVERSATIONS = 5000
MOST_BUTTONS = 40
"""Buttons of one conversation that can still be pressed: those of the last answers."""
NUMBERED_SECONDS = 12 * 3600
"""How long « 1 » still means the first choice."""
_ID_CHARACTERS = 16

_RANKS = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3,
    "quatrieme": 4, "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9,
    "dixieme": 10,
}  # fmt: skip
_LAST = frozenset({"dernier", "derniere"})
_TYPED = re.compile(
    r"(?:(?:le|la) )?(?:(?:choix|reponse|numero|no|n°|option) ?)?(?:(?:le|la) )?"
    r"(?:(?P<digits>[0-9]{1,2})(?:er|re|ere|e|eme|nd|nde)?|(?P<word>[a-z]+))"
    r"\s*[.)!]*(?: (?:choix|reponse|option))?(?: (?:stp|svp|merci))?[.!]*"
)


@dataclass
class _Offer:
    buttons: Bounded[str, str] = field(default_factory=lambda: Bounded(MOST_BUTTONS))
    numbered: tuple[str, ...] = ()
    since: float = 0


class Choices:
    """What buttons stand for; kept in memory, bounded.

    An id that is not known any more (after a restart) is no loss: services send the button's
    title with it, and a title says the same.
    """

    def __init__(self, identity: Identity, clock: Callable[[], float] = time.monotonic) -> None:
        self._identity = identity
        self._clock = clock
        self._offers: Bounded[str, _Offer] = Bounded(MOST_CONVERSATIONS)

    def offer(
        self, conversation: str, buttons: Sequence[Suggestion], *, numbered: bool
    ) -> list[str]:
        """Keep these buttons and return their ids.

        With `numbered`, numbers mean these from now on; without, they mean nothing any more.
        """
        offer = self._offers.get(conversation) or _Offer()
        self._offers.keep(conversation, offer)
        offer.numbered = tuple(button.say for button in buttons) if numbered else ()
        offer.since = self._clock()
        ids = [self._id(conversation, button.say) for button in buttons]
        for key, button in zip(ids, buttons, strict=True):
            offer.buttons.keep(key, button.say)
        return ids

    def pressed(self, conversation: str, key: str) -> str | None:
        """The words of a button of this conversation; None when it is of another or too old."""
        offer = self._offers.get(conversation)
        return offer.buttons.get(key) if offer else None

    def typed(self, conversation: str, text: str) -> str | None:
        """The words of the choice that « 1 », « le 1 », « premier » or « le dernier » mean."""
        offer = self._offers.get(conversation)
        if not offer or self._clock() - offer.since > NUMBERED_SECONDS:
            return None
        rank = _rank(text, len(offer.numbered))
        return offer.numbered[rank - 1] if rank and rank <= len(offer.numbered) else None

    def forget(self, conversation: str) -> None:
        self._offers.forget(conversation)

    def _id(self, conversation: str, say: str) -> str:
        return self._identity.short("bouton", conversation, say)[:_ID_CHARACTERS]


def _rank(text: str, last: int) -> int | None:
    found = _TYPED.fullmatch(fold(text).strip())
    if found is None:
        return None
    if found["digits"]:
        return int(found["digits"])
    return last if found["word"] in _LAST else _RANKS.get(found["word"])
