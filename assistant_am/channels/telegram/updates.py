"""Reads what Telegram brings: who wrote, where, and what, if it is for us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.incoming import Incoming, Kind
from assistant_am.channels.shared.turn import Json

WANTED = ("message", "edited_message", "callback_query")
"""Kinds of updates that Telegram is asked for."""
_GROUPS = ("group", "supergroup")
_ANSWERED = ("private", *_GROUPS)
_KINDS: dict[str, Kind] = {
    "voice": "vocal",
    "audio": "vocal",
    "video_note": "vocal",
    "sticker": "autocollant",
    "animation": "autocollant",
    "dice": "autocollant",
    "photo": "image",
    "location": "position",
    "venue": "position",
    "contact": "contact",
    "video": "fichier",
    "document": "fichier",
    "poll": "fichier",
    "story": "fichier",
}
_COMMAND = re.compile(r"^/(\w+)@(\w+)")


@dataclass(frozen=True)
class Place:
    """Where to answer."""

    chat: int
    thread: int | None = None
    """The topic of a group that has topics."""
    message: int | None = None
    """In a group, the message that is answered."""


@dataclass(frozen=True)
class Update:
    """One update that is for us."""

    incoming: Incoming
    place: Place
    callback: str | None = None
    """The pressing of a button, to be acknowledged."""


@dataclass
class Myself:
    """The bot's own account; the name is asked from Telegram, and may come late."""

    id: int
    username: str | None = None


class Reader:
    """Reads updates for one bot."""

    def __init__(self, identity: Identity, myself: Myself) -> None:
        self._identity = identity
        self._myself = myself

    def read(self, data: Json) -> Update | None:
        """The message of an update, or None when there is nothing to answer.

        Raises KeyError, TypeError, AttributeError or ValueError for what is no update.
        """
        key = self._identity.short("message", str(int(data["update_id"])))
        if "callback_query" in data:
            return self._pressed(key, data["callback_query"])
        if "edited_message" in data:
            return self._message(key, data["edited_message"], edited=True)
        return self._message(key, data["message"]) if "message" in data else None

    def _message(self, key: str, message: Json, *, edited: bool = False) -> Update | None:
        sender, chat = message.get("from") or {}, message["chat"]
        if sender.get("is_bot") or "id" not in sender or chat["type"] not in _ANSWERED:
            return None
        text = str(message.get("text") or message.get("caption") or "")
        kind: Kind = "texte" if "text" in message else _kind(message)
        if kind == "texte" and not text:
            return None  # somebody came, left, changed the picture of the group…
        if chat["type"] in _GROUPS:
            if not self._is_addressed(message, text):
                return None
            text = self._without_my_name(text)
        incoming = Incoming(
            self._conversation(chat, sender), key, text, "modifie" if edited else kind
        )
        return Update(incoming, _place(message))

    def _pressed(self, key: str, query: Json) -> Update | None:
        message = query.get("message")
        if not message or "data" not in query or message["chat"]["type"] not in _ANSWERED:
            return None
        pressed = str(query["data"])
        incoming = Incoming(
            self._conversation(message["chat"], query["from"]),
            key,
            _title(message, pressed),
            pressed=pressed,
        )
        place = Place(int(message["chat"]["id"]), message.get("message_thread_id"))
        return Update(incoming, place, str(query["id"]))

    def _conversation(self, chat: Json, sender: Json) -> str:
        """In a group everybody reads the answers: nobody's own conversation goes on there."""
        who = [str(int(sender["id"]))]
        if chat["type"] in _GROUPS:
            who.append(str(int(chat["id"])))
        return self._identity.conversation(*who)

    def _is_addressed(self, message: Json, text: str) -> bool:
        """A command of ours, our name, or an answer to what we said."""
        answered = (message.get("reply_to_message") or {}).get("from") or {}
        if answered.get("id") == self._myself.id:
            return True
        if command := _COMMAND.match(text):
            return self._is_me(command[2])
        name = self._myself.username
        return name is not None and re.search(rf"@{name}\b", text, re.IGNORECASE) is not None

    def _is_me(self, name: str) -> bool:
        return name.lower() == (self._myself.username or "").lower()

    def _without_my_name(self, text: str) -> str:
        if command := _COMMAND.match(text):
            return f"/{command[1]}{text[command.end() :]}"
        name = self._myself.username
        return re.sub(rf"@{name}\b[\s,:]*", "", text, flags=re.IGNORECASE) if name else text


def _kind(message: Json) -> Kind:
    for name, kind in _KINDS.items():
        if name in message:
            return kind
    return "texte"


def _place(message: Json) -> Place:
    chat = message["chat"]
    in_group = chat["type"] in _GROUPS
    return Place(
        int(chat["id"]),
        message.get("message_thread_id") if message.get("is_topic_message") else None,
        int(message["message_id"]) if in_group else None,
    )


def _title(message: Json, pressed: str) -> str:
    """The words on the pressed button, which Telegram brings with the message that bore it."""
    keyboard: Any = (message.get("reply_markup") or {}).get("inline_keyboard") or ()
    for row in keyboard:
        for button in row:
            if button.get("callback_data") == pressed:
                return str(button.get("text") or "")
    return ""
