"""The channel that `CONTRIBUTING.md` shows works as it stands there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
import requests
from aiohttp import web

from tests.channels.shared.fake import FakeService
from tests.channels.shared.serving import ALERT, serving

ROOT = Path(__file__).resolve().parents[3]
KEY = "k" * 32


class Gateway(FakeService):
    """Takes what is posted to it."""

    async def take(self, request: web.Request) -> tuple[str, dict[str, Any], Any, int]:
        return request.path, await request.json(), {}, 200


@pytest.fixture
def shown(tmp_path, monkeypatch) -> Any:
    """The page's program as a module; a file, because Sanic reads the source of its handlers."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "passerelle_du_guide.py").write_text(program, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module("passerelle_du_guide")


def test_the_channel_of_the_page(shown, tmp_path, monkeypatch):
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    with Gateway().running() as gateway:
        given = {"url": f"{gateway.url}/retour", "cle": KEY}
        with serving([shown.GatewayInput.from_credentials(given)]) as served:

            def say(text: str, message: str, key: str = KEY) -> int:
                question = {"de": "zoe", "id": message, "texte": text}
                hook = f"{served.url}/webhooks/passerelle/webhook"
                headers = {"X-Cle": key}
                return requests.post(hook, json=question, headers=headers, timeout=20).status_code

            assert say("bonjour", "0", key="autre") == 403
            assert say("bonjour", "1") == say("bonjour", "1") == 200
            (sent,) = gateway.wait(1, "/retour")
            assert (sent["a"], "Entendu : bonjour" in sent["texte"]) == ("zoe", True)
            assert say(ALERT, "2") == 200
            assert "15" in gateway.wait(2, "/retour")[1]["texte"]
            assert served.agent.heard == ["bonjour", ALERT]
            assert served.agent.said[0].sender_id.startswith("passerelle-")
