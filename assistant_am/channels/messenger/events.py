"""Reads what Messenger brings: several events in one call, of several persons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.incoming import Incoming, Kind
from assistant_am.channels.shared.turn import Json

START = "bienvenue"
"""What the button « Démarrer » of the page sends back."""
_KINDS: dict[str, Kind] = {
    "audio": "vocal",
    "image": "image",
    "location": "position",
}


@dataclass(frozen=True)
class Event:
    """A message and the account, private to the page, to answer to."""

    incoming: Incoming
    person: str


def read(data: Json, identity: Identity) -> list[Event]:
    """The messages of a call; echoes, receipts and reactions are none.

    Raises KeyError, TypeError or AttributeError for what is no call of Messenger's.
    """
    if data["object"] != "page":
        return []
    found = (
        _event(item, identity) for entry in data["entry"] for item in entry.get("messaging", ())
    )
    return [event for event in found if event is not None]


def _event(item: Json, identity: Identity) -> Event | None:
    person = str(item["sender"]["id"])
    conversation = identity.conversation(person)

    def named(key: str) -> str:
        return identity.short("message", key)

    if "postback" in item:
        postback = item["postback"]
        key = str(postback.get("mid") or f"{person} {item['timestamp']}")
        if postback.get("payload") == START:
            return Event(Incoming(conversation, named(key), "/start"), person)
        text, payload = str(postback.get("title") or ""), str(postback.get("payload") or "")
        return Event(Incoming(conversation, named(key), text, pressed=payload), person)
    if "message_edit" in item:
        edit = item["message_edit"]
        key = f"{edit['mid']} {edit.get('num_edit')}"
        return Event(
            Incoming(conversation, named(key), str(edit.get("text") or ""), "modifie"), person
        )
    if "message" not in item or item["message"].get("is_echo"):
        return None
    message = item["message"]
    key, text = str(message["mid"]), str(message.get("text") or "")
    if message.get("is_deleted"):
        return Event(Incoming(conversation, named(f"{key} supprime"), "", "supprime"), person)
    if "quick_reply" in message:
        payload = str(message["quick_reply"].get("payload") or "")
        return Event(Incoming(conversation, named(key), text, pressed=payload), person)
    return Event(Incoming(conversation, named(key), text, _kind(message)), person)


def _kind(message: Json) -> Kind:
    attachments: list[Json] = message.get("attachments") or []
    if message.get("sticker_id") or any(_stickers(attachments)):
        return "autocollant"
    if not attachments:
        return "texte"
    return _KINDS.get(str(attachments[0].get("type")), "fichier")


def _stickers(attachments: list[Json]) -> Iterator[bool]:
    for attachment in attachments:
        yield "sticker_id" in (attachment.get("payload") or {})
