"""From what Rasa says to the answer that the widget draws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.channels.channel import OutputChannel

from assistant_am.channels.web.sessions import Offers, References
from assistant_am.rendering.blocks import Suggestion, text_blocks

NAME = "web"
Json = dict[str, Any]


class Collector(OutputChannel):
    """Gathers the blocks and buttons of one turn.

    Our actions send `blocs` (and `question`) beside the text; a message without them, of Rasa's
    own or of an incident, becomes paragraphs.
    """

    def __init__(self) -> None:
        self.blocks: list[Json] = []
        self.buttons: list[Suggestion] = []
        self.question = False

    @classmethod
    def name(cls) -> str:
        return NAME

    async def send_response(self, recipient_id: str, message: Json) -> None:
        """Rasa calls this for each message of the bot."""
        blocks = message.get("blocs") or _plain(message)
        self.blocks += [block for block in blocks if isinstance(block, dict)]
        for button in message.get("buttons") or ():
            title = str(button.get("title") or "")
            say = str(button.get("payload") or title)
            if title:
                self.buttons.append(Suggestion(title, say))
        self.question = self.question or bool(message.get("question"))


def _plain(message: Json) -> list[Json]:
    blocks = [block.as_json() for block in text_blocks(message.get("text") or "")]
    image = message.get("image")
    if image:
        blocks.append({"type": "image", "url": image, "alternative": "", "grande": image})
    return blocks


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
