"""Rasa's own callback connector, driven once: somebody's gateway gets what REST would show."""

from __future__ import annotations

from typing import Any

import requests
from aiohttp import web
from rasa.core.channels.callback import CallbackInput
from rasa.utils.endpoints import EndpointConfig

from tests.channels.shared.fake import FakeService
from tests.channels.shared.serving import serving

SAID = {
    "text": "**Une** réponse.\nSource : Onisep.",
    "buttons": [{"title": "Durée", "payload": "combien de temps"}],
}


class Gateway(FakeService):
    """Takes what is posted to it."""

    async def take(self, request: web.Request) -> tuple[str, dict[str, Any], Any, int]:
        return request.path, await request.json(), {}, 200


def test_callback():
    with Gateway().running() as gateway:
        channel = CallbackInput(EndpointConfig(url=f"{gateway.url}/retour"))
        with serving([channel]) as served:
            served.agent.script = {"bonjour": SAID}
            question = {"sender": "p", "message": "bonjour"}
            requests.post(f"{served.url}/webhooks/callback/webhook", json=question, timeout=20)
            (sent,) = gateway.wait(1, "/retour")
            assert (sent["recipient_id"], sent["text"]) == ("p", SAID["text"])
            assert sent["buttons"] == SAID["buttons"]
