"""Twilio's Messages resource: https://www.twilio.com/docs/messaging/api/message-resource."""

from __future__ import annotations

import re
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BasicAuth, web

from tests.channels.shared.fake import FakeService, Fault

ACCOUNT = "AC" + "0" * 32
TOKEN = "jeton-de-twilio"
_KNOWN = {"From", "To", "Body", "MediaUrl"}
_NUMBER = re.compile(r"(whatsapp:)?\+\d{8,15}")


class MessagesApi(FakeService):
    """Refuses as Twilio does: {"code", "message", "status"}."""

    def __init__(self) -> None:
        super().__init__()
        self._ids = count(1)
        self.bad_pictures = False

    async def take(self, request: web.Request) -> tuple[str, dict[str, Any], Any, int]:
        if request.headers.get("Authorization") != BasicAuth(ACCOUNT, TOKEN).encode():
            raise _fault(401, 20003, "Authenticate")
        if request.path != f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
            raise _fault(404, 20404, request.path)
        given = dict(parse_qsl((await request.read()).decode(), strict_parsing=True))
        if unknown := given.keys() - _KNOWN:
            raise _fault(400, 20001, f"unknown {unknown}")
        for name, code in (("To", 21211), ("From", 21212)):
            if not _NUMBER.fullmatch(given.get(name, "")):
                raise _fault(400, code, f"{name} is no number")
        if given["To"].startswith("whatsapp:") != given["From"].startswith("whatsapp:"):
            raise _fault(400, 21910, "From and To are of different channels")
        if not given.get("Body", "").strip() and "MediaUrl" not in given:
            raise _fault(400, 21619, "a message body or media is required")
        if len(given.get("Body", "").encode("utf-16-le")) // 2 > 1600:
            raise _fault(400, 21617, "body exceeds 1600 characters")
        if "MediaUrl" in given and (self.bad_pictures or not given["To"].startswith("whatsapp:")):
            raise _fault(400, 21620, "invalid media URL, or no MMS to this number")
        name = f"SM{next(self._ids):032x}"
        return "Messages", given, {"sid": name, "status": "queued"}, 201


def _fault(status: int, code: int, why: str) -> Fault:
    return Fault(status, {"code": code, "message": why, "status": status}, why)
