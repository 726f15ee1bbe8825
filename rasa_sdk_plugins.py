"""Secures the action server: rasa_sdk looks for this top-level name when it starts.

By itself it answers anybody, repeats the whole conversation when an action fails, and stands still
for good when a request lies about its length.
"""

from __future__ import annotations

import asyncio
import hmac
import importlib
import logging
import os
import sys

import pluggy
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from assistant_am.runtime.lengths import refuse_false_lengths

SETTING = "ASSISTANT_ACTIONS_SECRET"
"""Shared with Rasa by « assistant-am serve »; without it, being on loopback is the only guard."""
HEADER = "X-Assistant-Am"
OPEN_PATHS = ("/health",)

logger = logging.getLogger(__name__)
hookimpl = pluggy.HookimplMarker("rasa_sdk")


def init_hooks(manager: pluggy.PluginManager) -> None:
    """Rasa_sdk calls this."""
    manager.register(sys.modules[__name__])


@hookimpl
def attach_sanic_app_extensions(app: Sanic) -> None:
    """Ask for the secret, and say nothing of a conversation in an error."""
    secret = os.environ.get(SETTING, "")
    refuse_false_lengths(app)

    async def require_secret(request: Request) -> HTTPResponse | None:
        if not secret or request.path in OPEN_PATHS:
            return None
        given = request.headers.get(HEADER, "")
        if hmac.compare_digest(given.encode(), secret.encode()):
            return None
        return json({"error": "Accès refusé : l'en-tête secret manque."}, status=403)

    async def on_exception(request: Request, exception: Exception) -> HTTPResponse:
        status = getattr(exception, "status_code", 500)
        logger.error("Action interrompue : %s", type(exception).__name__)
        return json({"error": type(exception).__name__}, status=status)

    async def reload(request: Request) -> HTTPResponse:
        """Take the knowledge of the disk, for « assistant-am reload »."""
        world = importlib.import_module("actions.world")
        refusal = await asyncio.to_thread(world.read_again)
        return json({"refus": refusal}, status=409) if refusal else json({})

    app.add_route(reload, "/recharger", methods=["POST"])
    app.register_middleware(require_secret, "request")
    app.error_handler.add(Exception, on_exception)
    app.config.ACCESS_LOG = False
