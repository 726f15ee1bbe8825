"""From what Rasa says to the answer that the widget draws."""

from __future__ import annotations

from collections.abc import Iterable

from assistant_am.channels.shared.turn import Json
from assistant_am.channels.web.sessions import Offers, References
from assistant_am.rendering.blocks import Suggestion

NAME = "web"


class Answers:
    """Builds answers of one conversation: signs its buttons, names it."""

    def __init__(self, offers: Offers, references: References) -> None:
        self._offers = offers
        self._references = references

    def make(
        self,
        conversation: str,
        message: str,
        blocks: list[Json],
        buttons: Iterable[Suggestion] = (),
        *,
        question: bool = False,
    ) -> Json:
        """The `reponse` of the contract, to the message of this id."""
        return {
            "reference": self._references.make(conversation, message),
            "blocs": blocks,
            "boutons": [
                {"titre": button.title, "charge": self._offers.sign(conversation, button.say)}
                for button in buttons
            ],
            "question": question,
        }
