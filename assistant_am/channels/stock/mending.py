"""What Rasa's connectors lack: our rendering, hashed names, no commands, and a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant_am.channels.shared import phrases, webhook
from assistant_am.channels.shared.erasure import erase_conversation
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.private import keep_messages_private
from assistant_am.channels.shared.rendering import render
from assistant_am.channels.shared.settings import MessagingSettings
from assistant_am.channels.shared.styles import Style
from assistant_am.channels.shared.turn import Collector, Handler, Json
from assistant_am.channels.shared.words import LONGEST_TEXT, as_plain_text
from assistant_am.rendering.blocks import Suggestion
from assistant_am.runtime.quiet_logs import keep_messages_out_of_logs
from assistant_am.runtime.secrets import load_secret
from assistant_am.runtime.settings import WebSettings, WrongSetting

SHORTEST_KEY = 16
KEY = "cle"


@dataclass(frozen=True)
class Manner:
    """How a connector shows an answer."""

    style: Style
    most_buttons: int
    """Of one message; more of them take another message. 0: there are none."""
    button: Callable[[Suggestion], Json] = lambda choice: {
        "title": choice.title,
        "payload": choice.say,
    }
    needs_key: bool = False
    """The service signs nothing: its webhook's address has to hold a secret, « ?cle=… »."""


class Mended(InputChannel):
    """To be put before a connector of Rasa's in a class's bases."""

    manner: ClassVar[Manner]
    key: str | None = None

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Mended:
        """The connector's own credentials, and `cle`; raises WrongSetting."""
        given = dict(credentials or {})
        key = given.pop(KEY, None)
        if cls.manner.needs_key and len(str(key or "")) < SHORTEST_KEY:
            raise WrongSetting(
                f"Dans credentials.yml, le canal {cls.name()} demande « {KEY} » : au moins "
                f"{SHORTEST_KEY} caractères tirés au hasard, à mettre aussi dans l'adresse du "
                f"webhook (« /webhooks/{cls.name()}/webhook?{KEY}=… »)."
            )
        channel: Mended = super().from_credentials(given)
        channel.key = str(key) if key is not None else None
        return channel

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        keep_messages_out_of_logs()
        keep_messages_private(erase_conversation)
        web = WebSettings.from_environment()
        identity = Identity(load_secret(web.secret, web.data), self.name())
        public = MessagingSettings.from_environment().public

        async def handle(message: UserMessage) -> None:
            shown = _Shown(message.output_channel, message.sender_id, self.manner, public)
            text = as_plain_text(message.text or "")
            if not text:
                return
            if len(text) > LONGEST_TEXT:
                await shown.show([{"type": "paragraphe", "texte": phrases.TOO_LONG}], ())
                return
            message.text = text
            message.sender_id = identity.conversation(message.sender_id)
            message.output_channel = shown
            # They hold the service's names of people and rooms, which would be stored.
            message.metadata = {}
            await on_new_message(message)

        blueprint = super().blueprint(handle)

        @blueprint.middleware("request")
        async def require_key(request: Request) -> HTTPResponse | None:
            if self.key is None or webhook.same(request.args.get(KEY, ""), self.key):
                return None
            return webhook.forged()

        return blueprint


class _Shown(OutputChannel):
    """Shows our blocks by a connector's own calls, to the address it knows."""

    def __init__(
        self, stock: OutputChannel, address: str, manner: Manner, public: str | None
    ) -> None:
        self._stock = stock
        self._address = address
        self._manner = manner
        self._public = public

    def name(self) -> str:
        return str(self._stock.name())

    async def send_response(self, recipient_id: str, message: Json) -> None:
        said = Collector()
        await said.send_response(recipient_id, message)
        await self.show(said.blocks, said.buttons)

    async def show(self, blocks: Sequence[Json], buttons: Sequence[Suggestion]) -> None:
        most = self._manner.most_buttons
        lines = [f"• {button.title}" for button in buttons] if not most else []
        rendered = render(blocks, self._manner.style, self._public, lines)
        *before, last = rendered.texts
        for text in before:
            await self._say(text)
        for picture in rendered.pictures:
            await self._stock.send_image_url(self._address, picture.url)
        if not (buttons and most):
            await self._say(last)
            return
        for start in range(0, len(buttons), most):
            row = [self._manner.button(button) for button in buttons[start : start + most]]
            text = "…" if start else last
            await self._stock.send_text_with_buttons(self._address, text, row)

    async def _say(self, text: str) -> None:
        # The connectors make a message of each paragraph, and a table or a list falls apart.
        await self._stock.send_text_message(self._address, text.replace("\n\n", "\n \n"))
