"""A small client of Rasa's REST channel."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

PATH = "/webhooks/rest/webhook"


class UnreachableError(Exception):
    """No server answered, or not as the REST channel does."""


@dataclass(frozen=True)
class Message:
    """One message of the assistant: its text, and its buttons as (title, payload)."""

    text: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    image: str = ""


@dataclass(frozen=True)
class RestClient:
    """Talks to the assistant at ``url``, for example ``http://127.0.0.1:5005``."""

    url: str
    timeout: float = 60

    def say(self, text: str, sender: str) -> list[Message]:
        """Send one message and return the answers; an empty list is how Rasa shows a failure."""
        request = urllib.request.Request(
            self.url + PATH,
            data=json.dumps({"sender": sender, "message": text}).encode(),
            headers={"Content-Type": "application/json"},
        )
        return [_message(item) for item in self._json(request)]

    def _json(self, request: urllib.request.Request) -> list[dict[str, Any]]:
        try:
            with _opener().open(request, timeout=self.timeout) as response:
                answer: list[dict[str, Any]] = json.load(response)
                return answer
        except (OSError, ValueError) as error:
            raise UnreachableError(str(error)) from error


def _message(item: dict[str, Any]) -> Message:
    return Message(
        text=str(item.get("text") or ""),
        buttons=[(b["title"], b.get("payload") or b["title"]) for b in item.get("buttons") or []],
        image=str(item.get("image") or ""),
    )


def answers(url: str) -> bool:
    """Tell whether a GET of the address succeeds."""
    try:
        with _opener().open(url, timeout=5):
            return True
    except (OSError, ValueError):
        return False


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener that ignores HTTP_PROXY: the servers are on this machine."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))
