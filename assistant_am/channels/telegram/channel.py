"""The input channel that Rasa loads for Telegram."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from functools import partial

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant_am.channels.shared import webhook
from assistant_am.channels.shared.background import Background, introduce
from assistant_am.channels.shared.desk import Desk
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.incoming import Incoming
from assistant_am.channels.shared.letter import Letter
from assistant_am.channels.shared.opening import MessagingInput
from assistant_am.channels.shared.settings import TelegramSettings
from assistant_am.channels.shared.styles import TELEGRAM
from assistant_am.channels.shared.turn import Json
from assistant_am.channels.telegram.api import TelegramApi
from assistant_am.channels.telegram.updates import WANTED, Myself, Place, Reader
from assistant_am.runtime.secrets import derived

NAME = "telegram"
SETTINGS = "AM_TELEGRAM_JETON et AM_ADRESSE_PUBLIQUE"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
COMMANDS = (
    {"command": "start", "description": "Commencer"},
    {"command": "help", "description": "Ce que je sais faire"},
    {"command": "stop", "description": "Arrêter"},
)


class TelegramInput(MessagingInput):
    """`assistant_am.channels.telegram.channel.TelegramInput: {}` in credentials.yml."""

    service = NAME
    wanted = "Le canal Telegram demande AM_TELEGRAM_JETON."

    def routes(self, secret: bytes, identity: Identity, desk: Desk) -> Blueprint:
        shown = self.settings.secret or derived(secret, NAME).hex()
        return _Telegram(self.settings, self.public, shown, identity, desk).blueprint()


class _Telegram:
    """The route, and what is told to Telegram at start."""

    def __init__(
        self,
        settings: TelegramSettings,
        public: str | None,
        secret: str,
        identity: Identity,
        desk: Desk,
    ) -> None:
        self._secret = secret
        self._public = public
        self._desk = desk
        self._api = TelegramApi(settings)
        self._myself = Myself(settings.bot_id)
        self._reader = Reader(identity, self._myself)
        self._background = Background()

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("assistant_am_telegram")

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        @blueprint.listener("after_server_start")
        async def start(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            self._background.run(introduce("Telegram", SETTINGS, self._declare))
            self._desk.resume(self._letter)

        @blueprint.listener("before_server_stop")
        async def stop(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            await self._background.close()
            await self._desk.close()
            await self._api.close()

        return blueprint

    async def _receive(self, request: Request) -> HTTPResponse:
        if not webhook.same(request.headers.get(SECRET_HEADER, ""), self._secret):
            return webhook.forged()
        data = webhook.read_object(request.body)
        try:
            update = self._reader.read(data) if data is not None else None
        except (KeyError, TypeError, AttributeError, ValueError):
            data = None
        if data is None:
            return webhook.malformed("Le corps n'est pas une mise à jour de Telegram (Update).")
        if update is None:
            return webhook.taken(True)
        is_taken = await self._desk.take(self._letter(update.incoming, asdict(update.place)))
        if is_taken and update.callback is not None:
            self._background.run(self._api.acknowledge(update.callback, update.incoming.text))
        return webhook.taken(is_taken)

    def _letter(self, incoming: Incoming, address: Json) -> Letter:
        return Letter(incoming, TELEGRAM, partial(self._api.show, Place(**address)), address)

    async def _declare(self) -> None:
        """Learn our name, and say where we are found."""
        self._myself.username = (await self._api.call("getMe"))["username"]
        if self._public is not None:
            await self._api.call(
                "setWebhook",
                url=f"{self._public}/webhooks/{NAME}/webhook",
                secret_token=self._secret,
                allowed_updates=WANTED,
            )
        await self._api.call("setMyCommands", commands=COMMANDS)
