"""Speaks Telegram's Bot API, and shows answers by it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from assistant_am.channels.shared.http_client import HttpClient
from assistant_am.channels.shared.letter import Button
from assistant_am.channels.shared.outbox import Refused, Sending, TryLater, Uncertain
from assistant_am.channels.shared.rendering import Illustration, Rendered
from assistant_am.channels.shared.settings import TelegramSettings
from assistant_am.channels.shared.styles import TELEGRAM
from assistant_am.channels.shared.turn import Json
from assistant_am.channels.telegram.updates import Place

LONGEST_CAPTION = 1024
_LONGEST_NOTICE = 200


class TelegramApi:
    """The calls that we need."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._base = f"{settings.api}/bot{settings.token}"
        self._client = HttpClient()

    async def call(self, method: str, **parameters: Any) -> Any:
        """The result of a method; raises Refused, TryLater or Uncertain."""
        given = {name: value for name, value in parameters.items() if value is not None}
        reply = await self._client.post(f"{self._base}/{method}", json_body=given)
        if reply.body.get("ok") is not True:
            raise Refused(f"{method}, code {reply.status}")
        return reply.body.get("result")

    async def close(self) -> None:
        await self._client.close()

    async def acknowledge(self, callback: str, title: str) -> None:
        """End the waiting sign on a pressed button; nothing depends on its success."""
        with contextlib.suppress(Refused, TryLater, Uncertain):
            await self.call(
                "answerCallbackQuery", callback_query_id=callback, text=title[:_LONGEST_NOTICE]
            )

    def show(self, place: Place, answer: Rendered, buttons: Sequence[Button]) -> list[Sending]:
        """The calls that show an answer; buttons stand under the last text."""
        *before, last = answer.texts
        return [
            *(self._text(place, text) for text in before),
            *(self._picture(place, picture) for picture in answer.pictures),
            self._text(place, last, buttons),
        ]

    def _text(self, place: Place, text: str, buttons: Sequence[Button] = ()) -> Sending:
        keyboard = [[{"text": button.title, "callback_data": button.key}] for button in buttons]
        return self._sending(
            "sendMessage",
            place,
            text=text,
            parse_mode="HTML",
            link_preview_options={"is_disabled": True},
            reply_markup={"inline_keyboard": keyboard} if keyboard else None,
        )

    def _picture(self, place: Place, picture: Illustration) -> Sending:
        words = TELEGRAM.write(picture.words)
        caption = words if len(words) <= LONGEST_CAPTION else None
        address = self._text(place, TELEGRAM.source(TELEGRAM.escape(picture.words), picture.url))
        return self._sending(
            "sendPhoto",
            place,
            instead=address,
            photo=picture.url,
            caption=caption,
            parse_mode="HTML",
        )

    def _sending(
        self, method: str, place: Place, *, instead: Sending | None = None, **parameters: Any
    ) -> Sending:
        answered: Json | None = None
        if place.message is not None:
            answered = {"message_id": place.message, "allow_sending_without_reply": True}
        call = partial(
            self.call,
            method,
            chat_id=place.chat,
            message_thread_id=place.thread,
            reply_parameters=answered,
            **parameters,
        )
        return Sending(call, instead)
