"""Reads what Twilio brings, and shows answers by its API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from aiohttp import BasicAuth

from assistant_am.channels.shared.http_client import HttpClient
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.incoming import Incoming, Kind
from assistant_am.channels.shared.letter import Button
from assistant_am.channels.shared.outbox import Refused, Sending
from assistant_am.channels.shared.rendering import Rendered
from assistant_am.channels.shared.settings import TwilioSettings
from assistant_am.channels.shared.styles import SMS, WHATSAPP, Style

_CREATED = 201
_WHATSAPP = "whatsapp:"
# What a person sends; everything else that comes is news of what we sent.
_RECEIVED = ("received", "receiving", "")
# Twilio and the operators answer these by themselves, and stop what we would send.
_OPERATORS_STOP = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
)


def style_of(ours: str) -> Style:
    """WhatsApp or SMS, after the number that was written to."""
    return WHATSAPP if ours.startswith(_WHATSAPP) else SMS


def read(form: Mapping[str, str], identity: Identity) -> Incoming | None:
    """What a person sent, or None for news of a message of ours.

    Raises KeyError for what is no message of Twilio's.
    """
    sender, key = form["From"], form["MessageSid"]
    if form.get("SmsStatus", "") not in _RECEIVED:
        return None
    text, kind = form.get("Body", ""), _kind(form)
    is_sms = not sender.startswith(_WHATSAPP)
    is_stop = is_sms and text.strip().lower() in _OPERATORS_STOP
    return Incoming(
        identity.conversation(sender),
        identity.short("message", key),
        "stop" if is_stop else text,
        kind,
        answered=is_stop or "OptOutType" in form,
    )


def _kind(form: Mapping[str, str]) -> Kind:
    if form.get("Latitude") and form.get("Longitude"):
        return "position"
    if form.get("NumMedia", "0") in ("", "0"):
        return "texte"
    media = form.get("MediaContentType0", "")
    if media.startswith("audio/"):
        return "vocal"
    if media == "image/webp":
        return "autocollant"
    if "vcard" in media:
        return "contact"
    return "image" if media.startswith("image/") else "fichier"


class TwilioApi:
    """The one call that we need."""

    def __init__(self, settings: TwilioSettings) -> None:
        self._address = f"{settings.api}/2010-04-01/Accounts/{settings.account}/Messages.json"
        self._auth = BasicAuth(settings.account, settings.token)
        self._client = HttpClient()

    async def close(self) -> None:
        await self._client.close()

    def show(
        self, ours: str, theirs: str, answer: Rendered, buttons: Sequence[Button]
    ) -> list[Sending]:
        """The calls that show an answer; its choices are numbered lines of the text."""
        *before, last = answer.texts
        return [
            *(self._message(ours, theirs, Body=text) for text in before),
            *(
                self._message(
                    ours,
                    theirs,
                    Body=picture.words,
                    MediaUrl=picture.url,
                )
                for picture in answer.pictures
            ),
            self._message(ours, theirs, Body=last),
        ]

    def _message(self, ours: str, theirs: str, **content: str) -> Sending:
        address = content.get("MediaUrl")
        instead = None
        if address is not None:
            instead = self._message(ours, theirs, Body=f"{content['Body']}\n{address}")
        return Sending(partial(self._send, {"From": ours, "To": theirs, **content}), instead)

    async def _send(self, form: Mapping[str, str]) -> None:
        reply = await self._client.post(self._address, form=form, auth=self._auth)
        if reply.status != _CREATED:
            raise Refused(f"statut {reply.status}, code {reply.body.get('code')}")
