"""The routes of conversations: session, message, opinion, erasure."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from assistant_am.channels.shared.alerts import Alerts
from assistant_am.channels.shared.erasure import erase_conversation
from assistant_am.channels.shared.turn import Json
from assistant_am.channels.shared.words import LONGEST_TEXT, as_plain_text, clean
from assistant_am.channels.web import requests
from assistant_am.channels.web.answer import NAME
from assistant_am.channels.web.errors import WebError, field_error
from assistant_am.channels.web.feedback import LONGEST_REASON, OPINIONS, Feedback
from assistant_am.channels.web.health import is_ready
from assistant_am.channels.web.intranet import Intranet
from assistant_am.channels.web.limits import Limiter, Reading
from assistant_am.channels.web.sessions import Offers, References, Session, Sessions
from assistant_am.channels.web.talk import Forget, Talk
from assistant_am.channels.web.turns import Turns
from assistant_am.runtime.fair_queue import ASKER
from assistant_am.runtime.masking import mask
from assistant_am.runtime.metrics import METRICS

_RETRY_SECONDS = 2
_STARTING_SECONDS = 5


class Api:
    """Each method is the handler of one POST; a refusal is a WebError."""

    def __init__(
        self,
        *,
        sessions: Sessions,
        intranet: Intranet,
        limiter: Limiter,
        alerts: Alerts,
        turns: Turns,
        talk: Talk,
        offers: Offers,
        references: References,
        feedback: Feedback,
        forget: Forget,
        announced_days: Callable[[], int],
    ) -> None:
        self._sessions = sessions
        self._intranet = intranet
        self._limiter = limiter
        self._alerts = alerts
        self._turns = turns
        self._talk = talk
        self._offers = offers
        self._references = references
        self._feedback = feedback
        self._forget = forget
        self._announced_days = announced_days

    async def open_session(self, request: Request) -> HTTPResponse:
        requests.require_fields(requests.read_object(request))
        await self._limiter.count(request, "session")
        header = request.headers.get("authorization")
        conversation = self._intranet.conversation(header) if header else None
        session, signed, end = self._sessions.open(conversation)
        body = {
            "session": signed,
            "expire": end,
            "profil": session.profile,
            "accueil": self._talk.welcome(session.conversation),
            "conservation_jours": self._announced_days(),
        }
        return json(body, status=201, ensure_ascii=False)

    async def message(self, request: Request) -> HTTPResponse:
        data = requests.read_object(request)
        alert = await self._alert(request, data)
        if alert is not None:
            return await self._answer_alert(request, data, alert)
        session, message = await self._message_of(request, data)
        conversation = session.conversation
        if not self._turns.knows(conversation, message):
            text = self._words(session, data)
            reading = self._reading(request, session, text)
            await self._limiter.count(request, "message", conversation, message, reading)
            self._start(request, session, message, reading)
        answer = await self._turns.answer(conversation, message)
        if answer is None:
            late = {"id": message, "etat": "en_cours", "reessayer_dans": _RETRY_SECONDS}
            return json(late, status=202)
        return json({"id": message, "reponse": answer}, ensure_ascii=False)

    async def opinion(self, request: Request) -> HTTPResponse:
        data = requests.read_object(request)
        requests.require_fields(data, ("session", "reference", "avis"), ("raison",))
        session = self._session(request, data)
        if data["avis"] not in OPINIONS:
            raise field_error("avis", "il faut « utile » ou « inutile ».")
        reason = clean(data.get("raison", ""))
        if len(reason) > LONGEST_REASON:
            raise field_error("raison", f"elle est trop longue : {LONGEST_REASON} caractères.")
        self._references.require_own(session.conversation, data["reference"])
        await self._limiter.count(request, "avis", session.conversation)
        await self._feedback.save(
            session.conversation, data["reference"], data["avis"], mask(reason)
        )
        METRICS.opinion(data["avis"])
        return empty(204)

    async def erase(self, request: Request) -> HTTPResponse:
        data = requests.read_object(request)
        requests.require_fields(data, ("session",))
        session = self._session(request, data)
        await self._limiter.count(request, "effacer", session.conversation)
        agent = self._agent(request)
        # Behind the turns under way: none of them may write after the erasure.
        async with self._turns.queue(session.conversation):
            await erase_conversation(agent, session.conversation)
            await self._forget(session.conversation)
        return empty(204)

    async def _alert(self, request: Request, data: Json) -> Json | None:
        """Looked for before anything else may refuse the message, but a flood of an unknown."""
        text = data.get("texte")
        if not isinstance(text, str):
            return None
        if not self._has_session(request, data):
            self._limiter.count_without_session(request)
        is_long = len(text) > LONGEST_TEXT
        # Nobody in danger writes many such texts; a flood of them would slow all others.
        if is_long and not await self._limiter.may_examine_long_text(request):
            return None
        return await self._alerts.block(text)

    async def _answer_alert(self, request: Request, data: Json, alert: Json) -> HTTPResponse:
        """Answer at once; the conversation takes note of the message later, if it can."""
        given = data.get("id")
        message = clean(given)[: requests.LONGEST_ID] if isinstance(given, str) else ""
        conversation = ""
        with contextlib.suppress(WebError):
            session, message = await self._message_of(request, data)
            conversation = session.conversation
            reading = self._reading(request, session, self._words(session, data))
            if not self._turns.knows(conversation, message):
                await self._limiter.count(request, "message", conversation, message, reading)
                self._start(request, session, message, reading)
        METRICS.alert(NAME)
        answer = self._talk.alert(conversation, message, alert)
        return json({"id": message, "reponse": answer}, ensure_ascii=False)

    async def _message_of(self, request: Request, data: Json) -> tuple[Session, str]:
        field = "charge" if "charge" in data else "texte"
        requests.require_fields(data, ("session", "id", field))
        return self._session(request, data), requests.message_id(data)

    def _words(self, session: Session, data: Json) -> str:
        if "texte" in data:
            return requests.message_text(data["texte"])
        payload = requests.token(data, "charge")
        # A button says what a person could type: it is no command either.
        return as_plain_text(self._offers.read(session.conversation, payload))

    def _has_session(self, request: Request, data: Json) -> bool:
        if not isinstance(data.get("session"), str):
            return False
        try:
            self._session(request, data)
        except WebError:
            return False
        return True

    def _session(self, request: Request, data: Json) -> Session:
        """The session, whose conversation must be that of the token, if it is the intranet's."""
        session = self._sessions.read(requests.token(data, "session"))
        header = request.headers.get("authorization")
        if session.profile == "intranet":
            if not header:
                raise WebError("jeton_absent")
            if self._intranet.conversation(header) != session.conversation:
                raise WebError("session_invalide")
        elif header:
            raise WebError("session_invalide")
        return session

    def _reading(self, request: Request, session: Session, text: str) -> Reading:
        """A person of the intranet is known; all others are their address."""
        known = session.profile == "intranet"
        return Reading(text, session.conversation if known else self._limiter.asker(request))

    def _start(self, request: Request, session: Session, message: str, reading: Reading) -> None:
        self._agent(request)
        work = partial(self._talk.turn, session.conversation, message, reading.text)
        # The task of the turn takes it along.
        ASKER.set(reading.asker)
        self._turns.start(session.conversation, message, work)

    def _agent(self, request: Request) -> Any:
        agent = getattr(request.app.ctx, "agent", None)
        if not is_ready(agent):
            raise WebError("incident", status=503, retry_after=_STARTING_SECONDS)
        return agent
