"""What people write stays in the conversations alone: searched in every file, after every fault."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.supervise import Bot
from assistant_am.operations.training import train_if_needed
from tests.channels.web.test_real_servers import CLIENT_ADDRESS, FromClientAddress

pytestmark = pytest.mark.e2e

NAME = "Hippolyte-Canari"
PHONE = "06 98 76 54 32"
NIR = "1 80 01 75 123 456 45"
MAIL = "hippolyte.canari@exemple-canari.fr"
SENTENCE = "ma voisine dit que le perroquet vert chante faux"
TEXT = f"je m'appelle {NAME}, {SENTENCE} : {PHONE}, {NIR}, {MAIL}. Combien dure la formation ?"
NEVER_STORED = (PHONE, PHONE.replace(" ", ""), NIR, MAIL, CLIENT_ADDRESS)
ONLY_STORED = (NAME, "perroquet vert")
BIG = 1 << 20


@dataclass
class Watched:
    """The running assistant, and every file that it may write."""

    bot: Bot
    data: Path
    http: requests.Session
    metrics: int

    def post(self, path: str, body: Any, **options: Any) -> requests.Response:
        return self.http.post(self.bot.settings.url + path, json=body, timeout=60, **options)

    def session(self) -> str:
        answer = self.post("/webhooks/web/session", {})
        return str(answer.json()["session"])

    def say(self, session: str, text: str) -> dict[str, Any]:
        body = {"session": session, "id": str(uuid.uuid4()), "texte": text}
        return dict(self.post("/webhooks/web/message", body).json())

    def rest(self, sender: Any, text: Any) -> Any:
        return self.post("/webhooks/rest/webhook", {"sender": sender, "message": text}).json()

    def holding(self, *words: str) -> dict[str, set[str]]:
        """Which of the words each file holds."""
        found: dict[str, set[str]] = {}
        for folder in (self.data, self.bot.logs, self.bot.run_folder):
            for path in folder.rglob("*"):
                if path.is_file():
                    content = path.read_bytes()
                    held = {word for word in words if word.encode() in content}
                    if held:
                        found[path.name] = held
        return found


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The real servers, saying all that they can say."""
    project = Project.here()
    train_if_needed(project, repair=True)
    data, metrics = tmp_path_factory.mktemp("canaris"), free_port()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AM_METRIQUES_PORT", str(metrics))
        environment.setenv("AM_LIMITE_CONVERSATION", "1000/minute")
        bot = Bot(project, Settings(free_port(), free_port(), data))
    for service in bot.services:
        service.command.append("--debug")
    http = requests.Session()
    http.mount("http://", FromClientAddress())
    with bot:
        bot.start()
        yield Watched(bot, data, http, metrics)


def ordinary(watched: Watched, session: str) -> None:
    answer = watched.say(session, TEXT)
    assert answer["reponse"]["blocs"]
    watched.say(session, f"mon père {NAME} ne respire plus")
    reference = answer["reponse"]["reference"]
    opinion = {"session": session, "reference": reference, "avis": "inutile"}
    opinion["raison"] = f"rappelez-moi au {PHONE}, {NIR}"
    assert watched.post("/webhooks/web/avis", opinion).status_code == 204
    assert watched.rest(NAME, TEXT)


