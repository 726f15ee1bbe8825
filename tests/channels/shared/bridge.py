"""REST in front of a messaging service: whoever speaks REST speaks through it, as a new person."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps, loads
from typing import Any, Protocol

from assistant_am.channels.shared.phrases import KINDS
from assistant_am.channels.shared.styles import for_sms

END = for_sms(KINDS["position"])
"""Said to somebody's position, which changes nothing else: all that came before is the answer."""


class Somebody(Protocol):
    def send(self, text: str) -> Any: ...

    def locate(self) -> None:
        """Send one's position."""

    def texts(self) -> list[str]:
        """All that was shown, so far."""

    def wait_for(self, holds: Callable[[], bool]) -> None: ...


@contextmanager
def bridge(newcomer: Callable[[], Somebody]) -> Iterator[str]:
    """The address of a REST channel that speaks through a messaging service."""
    people: dict[str, Somebody] = {}
    guard = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({"status": "ok"})

        def do_POST(self) -> None:
            given = loads(self.rfile.read(int(self.headers["Content-Length"])))
            with guard:
                if given["sender"] not in people:
                    people[given["sender"]] = newcomer()
                person = people[given["sender"]]
            texts = asked(person, given["message"])
            self._answer([{"recipient_id": given["sender"], "text": text} for text in texts])

        def _answer(self, body: Any) -> None:
            content = dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def asked(person: Somebody, text: str) -> list[str]:
    """What was shown to this message, as a person reads it."""
    before = len(person.texts())
    person.send(text)
    person.locate()
    person.wait_for(lambda: any(for_sms(each) == END for each in person.texts()[before:]))
    shown = person.texts()[before:]
    return [_read(each) for each in shown if for_sms(each) != END]


def _read(text: str) -> str:
    return html.unescape(re.sub(r"</?(?:b|pre|a)\b[^>]*>", "", text))
