"""The input channel that Rasa loads for WhatsApp and SMS."""

from __future__ import annotations

import asyncio
from functools import partial
from urllib.parse import parse_qsl

from multidict import MultiDict
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from assistant_am.channels.shared import webhook
from assistant_am.channels.shared.desk import Desk
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.incoming import Incoming
from assistant_am.channels.shared.letter import Letter
from assistant_am.channels.shared.opening import MessagingInput
from assistant_am.channels.shared.settings import TwilioSettings
from assistant_am.channels.shared.turn import Json
from assistant_am.channels.twilio import messages

NAME = "twilio"
SIGNATURE_HEADER = "X-Twilio-Signature"
MOST_FIELDS = 100
# Our answer goes by the API: it may take longer than Twilio waits.
_NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


class TwilioInput(MessagingInput):
    """`assistant_am.channels.twilio.channel.TwilioInput: {}` in credentials.yml."""

    service = NAME
    wanted = "Le canal Twilio demande AM_TWILIO_COMPTE et AM_TWILIO_JETON."

    def routes(self, secret: bytes, identity: Identity, desk: Desk) -> Blueprint:
        assert self.public is not None  # MessagingSettings refuses Twilio without it
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
            return await self._receive(request)

        @blueprint.listener("after_server_start")
        async def start(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            self._desk.resume(self._letter)

        @blueprint.listener("before_server_stop")
        async def stop(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            await self._desk.close()
            await self._api.close()

        return blueprint

    async def _receive(self, request: Request) -> HTTPResponse:
        form = _form(request.body)
        if form is None or not self._is_genuine(request, form):
            return webhook.forged()
        try:
            incoming = messages.read(form, self._identity)
            address = {"ours": form["To"], "theirs": form["From"]}
        except KeyError as missing:
            return webhook.malformed(f"Il manque le champ {missing} d'un message de Twilio.")
        if incoming is not None and not await self._desk.take(self._letter(incoming, address)):
            return webhook.busy()
        return HTTPResponse(_NOTHING_TO_SAY, content_type="text/xml; charset=utf-8")

    def _letter(self, incoming: Incoming, address: Json) -> Letter:
        reply = partial(self._api.show, address["ours"], address["theirs"])
        return Letter(incoming, messages.style_of(address["ours"]), reply, address)

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
