"""`POST /recharger`: takes the knowledge and the model of the disk, or keeps both as they are.

For « assistant-am reload » on this machine alone: it wants the key that only we know, and the
reverse proxy lets nobody come here.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from pathlib import Path
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from assistant_am.channels.shared.current import CurrentWorld
from assistant_am.channels.shared.turn import Json
from assistant_am.channels.web import requests
from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.health import is_ready
from assistant_am.channels.web.site import mount
from assistant_am.files.errors import KnowledgeError
from assistant_am.runtime import model_swap
from assistant_am.runtime.files import file_sha256
from assistant_am.runtime.quiet_logs import log_failure
from assistant_am.runtime.secrets import INTERNAL_HEADER
from assistant_am.runtime.settings import ROOT

PATH = "/recharger"
_CODE = ("assistant_am", "actions")
_KEPT = 409

logger = logging.getLogger(__name__)


class Kept(Exception):
    """The old knowledge and the old model stay; the French text says why."""


class Renewal:
    """One at a time; `model` is the file that this process was started with."""

    def __init__(self, key: str, world: CurrentWorld, model: Path | None) -> None:
        self._key = key
        self._world = world
        self._model = model
        self._loaded = file_sha256(model) if model and model.is_file() else None
        self._started = time.time()
        self._lock = asyncio.Lock()

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("assistant_am_renewal")
        mount(blueprint, PATH, self._renew, ("POST",))
        return blueprint

    async def _renew(self, request: Request) -> HTTPResponse:
        given = request.headers.get(INTERNAL_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._key.encode()):
            raise WebError("introuvable")
        wanted = requests.read_object(request).get("modele")
        agent = getattr(request.app.ctx, "agent", None)
        if not is_ready(agent):
            raise WebError("incident", status=503)
        try:
            async with self._lock:
                return json(await self._take(agent, wanted), ensure_ascii=False)
        except Kept as kept:
            return json({"refus": str(kept)}, status=_KEPT, ensure_ascii=False)

    async def _take(self, agent: Any, wanted: object) -> Json:
        """Both are read before one of them is used."""
        if await asyncio.to_thread(_code_changed_since, self._started):
            raise Kept(
                "le programme lui-même a changé depuis le démarrage : redémarrez l'assistant."
            )
        try:
            world = await asyncio.to_thread(self._world.read)
        except KnowledgeError as error:
            raise Kept(str(error)) from error
        processor = None
        if isinstance(wanted, str) and wanted != self._loaded:
            processor = await self._processor(agent, wanted)
            model_swap.put(agent, processor)
            self._loaded = wanted
        self._world.replace(world)
        logger.info("Connaissances rechargées%s.", ", nouveau modèle" if processor else "")
        return {
            "modele": "change" if processor else "garde",
            "modele_id": agent.processor.model_metadata.model_id,
        }

    async def _processor(self, agent: Any, wanted: str) -> Any:
        if self._model is None or await asyncio.to_thread(file_sha256, self._model) != wanted:
            raise Kept("le fichier du modèle n'est plus celui qui a été vérifié : relancez.")
        try:
            processor = await asyncio.to_thread(model_swap.load, agent, self._model)
            if await model_swap.understands(processor):
                return processor
        except Exception as error:
            # Whatever a broken model makes Rasa raise.
            log_failure(logger, "Nouveau modèle refusé", error)
        raise Kept("le nouveau modèle ne peut pas être chargé : « assistant-am train --force ».")


def _code_changed_since(moment: float) -> bool:
    """A model of other code would meet the code that is in memory."""
    return any(
        path.stat().st_mtime > moment for name in _CODE for path in (ROOT / name).rglob("*.py")
    )
