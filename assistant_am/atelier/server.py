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
from assistant_am.atelier.inbox_pages import InboxPages
from assistant_am.atelier.intranet_gate import Gate, Refused
from assistant_am.atelier.learning_pages import LearningPages
from assistant_am.atelier.new_pages import NewPages
from assistant_am.atelier.other_pages import OtherPages
from assistant_am.atelier.publish_pages import PublishPages
from assistant_am.atelier.spreadsheet_pages import SpreadsheetPages
from assistant_am.atelier.typed import Misread
from assistant_am.operations.errors import OperationError

HOST = "127.0.0.1"
COOKIE = "atelier"
STATIC = Path(__file__).parent / "static"
LONGEST_BODY = 400_000
LONGEST_UPLOAD = 60_000_000
_UPLOADS = ("/apprendre/deposer", "/tableur")
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


def make_app(desk: Desk, gate: Gate | None = None) -> Sanic:
    """The server of one workshop; with a gate, those whom the intranet knows come in as well."""
    # Sanic refuses two applications of one name; tests make several.
    app = Sanic(f"atelier_{secrets.token_hex(4)}", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LONGEST_UPLOAD
    app.config.FALLBACK_ERROR_FORMAT = "text"
    _mount(app, desk, gate)
    names = (*_LOCAL, gate.host) if gate else _LOCAL

    @app.on_request
    async def local_only(request: Request) -> HTTPResponse | None:
        """A page elsewhere may name this machine by its own name: it is not answered."""
        if len(request.body) > LONGEST_BODY and request.path not in _UPLOADS:
            return _error(desk, 413, "C'est trop long pour être gardé.")
        if _host(request) not in names:
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


def _host(request: Request) -> str:
    host = request.headers.get("host", "")
    return host.rpartition(":")[0] or host


def _mount(app: Sanic, desk: Desk, gate: Gate | None) -> None:
    entries, figures = EntryPages(desk), AmountPages(desk)
    publishing, others = PublishPages(desk), OtherPages(desk)
    added, letters = NewPages(desk, entries), InboxPages(desk)
    learnings, sheets = LearningPages(desk), SpreadsheetPages(desk)
    routes: list[tuple[str, str, Handler]] = [
        ("GET", "/", others.home),
        ("GET", "/essayer", others.trial),
        ("POST", "/essayer", others.say),
        ("POST", "/essayer/recommencer", others.again),
        ("POST", "/essayer/partager", others.share),
        ("GET", "/essais/<key>", others.shared),
        ("POST", "/essais/<key>/refaire", others.again_from),
        ("POST", "/inviter", others.invite),
        ("GET", "/publier", publishing.draft),
        ("POST", "/publier", publishing.publish),
        ("POST", "/mise-a-jour", publishing.settle),
        ("GET", "/historique", publishing.history),
        ("POST", "/historique/<number>/annuler", publishing.undo),
        ("GET", "/rappels", publishing.reminders),
        ("GET", "/boite", letters.all),
        ("GET", "/boite/<name>", letters.show),
        ("POST", "/boite/<name>", letters.learn),
        ("POST", "/boite/<name>/ecarter", letters.put_aside),
        ("POST", "/boite/<name>/remettre", letters.take_back),
        ("GET", "/apprendre", learnings.show),
        ("POST", "/apprendre", learnings.begin),
        ("POST", "/apprendre/arreter", learnings.stop),
        ("POST", "/apprendre/deposer", learnings.take),
        ("GET", "/apprendre/etat", learnings.state),
        ("GET", "/tableur", sheets.show),
        ("POST", "/tableur", sheets.take),
        ("POST", "/tableur/garder", sheets.keep),
        ("GET", "/tableur/<name>", sheets.export),
        ("GET", "/nouveau/<kind>", added.show),
        ("POST", "/nouveau/<kind>", added.add),
        ("POST", "/nouveau/<kind>/apercu", added.preview),
        ("GET", "/montants", figures.all),
        ("GET", "/montants/<name>", figures.show),
        ("POST", "/montants/<name>", figures.add),
        ("POST", "/montants/<name>/apercu", figures.preview),
        ("POST", "/brouillon/retirer", entries.give_up),
        ("POST", "/brouillon/garder", entries.hold_on),
    ]
    for kind in ("faits", "fiches", "phrases", "sources", "contacts"):
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
        served = _served(desk, gate, handler)
        app.add_route(served, path, methods=[method], name=f"page_{number}")
    if gate is not None:
        app.add_route(_intranet_door(desk, gate), "/entree/intranet", methods=["POST"], name="gate")
    app.add_route(_door(desk), "/entree/<link>", methods=["GET", "POST"], name="door")
    app.add_route(_static, "/statique/<name>", methods=["GET"], name="static")


def _of(handler: Handler, kind: str, **fixed: str) -> Handler:
    def with_kind(visit: Visit, **found: str) -> Reply:
        return handler(visit, kind, **{**fixed, **found})

    return with_kind


def _served(desk: Desk, gate: Gate | None, handler: Handler) -> Callable[..., Any]:
    """The handler behind its session, in a thread: a publication lets the others type on."""

    async def serve(request: Request, **found: str) -> HTTPResponse:
        try:
            visitor = _visitor(request, desk, gate)
        except Refused as error:
            return _error(desk, 403, str(error))
        form, files = _form(request) if request.method == "POST" else ({}, {})
        if request.method == "POST" and not _is_ours(request, visitor, form, gate):
            return _error(
                desk, 403, "Cette page est trop ancienne : revenez en arrière, rechargez."
            )
        if request.method == "POST" and not (visitor.may_write or _only_looks(request.path)):
            return _error(desk, 403, "Vous avez le rôle « lecture » : rien n'a été changé.")
        query = {name: str(values[0]) for name, values in request.args.items()}
        visit = Visit(visitor, form, query, files)
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
        if _host(request) not in _LOCAL or not desk.doors.is_open(link):
            return _error(desk, 403, "Ce lien a déjà servi, ou il est trop ancien.")
        said = ""
        if request.method == "POST":
            try:
                name = typed.line((_form(request)[0].get("nom") or [""])[0])
                if not name or len(name) > LONGEST_NAME:
                    raise Misread("Dites qui vous êtes, en soixante caractères au plus.")
                session = desk.doors.enter(link, name)
            except Misread as error:
                said = str(error)
            else:
                if session is None:
                    return _error(desk, 403, "Ce lien a déjà servi, ou il est trop ancien.")
                return _with_session(session, "Strict")
        page = desk.render("entree.html", lien=link, refus=said)
        return raw(str(page).encode(), status=422 if said else 200, content_type=_HTML)

    return enter


def _intranet_door(desk: Desk, gate: Gate) -> Callable[..., Any]:
    async def enter(request: Request) -> HTTPResponse:
        """A form of the intranet's page sends the token; the browser gets a session for it."""
        try:
            person = gate.person((_form(request)[0].get("jeton") or [""])[0])
        except Refused as error:
            return _error(desk, 403, str(error))
        # Coming from another site, a browser would not send a « Strict » cookie to the next page.
        response = _with_session(desk.doors.open_session(person), "Lax")
        response.cookies[COOKIE]["secure"] = True
        return response

    return enter


def _visitor(request: Request, desk: Desk, gate: Gate | None) -> Visitor:
    """Who it is, by her session or the token that comes with each request. Raises Refused."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if gate is not None and scheme.lower() == "bearer":
        return desk.doors.known(gate.person(token.strip()))
    visitor = desk.doors.visitor(request.cookies.get(COOKIE) or "")
    if visitor is None:
        raise Refused("Entrez par le lien affiché au démarrage : il ne sert qu'une fois.")
    return visitor


def _only_looks(path: str) -> bool:
    """A trial and a preview change nothing."""
    return path.endswith("/apercu") or path.startswith(("/essayer", "/essais/"))


def _with_session(session: str, same_site: str) -> HTTPResponse:
    response = raw(b"", status=303, headers={"Location": "/"})
    response.cookies[COOKIE] = session
    response.cookies[COOKIE]["httponly"] = True
    response.cookies[COOKIE]["samesite"] = same_site
    response.cookies[COOKIE]["path"] = "/"
    return response


async def _static(_: Request, name: str) -> HTTPResponse:
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in _KINDS or not path.is_file():
        raise SanicException("absent", status_code=404)
    return raw(path.read_bytes(), content_type=_KINDS[path.suffix])


_HTML = "text/html; charset=utf-8"


def _form(request: Request) -> tuple[dict[str, list[str]], dict[str, bytes]]:
    """The fields, empty ones as well: an emptied field is a change; and the files."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        fields = {name: [str(each) for each in given] for name, given in request.form.items()}
        return fields, {name: given[0].body for name, given in request.files.items()}
    try:
        text = request.body.decode("utf-8")
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS), {}
    except ValueError as error:
        raise SanicException("formulaire illisible", status_code=400) from error