def malformed(watched: Watched, session: str) -> None:
    """Each would be a traceback or a line of log somewhere in a stock Rasa."""
    url, web = watched.bot.settings.url, "/webhooks/web/message"
    for body in (
        {"session": session, "id": TEXT, "texte": TEXT},
        {"session": NAME, "id": str(uuid.uuid4()), "texte": TEXT},
        {"session": session, "id": str(uuid.uuid4()), "charge": TEXT},
        {"session": session, "id": str(uuid.uuid4()), "texte": TEXT, NAME: TEXT},
        {"session": session, "id": str(uuid.uuid4()), "texte": [TEXT]},
        {"session": session, "id": str(uuid.uuid4()), "texte": TEXT * 20},
        [TEXT],
    ):
        assert watched.post(web, body).status_code >= 400
    for raw in (TEXT, "{" + TEXT, '{"texte": "' + TEXT, TEXT.encode("utf-16"), TEXT * 9000):
        content = raw if isinstance(raw, bytes) else raw.encode()
        for path in (web, "/webhooks/rest/webhook"):
            with contextlib.suppress(requests.RequestException):
                watched.http.post(
                    url + path,
                    data=content,
                    headers={"Content-Type": "application/json"},
                    timeout=60,
                )
    with contextlib.suppress(requests.RequestException):
        watched.http.post(url + web, data=TEXT.encode() * (BIG // len(TEXT)), timeout=60)
    for sender, text in ((NAME, {"a": TEXT}), ({"a": NAME}, TEXT), (NAME, 3), (NAME, f"/{TEXT}")):
        with contextlib.suppress(ValueError):
            watched.rest(sender, text)
    watched.http.get(f"{url}/{NAME}?q={MAIL}", timeout=60)
    watched.http.get(f"{url}/estimation?quotite={NAME}&{NAME}={MAIL}", timeout=60)
    watched.http.get(f"{url}/sante", headers={"Authorization": f"Bearer {MAIL}"}, timeout=60)
    with socket.create_connection(("127.0.0.1", watched.bot.settings.port)) as bare:
        bare.sendall(f"{NAME} /{MAIL} HTTP/9\r\n\r\n".encode())
        bare.recv(1000)


def straight_to_the_actions(watched: Watched) -> None:
    """Another program of the machine, which is not ours."""
    url = f"{watched.bot.settings.actions_url}/webhook"
    latest = {"text": TEXT, "entities": TEXT}
    call = {
        "next_action": "action_repondre",
        "sender_id": NAME,
        "tracker": {"sender_id": NAME, "slots": {"fil": TEXT}, "latest_message": latest},
    }
    for body in (json.dumps(call), TEXT, "{" + TEXT, "[]"):
        with contextlib.suppress(requests.RequestException):
            watched.http.post(url, data=body.encode(), timeout=60)


def without_the_action_server(watched: Watched, session: str) -> None:
    actions = watched.bot.services[0]
    assert actions.process is not None
    os.killpg(actions.process.pid, signal.SIGKILL)
    actions.process.wait()
    # Its log would be emptied by the new start.
    kept = actions.log.with_suffix(".avant.log")
    kept.write_bytes(actions.log.read_bytes())
    try:
        assert "incident" in json.dumps(watched.say(session, TEXT))
        watched.rest(NAME, TEXT)
    finally:
        actions.start()
    watched.bot._wait(_Silent())


def test_nothing_that_was_written_is_anywhere_but_in_the_conversations(watched):
    session = watched.session()
    ordinary(watched, session)
    malformed(watched, session)
    straight_to_the_actions(watched)
    without_the_action_server(watched, session)

    assert watched.holding(*NEVER_STORED) == {}
    stored = watched.holding(*ONLY_STORED)
    assert stored
    assert {name.split("-")[0] for name in stored} == {"conversations.db"}
    assert_logs_are_json(watched)
    told = requests.get(f"http://127.0.0.1:{watched.metrics}/metrics", timeout=10).text
    assert 'am_tours_total{canal="web",issue="incident"}' in told
    assert 'am_alertes_total{canal="web"} 1.0' in told
    assert not any(word in told for word in (*NEVER_STORED, *ONLY_STORED))

    for erased in (
        watched.say(session, "efface mes données"),
        watched.rest(NAME, "efface mes données"),
    ):
        assert "C'est effacé" in json.dumps(erased, ensure_ascii=False)
    # REST accepts a sender that is no text: str() of it is another conversation.
    watched.rest(str({"a": NAME}), "efface mes données")
    assert watched.holding(*NEVER_STORED, *ONLY_STORED) == {}
    assert watched.say(session, "bonjour")["reponse"]["blocs"]


def assert_logs_are_json(watched: Watched) -> None:
    lines = 0
    for log in watched.bot.logs.glob("*.log"):
        for line in log.read_text(encoding="utf-8").splitlines():
            assert set(json.loads(line)) >= {"quand", "niveau", "source", "message"}, line[:300]
            lines += 1
    assert lines > 100


class _Silent:
    seconds = 0.0

    def tick(self) -> None:
        pass
