"""Files for browsers: the demonstration page, the widget, the privacy notice."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, raw

from assistant_am.channels.web import headers, versions
from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.site_words import site_words

FOLDER = Path(__file__).parent / "static"
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
_MAX_AGE = "public, max-age=300"


@dataclass(frozen=True)
class _File:
    version: object
    body: bytes
    packed: bytes
    etag: str


class Pages:
    """Serves `static/`, with the words of the site in its pages.

    A file built again is read again, and settings taken anew are said, without a new start.
    """

    def __init__(self, settings: Callable[[], Mapping[str, Any]], folder: Path = FOLDER) -> None:
        self._folder = folder
        self._settings = settings
        self._files: dict[str, _File] = {}

    def serve(
        self, request: Request, name: str, *, for_partners: bool = False, policy: str | None = None
    ) -> HTTPResponse:
        """A file by its name, for partners' pages as well or for our own only; `policy`: another
        one than that of its kind.

        Raises introuvable.
        """
        file = self._read(name)
        policy = policy or (headers.PICTURE if name.endswith(".svg") else headers.PAGE)
        sent = {
            "Cache-Control": _MAX_AGE,
            "Content-Security-Policy": policy,
            "ETag": file.etag,
            "Vary": "Accept-Encoding",
        }
        if for_partners:
            sent |= versions.HEADERS
        if request.headers.get("if-none-match") == file.etag:
            return HTTPResponse(status=304, headers=sent)
        body = file.body
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, sent["Content-Encoding"] = file.packed, "gzip"
        return raw(body, headers=sent, content_type=_KINDS[Path(name).suffix])

    def _read(self, name: str) -> _File:
        path = self._folder / name
        if path.parent != self._folder or path.suffix not in _KINDS or not path.is_file():
            raise WebError("introuvable")
        words = site_words(self._settings()) if path.suffix == ".html" else {}
        version = (path.stat().st_mtime_ns, words)
        known = self._files.get(name)
        if known is None or known.version != version:
            known = self._files[name] = self._load(path, version, words)
        return known

    def _load(self, path: Path, version: object, words: Mapping[str, str]) -> _File:
        body = path.read_bytes()
        for name, said in words.items():
            body = body.replace(f"{{{{{name}}}}}".encode(), said.encode())
        # Weak: packed or not, it is the same file.
        etag = f'W/"{sha256(body).hexdigest()[:24]}"'
        return _File(version, body, gzip.compress(body, mtime=0), etag)