def _is_ours(
    request: Request, visitor: Visitor, form: dict[str, list[str]], gate: Gate | None
) -> bool:
    origin = request.headers.get("origin", "")
    ours = gate.address if gate else ""
    from_here = origin in ("", f"http://{request.headers.get('host', '')}", ours)
    return from_here and visitor.holds((form.get("jeton") or [""])[0])


def _response(reply: Reply) -> HTTPResponse:
    if reply.location:
        return raw(b"", status=reply.status, headers={"Location": reply.location})
    if reply.data is not None:
        return json(reply.data, status=reply.status)
    if reply.file is not None:
        name, content = reply.file
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return raw(content, headers=disposition, content_type=reply.content_type)
    return raw(reply.html.encode(), status=reply.status, content_type=_HTML)


def _error(desk: Desk, status: int, said: str) -> HTTPResponse:
    page = desk.render("erreur.html", dit=said)
    return raw(str(page).encode(), status=status, content_type=_HTML)


def serve(desk: Desk, port: int, gate: Gate | None = None) -> None:
    """Serve until Ctrl-C; what trials need is loaded meanwhile, in the background."""
    threading.Thread(target=_prepare, args=(desk,), daemon=True).start()
    make_app(desk, gate).run(HOST, port, access_log=False, motd=False)


def _prepare(desk: Desk) -> None:
    # Without a model the first trial says so: nothing else needs one.
    with contextlib.suppress(OperationError):
        desk.trials.prepare()
    with contextlib.suppress(OperationError):
        desk.inbox.letters()
