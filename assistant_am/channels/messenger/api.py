"""Speaks the Graph API, and shows answers by it."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from functools import partial
from hashlib import sha256

from assistant_am.channels.messenger.events import START
from assistant_am.channels.shared.http_client import HttpClient
from assistant_am.channels.shared.letter import Button
from assistant_am.channels.shared.outbox import Refused, Sending, TryLater
from assistant_am.channels.shared.rendering import Illustration, Rendered
from assistant_am.channels.shared.settings import MessengerSettings
from assistant_am.channels.shared.turn import Json

LONGEST_TITLE = 20
MOST_QUICK_REPLIES = 13
MOST_TEMPLATE_BUTTONS = 3
_OK = 200
# Codes of « too many calls » and of passing faults, which come with status 400.
_PASSING = frozenset({1, 2, 4, 17, 32, 341, 613})
_TEMPLATE_TEXT = "Pour aller plus loin :"


class MessengerApi:
    """The calls that we need."""

    def __init__(self, settings: MessengerSettings) -> None:
        self._base = settings.api
        # Pages may demand the proof that the caller knows the application's secret.
        proof = hmac.new(settings.secret.encode(), settings.token.encode(), sha256).hexdigest()
        self._query = {"access_token": settings.token, "appsecret_proof": proof}
        self._client = HttpClient()

    async def close(self) -> None:
        await self._client.close()

    async def introduce(self) -> None:
        """Give the page its button « Démarrer »; raises Refused, TryLater or Uncertain."""
        await self._call("messenger_profile", {"get_started": {"payload": START}})

    def show(self, person: str, answer: Rendered, buttons: Sequence[Button]) -> list[Sending]:
        """The calls that show an answer; quick replies stand under the last text."""
        *before, last = answer.texts
        return [
            *(self._message(person, {"text": text}) for text in before),
            *(self._picture(person, picture) for picture in answer.pictures),
            *self._links(person, answer.links),
            self._message(person, {"text": last, **_quick_replies(buttons)}),
        ]

    def _picture(self, person: str, picture: Illustration) -> Sending:
        address = self._message(person, {"text": f"{picture.words}\n{picture.url}"})
        payload = {"url": picture.url, "is_reusable": False}
        attachment = {"type": "image", "payload": payload}
        return self._message(person, {"attachment": attachment}, instead=address)

    def _links(self, person: str, links: Sequence[tuple[str, str]]) -> list[Sending]:
        sendings = []
        for start in range(0, len(links), MOST_TEMPLATE_BUTTONS):
            buttons = [
                {"type": "web_url", "url": url, "title": shortened(words)}
                for words, url in links[start : start + MOST_TEMPLATE_BUTTONS]
            ]
            payload = {"template_type": "button", "text": _TEMPLATE_TEXT, "buttons": buttons}
            attachment = {"type": "template", "payload": payload}
            sendings.append(self._message(person, {"attachment": attachment}))
        return sendings

    def _message(self, person: str, message: Json, instead: Sending | None = None) -> Sending:
        body = {"recipient": {"id": person}, "messaging_type": "RESPONSE", "message": message}
        return Sending(partial(self._call, "messages", body), instead)

    async def _call(self, edge: str, body: Json) -> None:
        reply = await self._client.post(
            f"{self._base}/me/{edge}", json_body=body, query=self._query
        )
        if reply.status == _OK:
            return
        error = reply.body.get("error")
        code = error.get("code") if isinstance(error, dict) else None
        if code in _PASSING or (isinstance(error, dict) and error.get("is_transient")):
            raise TryLater
        raise Refused(f"{edge}, statut {reply.status}, code {code}")


def shortened(title: str) -> str:
    """At most twenty characters, cut after a word."""
    if len(title) <= LONGEST_TITLE:
        return title
    room = title[:LONGEST_TITLE]
    cut = room.rfind(" ", LONGEST_TITLE // 2)
    return f"{room[: cut if cut > 0 else LONGEST_TITLE - 1].rstrip(' ,:;.')}…"


def _quick_replies(buttons: Sequence[Button]) -> Json:
    replies = [
        {"content_type": "text", "title": shortened(button.title), "payload": button.key}
        for button in buttons[:MOST_QUICK_REPLIES]
    ]
    return {"quick_replies": replies} if replies else {}
