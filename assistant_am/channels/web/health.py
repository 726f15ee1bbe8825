"""Can the assistant really answer?"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from pathlib import Path
from typing import Any

import aiohttp
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from assistant_am.channels.shared.erasure import erase_conversation
from assistant_am.channels.shared.turn import Json
from assistant_am.runtime.last_backup import last_backup
from assistant_am.runtime.quiet_logs import log_failure
from assistant_am.stores.conversations import ConversationStore
from assistant_am.stores.errors import DatabaseFileGone, StoreError

logger = logging.getLogger(__name__)

CANARY = "Qu'est-ce qu'un assistant médical ?"
CANARY_SENDER = "canari-"
"""Conversations that are no visitor's, as at the start of « assistant-am serve »."""
STORED, LOST, FILE_GONE = "enregistrees", "perdues", "fichier_disparu"
_SECONDS_TO_ANSWER = 2
_SECONDS_TO_STORE = 10
_SECONDS_FOR_CANARY = 10
_KEPT_SECONDS = 2
_CANARY_KEPT_SECONDS = 60
_OK = 200


def is_ready(agent: Any) -> bool:
    """Whether Rasa has a model and a store."""
    return agent is not None and bool(agent.is_ready())


class Health:
    """Asked often by supervisors: the state is looked at once in two seconds at most.

    Once a minute a question is really asked, in a conversation that is then erased.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = asyncio.Lock()
        self._seen = -float(_KEPT_SECONDS)
        self._state: Json = {}
        self._canary = f"{CANARY_SENDER}{uuid.uuid4().hex}"
        self._asked = -float(_CANARY_KEPT_SECONDS)
        self._answered = False

    async def state(self, agent: Any) -> Json:
        """`pret` says whether questions get answers; the other keys say what is missing."""
        async with self._lock:
            if time.monotonic() - self._seen >= _KEPT_SECONDS:
                self._state = await self._look(agent)
                self._seen = time.monotonic()
            return self._state

    async def _look(self, agent: Any) -> Json:
        if not is_ready(agent):
            return {"pret": False, "modele": "absent"}
        actions, kept = await asyncio.gather(
            _actions_answer(agent.processor.action_endpoint),
            _kept(agent.tracker_store, self._canary),
        )
        stored = kept == STORED
        answered = actions and stored and await self._canary_is_answered(agent)
        return {
            "pret": answered,
            "modele": "charge",
            "modele_id": agent.processor.model_metadata.model_id,
            "serveur_actions": "repond" if actions else "ne_repond_pas",
            "conversations": kept,
            "question_d_essai": "repondue" if answered else "sans_reponse",
            "derniere_sauvegarde": made.date if (made := last_backup(self._data)) else None,
        }

    async def _canary_is_answered(self, agent: Any) -> bool:
        fresh = time.monotonic() - self._asked < _CANARY_KEPT_SECONDS
        if not (self._answered and fresh):
            self._answered = await _answers(agent, self._canary)
            self._asked = time.monotonic()
        return self._answered


async def _answers(agent: Any, sender: str) -> bool:
    """Ask and erase, as a visitor's turn does: lock, model, actions, store."""
    said = CollectingOutputChannel()
    try:
        message = UserMessage(CANARY, said, sender, input_channel="sante")
        await asyncio.wait_for(agent.handle_message(message), _SECONDS_FOR_CANARY)
        await erase_conversation(agent, sender)
    except Exception as error:
        log_failure(logger, "La question d'essai n'a pas eu de réponse", error)
        return False
    return any(message.get("text") for message in said.messages)


async def _kept(store: Any, sender: str) -> str:
    """What becomes of conversations.

    Rasa replaces a store that it cannot load by its memory, without a word.
    """
    if not isinstance(store, ConversationStore):
        return LOST
    try:
        await asyncio.wait_for(store.probe(sender), _SECONDS_TO_STORE)
    except DatabaseFileGone:
        return FILE_GONE
    except (StoreError, asyncio.TimeoutError):
        return LOST
    return STORED


async def _actions_answer(endpoint: Any) -> bool:
    if endpoint is None or not endpoint.url:
        return False
    address = endpoint.url.removesuffix("/webhook") + "/health"
    try:
        timeout = aiohttp.ClientTimeout(total=_SECONDS_TO_ANSWER)
        async with aiohttp.ClientSession(timeout=timeout) as client, client.get(address) as answer:
            return bool(answer.status == _OK)
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
        return False
