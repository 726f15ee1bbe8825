"""What the server signs: sessions, the payloads of buttons, the references of answers."""

from __future__ import annotations

import hmac
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer

from assistant_am.channels.web.errors import WebError, field_error
from assistant_am.runtime.secrets import derived

Profile = Literal["visiteur", "intranet"]

_HOUR = 3600
_REFERENCE_CHARACTERS = 16


@dataclass(frozen=True)
class Session:
    """Who speaks: `conversation` is Rasa's sender id, chosen by the server."""

    conversation: str
    profile: Profile


class Sessions:
    """Opens and reads sessions; they end a fixed time after their opening, whatever happens.

    Nothing is kept here: any process with the same secret reads the session of another.
    """

    def __init__(self, secret: bytes, hours: float, clock: Callable[[], float] = time.time) -> None:
        self._serializer = URLSafeSerializer(derived(secret, "session"))
        self._seconds = hours * _HOUR
        self._clock = clock

    def open(self, conversation: str | None = None) -> tuple[Session, str, str]:
        """A session of the intranet's conversation, else of a new visitor.

        Returns it, its signed form, and its end (ISO 8601, UTC).
        """
        profile: Profile = "intranet" if conversation else "visiteur"
        session = Session(conversation or f"visiteur-{uuid.uuid4().hex}", profile)
        end = int(self._clock() + self._seconds)
        signed = self._serializer.dumps([session.conversation, profile, end])
        shown = datetime.fromtimestamp(end, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return session, str(signed), shown

    def read(self, signed: str) -> Session:
        """Raises session_invalide for what we did not sign, session_expiree after its end."""
        try:
            conversation, profile, end = self._serializer.loads(signed)
        except BadData:
            raise WebError("session_invalide") from None
        if self._clock() >= end:
            raise WebError("session_expiree")
        return Session(conversation, profile)


class Offers:
    """Buttons offered in one conversation; their payloads mean nothing in another."""

    def __init__(self, secret: bytes) -> None:
        self._key = derived(secret, "bouton")

    def sign(self, conversation: str, say: str) -> str:
        """The payload of a button that stands for the words `say`."""
        return str(self._serializer(conversation).dumps(say))

    def read(self, conversation: str, payload: str) -> str:
        """The words of a button; raises charge_inconnue when not offered here."""
        try:
            return str(self._serializer(conversation).loads(payload))
        except BadData:
            raise WebError("charge_inconnue") from None

    def _serializer(self, conversation: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._key, salt=conversation)


class References:
    """Names answers, so that an opinion can only be given on one's own."""

    def __init__(self, secret: bytes) -> None:
        self._key = derived(secret, "reponse")

    def make(self, conversation: str, message: str) -> str:
        """The same message of the same conversation always has the same reference."""
        name = self._hash("nom", conversation, message)
        return f"{name}-{self._hash('preuve', conversation, name)}"

    def require_own(self, conversation: str, reference: str) -> None:
        """Raise champ_invalide for an answer that this conversation never had."""
        name, _, proof = reference.partition("-")
        expected = self._hash("preuve", conversation, name)
        if not hmac.compare_digest(proof.encode(), expected.encode()):
            raise field_error("reference", "cette réponse n'appartient pas à la conversation.")

    def _hash(self, *parts: str) -> str:
        text = "\0".join(parts).encode()
        return hmac.new(self._key, text, sha256).hexdigest()[:_REFERENCE_CHARACTERS]
