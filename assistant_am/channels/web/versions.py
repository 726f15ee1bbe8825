"""The widget's files by the hash of their content: an address whose bytes never change.

A partner's page may check what it loads (`integrity`). A version that was served stays served after
an update: else the chat would be gone from that page until somebody changes its tag.
"""

from __future__ import annotations

import gzip
import re
from hashlib import sha256
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse, raw

from assistant_am.channels.web.errors import WebError

FILES = ("widget.js", "widget-plus.js")
NAME = r"widget(?:-plus)?\.[0-9a-f]{16}\.js"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What lets any page check a script or take it as a module."""
_LENGTH = 16
_FOREVER = "public, max-age=31536000, immutable"


def versioned(name: str, content: bytes) -> str:
    """« widget.js » of this content as « widget.0123456789abcdef.js »."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:_LENGTH]}.{ending}"


class Versions:
    """`static` holds the files of now, `kept` those that were served once."""

    def __init__(self, static: Path, kept: Path) -> None:
        self._static = static
        self._kept = kept

    def serve(self, request: Request, name: str) -> HTTPResponse:
        """A file by its versioned name; raises introuvable."""
        body = self._find(name)
        sent = {**HEADERS, "Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, sent["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
        return raw(body, headers=sent, content_type="text/javascript; charset=utf-8")

    def _find(self, name: str) -> bytes:
        if not re.fullmatch(NAME, name):
            raise WebError("introuvable")
        kept = self._kept / name
        if kept.is_file():
            return kept.read_bytes()
        for each in FILES:
            content = (self._static / each).read_bytes()
            if versioned(each, content) == name:
                self._keep(kept, content)
                return content
        raise WebError("introuvable")

    def _keep(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Another process may read it meanwhile.
        part = path.with_suffix(f".{id(self):x}.part")
        part.write_bytes(content)
        part.replace(path)
