"""A fake of any platform, what the bot says, and Microsoft's signatures."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from assistant_am.channels.stock import connectors
from tests.channels.shared.fake import FakeService
from tests.channels.shared.serving import Served

KEY = "k" * 32
SAID = {
    "text": "**Une** réponse.\nSource : Onisep.",
    "buttons": [{"title": "Durée", "payload": "combien de temps"}],
    "blocs": [{"type": "paragraphe", "texte": "**Une** réponse."}],
    "question": False,
}


class Platform(FakeService):
    """Answers what each connector expects, and keeps what it was told."""

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__()
        self.answers = answers

    async def take(self, request: web.Request) -> tuple[str, dict[str, Any], Any, int]:
        content = await request.read()
        try:
            given = json.loads(content)
        except ValueError:
            given = {"raw": content.decode(errors="replace")}
        return request.path, given, self.answers.get(request.path, {}), 200


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform({}).running() as running:
        assert isinstance(running, Platform)
        yield running


def drive(served: Served) -> None:
    """From now on every question gets the same answer, with a button."""
    served.agent.script = dict.fromkeys(("bonjour", "combien de temps"), SAID)


@pytest.fixture
def microsoft(platform, monkeypatch):
    """Microsoft's keys, its tokens, and a conversation in Teams."""
    from rasa.core.channels import botframework

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    platform.answers |= {
        "/openid": {"jwks_uri": f"{platform.url}/keys"},
        "/keys": {"keys": [{**public, "kid": "k1"}]},
        "/botframework.com/oauth2/v2.0/token": {"access_token": "t", "expires_in": 60},
    }
    monkeypatch.setattr(botframework, "MICROSOFT_OPEN_ID_URI", f"{platform.url}/openid")
    monkeypatch.setattr(botframework, "MICROSOFT_OAUTH2_URL", platform.url)
    monkeypatch.setattr(botframework.BotFramework, "headers", None)
    monkeypatch.setattr(botframework.BotFramework, "token_expiration_date", datetime.datetime.min)

    def token(aud: str = "app", iss: str = connectors.ISSUER) -> str:
        claims = {"aud": aud, "iss": iss, "exp": time.time() + 300}
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "k1"})

    return token


def activity(platform):
    return {
        "type": "message",
        "text": "bonjour",
        "from": {"id": "u"},
        "recipient": {"id": "bot"},
        "conversation": {"id": "c"},
        "serviceUrl": platform.url,
    }


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """What `serve` gives to the channels."""
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    monkeypatch.setenv("AM_ADRESSE_PUBLIQUE", "https://bot.example")
