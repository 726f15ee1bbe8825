"""Telegram as a bot knows it: https://core.telegram.org/bots/api, as of Bot API 9."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from itertools import count
from typing import Any

from aiohttp import web

from tests.channels.shared.fake import FakeService, Fault

TOKEN = "123456789:" + "A" * 35
USERNAME = "assistant_am_bot"
_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}
_ENTITIES = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")
_KNOWN = {
    "getMe": set(),
    "setWebhook": {"url", "secret_token", "allowed_updates"},
    "setMyCommands": {"commands"},
    "answerCallbackQuery": {"callback_query_id", "text"},
    "sendMessage": {
        "chat_id", "text", "parse_mode", "link_preview_options", "reply_markup",
        "message_thread_id", "reply_parameters",
    },
    "sendPhoto": {
        "chat_id", "photo", "caption", "parse_mode", "message_thread_id", "reply_parameters",
    },
}  # fmt: skip


class BotApi(FakeService):
    """Refuses as Telegram does: {"ok": false, "error_code", "description"}."""

    def __init__(self) -> None:
        super().__init__()
        self._ids = count(1)
        self.bad_pictures = False
        """Telegram cannot fetch the pictures whose address it is given."""
        self.old_queries = False
        """Buttons were pressed too long ago to be acknowledged."""

    async def take(self, request: web.Request) -> tuple[str, dict[str, Any], Any, int]:
        token, _, method = request.path.removeprefix("/bot").partition("/")
        if token != TOKEN:
            raise _fault(401, "Unauthorized")
        if method not in _KNOWN:
            raise _fault(404, f"Not Found: {method}")
        given = json.loads(await request.read())
        if unknown := given.keys() - _KNOWN[method]:
            raise _fault(400, f"unknown parameters {unknown}")
        result = getattr(self, f"_{method}")(given)
        return method, given, {"ok": True, "result": result}, 200

    def _getMe(self, given: dict[str, Any]) -> Any:
        return {"id": 123456789, "is_bot": True, "username": USERNAME}

    def _setWebhook(self, given: dict[str, Any]) -> Any:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given["secret_token"]):
            raise _fault(400, "secret token contains unallowed characters")
        return True

    def _setMyCommands(self, given: dict[str, Any]) -> Any:
        for command in given["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise _fault(400, "BOT_COMMAND_INVALID")
        return True

    def _answerCallbackQuery(self, given: dict[str, Any]) -> Any:
        if self.old_queries:
            raise _fault(
                400, "query is too old and response timeout expired or query ID is invalid"
            )
        if len(given.get("text", "")) > 200:
            raise _fault(400, "MESSAGE_TOO_LONG")
        return True

    def _sendMessage(self, given: dict[str, Any]) -> Any:
        self._check(given, given.get("text", ""), 4096, "message")
        for row in given.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]:
            for button in row:
                if not button.get("text"):
                    raise _fault(400, "button text must be non-empty")
                if not 1 <= len(button["callback_data"].encode()) <= 64:
                    raise _fault(400, "BUTTON_DATA_INVALID")
        return {"message_id": next(self._ids), "chat": {"id": given["chat_id"]}}

    def _sendPhoto(self, given: dict[str, Any]) -> Any:
        if self.bad_pictures:
            raise _fault(400, "wrong type of the web page content")
        if not given["photo"].startswith("http"):
            raise _fault(400, "wrong file identifier/HTTP URL specified")
        if "caption" in given:
            self._check(given, given["caption"], 1024, "caption")
        return {"message_id": next(self._ids), "chat": {"id": given["chat_id"]}}

    def _check(self, given: dict[str, Any], text: str, longest: int, what: str) -> None:
        if not isinstance(given.get("chat_id"), int):
            raise _fault(400, "chat_id is empty")
        if given.get("parse_mode") == "HTML":
            text = _without_tags(text)
        if not text.strip():
            raise _fault(400, f"{what} text is empty")
        if len(text.encode("utf-16-le")) // 2 > longest:
            raise _fault(400, f"{what} is too long")


def _without_tags(text: str) -> str:
    if _ENTITIES.search(text):
        raise _fault(400, "can't parse entities: unsupported entity")
    parser = _Strict()
    parser.feed(text)
    parser.close()
    if parser.opened:
        raise _fault(400, f"can't parse entities: unclosed {parser.opened}")
    return html.unescape(re.sub(r"<[^>]*>", "", text))


class _Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in _TAGS or (attrs and tag != "a"):
            raise _fault(400, f"can't parse entities: unsupported start tag {tag}")
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            raise _fault(400, f"can't parse entities: unexpected end tag {tag}")


def _fault(status: int, why: str) -> Fault:
    body = {"ok": False, "error_code": status, "description": f"Bad Request: {why}"}
    return Fault(status, body, why)
