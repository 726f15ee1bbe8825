"""The input channel that Rasa loads for Messenger."""

from __future__ import annotations

import asyncio
import hmac
from functools import partial
from hashlib import sha256

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

from assistant_am.channels.messenger import events
from assistant_am.channels.messenger.api import MessengerApi
from assistant_am.channels.shared import webhook
from assistant_am.channels.shared.background import Background, introduce
from assistant_am.channels.shared.desk import Desk
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.incoming import Incoming
from assistant_am.channels.shared.letter import Letter
from assistant_am.channels.shared.opening import MessagingInput
from assistant_am.channels.shared.settings import MessengerSettings
from assistant_am.channels.shared.styles import MESSENGER
from assistant_am.channels.shared.turn import Json

NAME = "messenger"
SETTINGS = "AM_MESSENGER_JETON et AM_MESSENGER_SECRET"
SIGNATURE_HEADER = "X-Hub-Signature-256"


class MessengerInput(MessagingInput):
    """`assistant_am.channels.messenger.channel.MessengerInput: {}` in credentials.yml."""

    service = NAME
    wanted = "Le canal Messenger demande AM_MESSENGER_JETON."

    def routes(self, secret: bytes, identity: Identity, desk: Desk) -> Blueprint:
        return _Messenger(self.settings, identity, desk).blueprint()


class _Messenger:
    """The routes: Meta's question, and messages."""

    def __init__(self, settings: MessengerSettings, identity: Identity, desk: Desk) -> None:
        self._secret = settings.secret.encode()
        self._verification = settings.verification
        self._identity = identity
        self._desk = desk
        self._api = MessengerApi(settings)
        self._background = Background()

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("assistant_am_messenger")

        @blueprint.get("/webhook")
        async def verify(request: Request) -> HTTPResponse:
            return self._verify(request)

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        @blueprint.listener("after_server_start")
        async def start(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            self._background.run(introduce("Messenger", SETTINGS, self._api.introduce))
            self._desk.resume(self._letter)

        @blueprint.listener("before_server_stop")
        async def stop(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            await self._background.close()
            await self._desk.close()
            await self._api.close()

        return blueprint

    def _verify(self, request: Request) -> HTTPResponse:
        """Meta asks once, when the webhook is set, whether this address is ours."""
        if not webhook.same(request.args.get("hub.verify_token", ""), self._verification):
            return webhook.forged()
        return text(request.args.get("hub.challenge", ""))

    async def _receive(self, request: Request) -> HTTPResponse:
        digest = hmac.new(self._secret, request.body, sha256).hexdigest()
        if not webhook.same(request.headers.get(SIGNATURE_HEADER, ""), f"sha256={digest}"):
            return webhook.forged()
        data = webhook.read_object(request.body)
        try:
            found = events.read(data, self._identity) if data is not None else None
        except (KeyError, TypeError, AttributeError):
            found = None
        if found is None:
            return webhook.malformed("Le corps n'est pas un appel de Messenger (object, entry).")
        # Those that were taken are known, should the whole call come again.
        for event in found:
            if not await self._desk.take(self._letter(event.incoming, {"person": event.person})):
                return webhook.taken(False)
        return webhook.taken(True)

    def _letter(self, incoming: Incoming, address: Json) -> Letter:
        return Letter(incoming, MESSENGER, partial(self._api.show, address["person"]), address)
