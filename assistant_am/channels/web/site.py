"""The routes of pages, pictures, health and description."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from importlib.resources import files
from typing import Any

import yaml
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw, text

from assistant_am.channels.web import headers
from assistant_am.channels.web.calculator import Calculator
from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.estimates import Estimates, Form
from assistant_am.channels.web.health import Health
from assistant_am.channels.web.intranet import Intranet
from assistant_am.channels.web.limits import Limiter
from assistant_am.channels.web.pages import Pages
from assistant_am.channels.web.versions import NAME, Versions

HOME = "demo.html"
_READ = ("GET", "HEAD")
_MAX_AGE = "public, max-age=300"
_OPEN = {
    "Cache-Control": _MAX_AGE,
    # A computation from what the address says: every page may read it, as it may show the picture.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Site:
    """Everything that a browser gets."""

    def __init__(
        self,
        pages: Pages,
        versions: Versions,
        estimates: Estimates,
        intranet: Intranet,
        limiter: Limiter,
        calculator: Calculator,
        health: Health,
        origins: Iterable[str],
    ) -> None:
        self._pages = pages
        self._versions = versions
        self._estimates = estimates
        self._intranet = intranet
        self._limiter = limiter
        self._calculator = calculator
        self._health = health
        self._framed = headers.framed_by(origins)
        self._description = _description()

    def home(self, request: Request) -> HTTPResponse:
        """The page at « / », an address that Rasa's own greeting holds already."""
        return self._pages.serve(request, HOME)

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("assistant_am_site")
        for path, handler in (
            ("/widget.js", self._widget),
            (f"/<name:{NAME}>", self._version),
            ("/confidentialite", self._privacy),
            ("/chat", self._chat),
            ("/chat.webmanifest", self._manifest),
            ("/demo/jeton", self._token),
            ("/demo/<name:str>", self._demo),
            ("/estimation", self._estimate_page),
            ("/estimation.png", self._estimate_png),
            ("/estimation.svg", self._estimate_svg),
            ("/estimation.json", self._card),
            ("/estimation.ics", self._calendar),
            ("/sante", self._ready),
            ("/vivant", self._alive),
            ("/openapi.json", self._openapi),
        ):
            mount(blueprint, path, handler, _READ)
        return blueprint

    async def _widget(self, request: Request) -> HTTPResponse:
        return self._pages.serve(request, "widget.js", for_partners=True)

    async def _version(self, request: Request, name: str) -> HTTPResponse:
        return self._versions.serve(request, name)

    async def _privacy(self, request: Request) -> HTTPResponse:
        return self._pages.serve(request, "confidentialite.html")

    async def _chat(self, request: Request) -> HTTPResponse:
        page = self._pages.serve(request, "chat.html", policy=self._framed)
        page.headers["X-Frame-Options"] = headers.FRAMED
        return page

    async def _manifest(self, request: Request) -> HTTPResponse:
        return self._pages.serve(request, "chat.webmanifest")

    async def _demo(self, request: Request, name: str) -> HTTPResponse:
        if name.endswith(".html"):
            raise WebError("introuvable")
        return self._pages.serve(request, name)

    async def _token(self, request: Request) -> HTTPResponse:
        token = self._intranet.demo_token()
        await self._limiter.count(request, "jeton")
        return json({"jeton": token})

    async def _estimate_page(self, request: Request) -> HTTPResponse:
        try:
            return await self._estimate(request, "html")
        except WebError as error:
            if "text/html" not in request.headers.get("accept", ""):
                raise
            body = self._estimates.refusal(error)
            sent = {"Content-Security-Policy": headers.self_styled(body)}
            kind = "text/html; charset=utf-8"
            return raw(body.encode(), status=error.status, headers=sent, content_type=kind)

    async def _estimate_png(self, request: Request) -> HTTPResponse:
        return await self._estimate(request, "png")

    async def _estimate_svg(self, request: Request) -> HTTPResponse:
        return await self._estimate(request, "svg")

    async def _estimate(self, request: Request, form: Form) -> HTTPResponse:
        given = await self._inputs(request)
        drawn = await self._estimates.get(form, request.query_string, given)
        policy = headers.self_styled(drawn.body.decode()) if form == "html" else headers.PICTURE
        sent = {
            "Cache-Control": _MAX_AGE,
            "Content-Security-Policy": policy,
            # Shown by the widget on partners' pages.
            "Cross-Origin-Resource-Policy": "cross-origin",
            "ETag": drawn.etag,
        }
        if request.headers.get("if-none-match") == drawn.etag:
            return HTTPResponse(status=304, headers=sent)
        return raw(drawn.body, headers=sent, content_type=drawn.kind)

    async def _card(self, request: Request) -> HTTPResponse:
        card = self._calculator.card(request.query_string, await self._inputs(request))
        return json(card, headers=_OPEN, ensure_ascii=False)

    async def _calendar(self, request: Request) -> HTTPResponse:
        body = self._calculator.calendar(request.query_string, await self._inputs(request))
        sent = {
            **_OPEN,
            "Content-Disposition": 'attachment; filename="contrat-assistant-medical.ics"',
        }
        return raw(body, headers=sent, content_type="text/calendar; charset=utf-8")

    async def _inputs(self, request: Request) -> list[tuple[str, str]]:
        await self._limiter.count(request, "estimation")
        return request.get_query_args(keep_blank_values=True)

    async def _ready(self, request: Request) -> HTTPResponse:
        state = await self._health.state(getattr(request.app.ctx, "agent", None))
        if state["pret"]:
            return json(state)
        error = {"code": "incident", "message": "L'assistant n'est pas prêt."}
        return json({**state, "erreur": {**error, "reessayer_dans": 5}}, status=503)

    async def _alive(self, request: Request) -> HTTPResponse:
        return text("ok")

    async def _openapi(self, request: Request) -> HTTPResponse:
        return json(self._description, ensure_ascii=False)


def mount(
    blueprint: Blueprint,
    path: str,
    method: Callable[..., Awaitable[HTTPResponse]],
    verbs: tuple[str, ...],
) -> None:
    """Add a route whose handler is a method: Sanic writes on handlers, and methods refuse it."""

    async def handle(request: Request, **names: str) -> HTTPResponse:
        return await method(request, **names)

    blueprint.add_route(handle, path, methods=verbs, name=method.__name__.strip("_"))


def _description() -> dict[str, Any]:
    source = files("assistant_am.channels.web") / "openapi.yml"
    return dict(yaml.safe_load(source.read_text(encoding="utf-8")))
