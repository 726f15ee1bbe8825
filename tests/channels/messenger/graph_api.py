"""Messenger's Send API: https://developers.facebook.com/docs/messenger-platform, v25.0."""

from __future__ import annotations

import hmac
import json
from hashlib import sha256
from typing import Any

from aiohttp import web

from tests.channels.shared.fake import FakeService, Fault

PAGE_TOKEN = "jeton-de-la-page"
APP_SECRET = "secret-de-l-application"


class GraphApi(FakeService):
    """Refuses as the Graph API does: {"error": {"message", "code"}}."""

    async def take(self, request: web.Request) -> tuple[str, dict[str, Any], Any, int]:
        if request.query.get("access_token") != PAGE_TOKEN:
            raise _fault(190, "Invalid OAuth access token", 401)
        proof = hmac.new(APP_SECRET.encode(), PAGE_TOKEN.encode(), sha256).hexdigest()
        if request.query.get("appsecret_proof") != proof:
            raise _fault(100, "Invalid appsecret_proof provided")
        given = json.loads(await request.read())
        if request.path == "/v25.0/me/messenger_profile":
            _need(given["get_started"]["payload"], 1000, "payload")
            return "messenger_profile", given, {"result": "success"}, 200
        if request.path != "/v25.0/me/messages":
            raise _fault(2500, f"Unknown path {request.path}", 404)
        _need(given["recipient"]["id"], 100, "recipient")
        if given["messaging_type"] != "RESPONSE":
            raise _fault(100, "messaging_type")
        _check(given["message"])
        return "messages", given, {"recipient_id": given["recipient"]["id"], "message_id": "m"}, 200


def _check(message: dict[str, Any]) -> None:
    if unknown := message.keys() - {"text", "attachment", "quick_replies"}:
        raise _fault(100, f"unknown {unknown}")
    if ("text" in message) == ("attachment" in message):
        raise _fault(100, "text or attachment must be set")
    if "text" in message:
        _need(message["text"], 2000, "text")
    else:
        _check_attachment(message["attachment"])
    replies = message.get("quick_replies", [None])
    if not 1 <= len(replies) <= 13:
        raise _fault(100, "quick_replies: 1 to 13")
    for reply in replies if "quick_replies" in message else ():
        if reply["content_type"] != "text":
            raise _fault(100, "content_type")
        _need(reply["title"], 20, "title")
        _need(reply["payload"], 1000, "payload")


def _check_attachment(attachment: dict[str, Any]) -> None:
    payload = attachment["payload"]
    if attachment["type"] == "image":
        _need_address(payload["url"])
    elif attachment["type"] == "template" and payload["template_type"] == "button":
        _need(payload["text"], 640, "text")
        if not 1 <= len(payload["buttons"]) <= 3:
            raise _fault(100, "buttons: 1 to 3")
        for button in payload["buttons"]:
            _need(button["title"], 20, "title")
            _need_address(button["url"])
    else:
        raise _fault(100, "attachment")


def _need(value: Any, longest: int, name: str) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise _fault(100, f"{name}: 1 to {longest} characters, not {value!r}")


def _need_address(url: str) -> None:
    if not url.startswith("https://"):
        raise _fault(100, "url should be https")


def _fault(code: int, why: str, status: int = 400) -> Fault:
    error = {"message": why, "type": "OAuthException", "code": code, "fbtrace_id": "x"}
    return Fault(status, {"error": error}, why)
