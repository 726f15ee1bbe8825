"""Which web pages may talk to the assistant."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, json

from assistant_am.channels.web.errors import WebError

_PREFLIGHT_SECONDS = "600"


class Origins:
    """The partners' origins, and always the page's own one.

    A browser tells the origin of each POST; programs tell none, and may pass: keeping them out is
    not what origins are for. No cookie is read, so another site cannot use a visitor's session.
    """

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed

    def require_allowed(self, request: Request) -> None:
        """Raise origine_refusee for a page of a site that is not allowed."""
        if "origin" in request.headers and self._allowed_origin(request) is None:
            raise WebError("origine_refusee")

    async def tell(self, request: Request) -> HTTPResponse:
        """Whether the asking page's site is allowed: the one answer that every site may read."""
        allowed = "origin" not in request.headers or self._allowed_origin(request) is not None
        return json({"autorisee": allowed}, headers={"Access-Control-Allow-Origin": "*"})

    def add_headers(self, request: Request, response: BaseHTTPResponse) -> None:
        """Let the page of an allowed origin read the answer."""
        response.headers["Vary"] = "Origin"
        origin = self._allowed_origin(request)
        if origin is None:
            return
        response.headers["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "POST"
            response.headers["Access-Control-Allow-Headers"] = "Content-Type, Authorization"
            response.headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS

    def _allowed_origin(self, request: Request) -> str | None:
        origin: str = request.headers.get("origin", "")
        if origin.lower() in self._allowed:
            return origin
        try:
            host = urlsplit(origin).netloc
        except ValueError:
            return None
        # Its own page: what the browser calls is where the page came from.
        return origin if host and host == request.headers.get("host") else None
