"""The pages on HTTP: loopback only, sessions, tokens of forms, security headers, bounded bodies."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from assistant_am.atelier import typed
from assistant_am.atelier.access import Visitor
from assistant_am.atelier.amount_pages import AmountPages
from assistant_am.atelier.desk import Desk, NotFound, Reply, Visit
from assistant_am.atelier.entry_pages import EntryPages
from assistant_am.atelier.other_pages import OtherPages
from assistant_am.atelier.publish_pages import PublishPages
from assistant_am.atelier.typed import Misread
from assistant_am.operations.errors import OperationError

HOST = "127.0.0.1"
COOKIE = "atelier"
STATIC = Path(__file__).parent / "static"
LONGEST_BODY = 400_000
MOST_FIELDS = 3000
LONGEST_NAME = 60
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not « no-referrer »: browsers would then hide the origin of our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_LOCAL = ("127.0.0.1", "localhost", "[::1]")

_log = logging.getLogger(__name__)
Handler = Callable[..., Reply]


def make_app(desk: Desk) -> Sanic:
    """The server of one workshop."""
    # Sanic refuses two applications of one name; tests make several.
    app = Sanic(f"atelier_{secrets.token_hex(4)}", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LONGEST_BODY
    app.config.FALLBACK_ERROR_FORMAT = "text"
    _mount(app, desk)

    @app.on_request
    async def local_only(request: Request) -> HTTPResponse | None:
        """A page elsewhere may name this machine by its own name: it is not answered."""
        name = request.headers.get("host", "").rpartition(":")[0] or request.headers.get("host", "")
        if name not in _LOCAL:
            return _error(desk, 421, "Cette adresse n'est pas celle de l'atelier.")
        return None

    @app.on_response
    async def secure(_: Request, response: Any) -> None:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)

    @app.exception(Exception)
    async def failed(_: Request, error: Exception) -> HTTPResponse:
        _log.error("page en panne", exc_info=error)
        said = "Cette page n'a pas pu être faite. Rien n'est perdu : le brouillon est gardé."
        return _error(desk, 500, said)

    @app.exception(SanicException)
    async def told(_: Request, error: SanicException) -> HTTPResponse:
        return _error(desk, error.status_code or 500, "Cette page n'existe pas.")

    return app


def _mount(app: Sanic, desk: Desk) -> None:
    entries, figures = EntryPages(desk), AmountPages(desk)
    publishing, others = PublishPages(desk), OtherPages(desk)
    routes: list[tuple[str, str, Handler]] = [
        ("GET", "/", others.home),
        ("GET", "/essayer", others.trial),
        ("POST", "/essayer", others.say),
        ("POST", "/essayer/recommencer", others.again),
        ("POST", "/inviter", others.invite),
        ("GET", "/publier", publishing.draft),
        ("POST", "/publier", publishing.publish),
        ("POST", "/mise-a-jour", publishing.settle),
        ("GET", "/historique", publishing.history),
        ("POST", "/historique/<number>/annuler", publishing.undo),
        ("GET", "/rappels", publishing.reminders),
        ("GET", "/montants", figures.all),
        ("GET", "/montants/<name>", figures.show),
        ("POST", "/montants/<name>", figures.add),
        ("POST", "/montants/<name>/apercu", figures.preview),
        ("POST", "/brouillon/retirer", entries.give_up),
        ("POST", "/brouillon/garder", entries.hold_on),
    ]
    for kind in ("faits", "fiches", "sources"):
        routes += [
            ("GET", f"/{kind}/<key>", _of(entries.show, kind)),
            ("POST", f"/{kind}/<key>", _of(entries.keep, kind)),
            ("POST", f"/{kind}/<key>/apercu", _of(entries.preview, kind)),
            ("GET", f"/{kind}/<key>/etat", _of(entries.state, kind)),
            ("POST", f"/{kind}/<key>/oublier", _of(entries.forget_typing, kind)),
        ]
    for method, end, handler in (
        ("GET", "", entries.show),
        ("POST", "", entries.keep),
        ("POST", "/apercu", entries.preview),
        ("GET", "/etat", entries.state),
        ("POST", "/oublier", entries.forget_typing),
    ):
        routes.append((method, f"/site{end}", _of(handler, "site", key="site")))
    for number, (method, path, handler) in enumerate(routes):
        app.add_route(_served(desk, handler), path, methods=[method], name=f"page_{number}")
    app.add_route(_door(desk), "/entree/<link>", methods=["GET", "POST"], name="door")
    app.add_route(_static, "/statique/<name>", methods=["GET"], name="static")


def _of(handler: Handler, kind: str, **fixed: str) -> Handler:
    def with_kind(visit: Visit, **found: str) -> Reply:
        return handler(visit, kind, **{**fixed, **found})

    return with_kind


def _served(desk: Desk, handler: Handler) -> Callable[..., Any]:
    """The handler behind its session, in a thread: a publication lets the others type on."""

    async def serve(request: Request, **found: str) -> HTTPResponse:
        visitor = desk.doors.visitor(request.cookies.get(COOKIE) or "")
        if visitor is None:
            return _error(
                desk, 403, "Entrez par le lien affiché au démarrage : il ne sert qu'une fois."
            )
        form = _form(request) if request.method == "POST" else {}
        if request.method == "POST" and not _is_ours(request, visitor, form):
            return _error(
                desk, 403, "Cette page est trop ancienne : revenez en arrière, rechargez."
            )
        query = {name: str(values[0]) for name, values in request.args.items()}
        visit = Visit(visitor, form, query)
        loop = asyncio.get_running_loop()
        try:
            reply = await loop.run_in_executor(None, lambda: handler(visit, **found))
        except NotFound:
            return _error(desk, 404, "Cette page n'existe pas.")
        return _response(reply)

    return serve


def _door(desk: Desk) -> Callable[..., Any]:
    async def enter(request: Request, link: str) -> HTTPResponse:
        """The link alone opens nothing: a preview of it by some program does not use it up."""
        if not desk.doors.is_open(link):
            return _error(desk, 403, "Ce lien a déjà servi, ou il est trop ancien.")
        said = ""
        if request.method == "POST":
            try:
                name = typed.line((_form(request).get("nom") or [""])[0])
                if not name or len(name) > LONGEST_NAME:
                    raise Misread("Dites qui vous êtes, en soixante caractères au plus.")
                session = desk.doors.enter(link, name)
            except Misread as error:
                said = str(error)
            else:
                if session is None:
                    return _error(desk, 403, "Ce lien a déjà servi, ou il est trop ancien.")
                return _with_session(session)
        page = desk.render("entree.html", lien=link, refus=said)
        return raw(str(page).encode(), status=422 if said else 200, content_type=_HTML)

    return enter


def _with_session(session: str) -> HTTPResponse:
    response = raw(b"", status=303, headers={"Location": "/"})
    response.cookies[COOKIE] = session
    response.cookies[COOKIE]["httponly"] = True
    response.cookies[COOKIE]["samesite"] = "Strict"
    response.cookies[COOKIE]["path"] = "/"
    return response


async def _static(_: Request, name: str) -> HTTPResponse:
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in _KINDS or not path.is_file():
        raise SanicException("absent", status_code=404)
    return raw(path.read_bytes(), content_type=_KINDS[path.suffix])


_HTML = "text/html; charset=utf-8"


def _form(request: Request) -> dict[str, list[str]]:
    """The fields, empty ones as well: an emptied field is a change."""
    try:
        text = request.body.decode("utf-8")
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise SanicException("formulaire illisible", status_code=400) from error


def _is_ours(request: Request, visitor: Visitor, form: dict[str, list[str]]) -> bool:
    origin = request.headers.get("origin", "")
    from_here = origin in ("", f"http://{request.headers.get('host', '')}")
    return from_here and visitor.holds((form.get("jeton") or [""])[0])


def _response(reply: Reply) -> HTTPResponse:
    if reply.location:
        return raw(b"", status=reply.status, headers={"Location": reply.location})
    if reply.data is not None:
        return json(reply.data, status=reply.status)
    if reply.file is not None:
        name, content = reply.file
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return raw(content, headers=disposition, content_type="text/csv; charset=utf-8")
    return raw(reply.html.encode(), status=reply.status, content_type=_HTML)


def _error(desk: Desk, status: int, said: str) -> HTTPResponse:
    page = desk.render("erreur.html", dit=said)
    return raw(str(page).encode(), status=status, content_type=_HTML)


def serve(desk: Desk, port: int) -> None:
    """Serve until Ctrl-C; what trials need is loaded meanwhile, in the background."""
    threading.Thread(target=_prepare, args=(desk,), daemon=True).start()
    make_app(desk).run(HOST, port, access_log=False, motd=False)


def _prepare(desk: Desk) -> None:
    # Without a model the first trial says so: nothing else needs one.
    with contextlib.suppress(OperationError):
        desk.trials.prepare()
