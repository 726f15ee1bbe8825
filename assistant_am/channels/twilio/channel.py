"""The input channel that Rasa loads for WhatsApp and SMS."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from multidict import MultiDict
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from assistant_am.channels.shared import webhook
from assistant_am.channels.shared.desk import Desk
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.letter import Letter
from assistant_am.channels.shared.opening import open_desk
from assistant_am.channels.shared.settings import MessagingSettings, TwilioSettings
from assistant_am.channels.twilio import messages
from assistant_am.runtime.secrets import load_secret
from assistant_am.runtime.settings import WebSettings, WrongSetting

NAME = "twilio"
SIGNATURE_HEADER = "X-Twilio-Signature"
MOST_FIELDS = 100
# Our answer goes by the API: it may take longer than Twilio waits.
_NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


class TwilioInput(InputChannel):
    """`assistant_am.channels.twilio.channel.TwilioInput: {}` in credentials.yml."""

    def __init__(self, settings: TwilioSettings, public: str, web: WebSettings) -> None:
        self.settings = settings
        self.public = public
        self.web = web

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TwilioInput:
        """The credentials hold nothing; raises WrongSetting for the environment's values."""
        settings = MessagingSettings.from_environment()
        if settings.twilio is None or settings.public is None:
            raise WrongSetting("Le canal Twilio demande AM_TWILIO_COMPTE et AM_TWILIO_JETON.")
        return cls(settings.twilio, settings.public, WebSettings.from_environment())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        identity = Identity(load_secret(self.web.secret, self.web.data), NAME)
        desk = open_desk(NAME, on_new_message, identity, self.public, self.web)
        return _Twilio(self.settings, self.public, identity, desk).blueprint()


class _Twilio:
    """The route."""

    def __init__(
        self, settings: TwilioSettings, public: str, identity: Identity, desk: Desk
    ) -> None:
        self._account = settings.account
        self._validator = RequestValidator(settings.token)
        self._address = f"{public}/webhooks/{NAME}/webhook"
        self._identity = identity
        self._desk = desk
        self._api = messages.TwilioApi(settings)

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("assistant_am_twilio")

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return self._receive(request)

        @blueprint.listener("before_server_stop")
        async def stop(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            await self._desk.close()
            await self._api.close()

        return blueprint

    def _receive(self, request: Request) -> HTTPResponse:
        form = _form(request.body)
        if form is None or not self._is_genuine(request, form):
            return webhook.forged()
        try:
            incoming = messages.read(form, self._identity)
            style = messages.style_of(form)
            reply = partial(self._api.show, form["To"], form["From"])
        except KeyError as missing:
            return webhook.malformed(f"Il manque le champ {missing} d'un message de Twilio.")
        if incoming is not None and not self._desk.take(Letter(incoming, style, reply)):
            return webhook.busy()
        return HTTPResponse(_NOTHING_TO_SAY, content_type="text/xml; charset=utf-8")

    def _is_genuine(self, request: Request, form: MultiDict[str]) -> bool:
        """Signed over the address that Twilio knows, whatever servers stand in between."""
        query = f"?{request.query_string}" if request.query_string else ""
        signature = request.headers.get(SIGNATURE_HEADER, "")
        genuine = self._validator.validate(self._address + query, form, signature)
        return bool(genuine) and form.get("AccountSid") == self._account


def _form(body: bytes) -> MultiDict[str] | None:
    """The fields, empty ones as well: the signature covers them, and Sanic's reader drops them."""
    try:
        text = body.decode("utf-8")
        return MultiDict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return None
