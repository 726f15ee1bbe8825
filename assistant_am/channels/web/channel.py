"""The input channel that Rasa loads: puts the pieces together, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty

from assistant_am.channels.shared.alerts import Alerts
from assistant_am.channels.shared.current import current_world
from assistant_am.channels.shared.erasure import erase_conversation
from assistant_am.channels.shared.private import keep_messages_private
from assistant_am.channels.web.answer import NAME, Answers
from assistant_am.channels.web.api import Api
from assistant_am.channels.web.calculator import Calculator
from assistant_am.channels.web.errors import WebError, response_to
from assistant_am.channels.web.estimates import Estimates
from assistant_am.channels.web.feedback import Feedback
from assistant_am.channels.web.headers import add_security_headers
from assistant_am.channels.web.health import Health
from assistant_am.channels.web.intranet import Intranet
from assistant_am.channels.web.limits import Limiter
from assistant_am.channels.web.origins import Origins
from assistant_am.channels.web.pages import FOLDER, Pages
from assistant_am.channels.web.renewal import Renewal
from assistant_am.channels.web.sessions import Offers, References, Sessions
from assistant_am.channels.web.site import Site, mount
from assistant_am.channels.web.talk import Talk
from assistant_am.channels.web.turns import Turns
from assistant_am.channels.web.versions import Versions
from assistant_am.runtime.lengths import refuse_false_lengths
from assistant_am.runtime.metrics import METRICS
from assistant_am.runtime.quiet_logs import keep_messages_out_of_logs
from assistant_am.runtime.secrets import internal_key, load_secret
from assistant_am.runtime.settings import MODEL_VARIABLE, WebSettings
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.once import answering_once
from assistant_am.stores.queues import process_queue

PREFIX = f"/webhooks/{NAME}/"
LARGEST_READ = 64 * 1024
"""Bytes of a body that are read at all; Sanic would take 100 MB."""


class WebInput(InputChannel):
    """`assistant_am.channels.web.channel.WebInput: {}` in credentials.yml."""

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """The credentials hold nothing; raises WrongSetting for the environment's values."""
        return cls(WebSettings.from_environment())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Every route of the channel, those outside /webhooks/web as well."""
        settings = self.settings
        keep_messages_out_of_logs()
        keep_messages_private(erase_conversation)
        if settings.metrics_port:
            METRICS.start(settings.metrics_port)
        secret = load_secret(settings.secret, settings.data)
        world = current_world()
        offers, references = Offers(secret), References(secret)
        intranet = Intranet(settings.jwt, secret, demo=settings.demo)
        limiter = Limiter(settings, StoreSettings.from_environment().redis, secret)
        turns = Turns(settings.deadline, process_queue())
        feedback = Feedback(settings.data, settings.kept_days(world().knowledge.site))

        async def forget(conversation: str) -> None:
            await feedback.erase(conversation)
            turns.forget(conversation)

        api = Api(
            sessions=Sessions(secret, settings.session_hours),
            intranet=intranet,
            limiter=limiter,
            alerts=Alerts(world),
            turns=turns,
            talk=Talk(answering_once(on_new_message), Answers(offers, references), world, forget),
            offers=offers,
            references=references,
            feedback=feedback,
            forget=forget,
            announced_days=lambda: int(world().knowledge.site["conservation_jours"]),
        )
        pages = Pages(lambda: world().knowledge.site)
        site = Site(
            pages,
            Versions(FOLDER, settings.data / "widget"),
            Estimates(
                lambda: world().parameters, site=lambda: str(world().knowledge.site["hebergeur"])
            ),
            intranet,
            limiter,
            Calculator(world),
            Health(settings.data),
            settings.origins,
        )
        model = os.environ.get(MODEL_VARIABLE)
        renewal = Renewal(internal_key(secret), world, Path(model) if model else None)
        return _WebBlueprint(api, site, renewal, Origins(settings.origins))


class _WebBlueprint(Blueprint):
    """Rasa mounts it under /webhooks/web; its pages and rules are those of the whole server."""

    def __init__(self, api: Api, site: Site, renewal: Renewal, origins: Origins) -> None:
        super().__init__("assistant_am_web")
        self.ctx.site = site
        self.ctx.renewal = renewal
        self.ctx.origins = origins
        for path, handler in (
            ("/session", api.open_session),
            ("/message", api.message),
            ("/avis", api.opinion),
            ("/effacer", api.erase),
        ):
            mount(self, path, handler, ("POST",))
        mount(self, "/origine", origins.tell, ("GET",))

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        super().register(app, options)
        refuse_false_lengths(app)
        # The access log would hold addresses.
        app.config.ACCESS_LOG = False
        app.config.REQUEST_MAX_SIZE = LARGEST_READ
        # Rasa's own CORS rule would add « Allow-Credentials: true » to every answer.
        app.ctx.sanic_cors.resources = []
        app.blueprint(self.ctx.site.blueprint())
        app.blueprint(self.ctx.renewal.blueprint())
        app.register_middleware(self._before, "request")
        app.register_middleware(self._after, "response")
        app.error_handler.add(Exception, _on_exception)

    async def _before(self, request: Request) -> HTTPResponse | None:
        try:
            if request.path == "/" and request.method in ("GET", "HEAD"):
                return self.ctx.site.home(request)
            if request.path.startswith(PREFIX):
                if request.method == "OPTIONS":
                    return empty()
                if request.method != "GET":
                    self.ctx.origins.require_allowed(request)
        except WebError as error:
            # Raised here, it would come when Sanic is already answering another error.
            return error.response()
        return None

    async def _after(self, request: Request, response: BaseHTTPResponse) -> None:
        if request.path.startswith(PREFIX):
            self.ctx.origins.add_headers(request, response)
        add_security_headers(response)


def _on_exception(request: Request, exception: Exception) -> HTTPResponse:
    # Without a method, what came was not even HTTP.
    return response_to(exception, readable=request.method != "NONE")
