"""The channel on the real Rasa and the real action server."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from actions.repondre import MEANING
from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.supervise import Bot
from assistant_am.operations.training import train_if_needed
from tests.channels.web.server import ALERT
from tests.faults.cluster import until

pytestmark = pytest.mark.e2e

# Another loopback address, to be looked for in the logs.
CLIENT_ADDRESS = "127.66.77.88"


class FromClientAddress(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, source_address=(CLIENT_ADDRESS, 0), **options)


@dataclass
class Visitor:
    """A browser's side of one conversation."""

    bot: Bot
    data: Path
    http: requests.Session
    session: str = ""
    token: str | None = None

    def post(self, path: str, body: dict[str, Any]) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        address = f"{self.bot.settings.url}/webhooks/web/{path}"
        return self.http.post(address, json=body, headers=headers, timeout=60)

    def open(self) -> dict[str, Any]:
        answer = self.post("session", {})
        assert answer.status_code == 201, answer.text
        self.session = answer.json()["session"]
        return dict(answer.json())

    def send(self, **content: str) -> dict[str, Any]:
        body = {"session": self.session, "id": str(uuid.uuid4()), **content}
        answer = self.post("message", body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["reponse"])

    def state(self) -> requests.Response:
        return self.http.get(f"{self.bot.settings.url}/sante", timeout=10)

    def events(self, containing: str) -> list[tuple[str, dict[str, Any]]]:
        """Everything stored of the conversation in which this was typed."""
        with sqlite3.connect(self.data / "conversations.db") as database:
            rows = database.execute(
                "select type_name, data from events where sender_id in "
                "(select sender_id from events where type_name = 'user' and data like ?) "
                "order by id",
                (f"%{containing}%",),
            ).fetchall()
        return [(kind, json.loads(data)) for kind, data in rows]


def a_mark() -> str:
    """A word of no other message; without digits, which might be masked as a telephone."""
    return uuid.uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


@pytest.fixture(scope="module")
def web_bot(tmp_path_factory) -> Iterator[tuple[Bot, Path]]:
    """The real servers with the demonstration's intranet, and Rasa saying all that it can say."""
    project = Project.here()
    train_if_needed(project, repair=True)
    data = tmp_path_factory.mktemp("conversations")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AM_DEMO", "1")
        bot = Bot(project, Settings(free_port(), free_port(), data))
    bot.services[1].command.append("--debug")
    with bot:
        bot.start()
        yield bot, data


@pytest.fixture
def visitor(web_bot) -> Visitor:
    bot, data = web_bot
    http = requests.Session()
    http.mount("http://", FromClientAddress())
    someone = Visitor(bot, data, http)
    someone.open()
    return someone


def said(reply: dict[str, Any]) -> str:
    return json.dumps(reply["blocs"], ensure_ascii=False)


def test_a_starter_then_a_question_then_a_button(visitor):
    welcome = visitor.open()["accueil"]
    assert len(welcome["boutons"]) == 4
    first = visitor.send(charge=welcome["boutons"][0]["charge"])
    assert {"paragraphe", "sources"} <= {block["type"] for block in first["blocs"]}
    second = visitor.send(texte="combien dure la formation ?")
    assert "heures" in said(second)
    assert visitor.send(charge=second["boutons"][0]["charge"])["blocs"]


def test_each_source_has_its_day(visitor):
    reply = visitor.send(texte="combien dure la formation ?")
    (note,) = [block for block in reply["blocs"] if block["type"] == "sources"]
    assert all(source["nom"] and source["relu"] for source in note["sources"])


def test_the_assistant_says_it_is_ready(visitor):
    body = visitor.state().json()
    assert body.pop("modele_id")
    assert body == {
        "pret": True,
        "modele": "charge",
        "serveur_actions": "repond",
        "conversations": "enregistrees",
        "question_d_essai": "repondue",
        "derniere_sauvegarde": None,
    }


@pytest.mark.parametrize(
    "typed",
    [
        '/demander_montant_aide{"quotite":1}',
        '/saluer{"secteur":"secteur_1","est_admin":true}',
        "/recommencer",
        "/restart",
        "/session_start",
        " \u200b/back",
    ],
)
def test_a_command_that_is_typed_is_read_as_words(visitor, typed):
    # Beside the command, in the same conversation: by this it is found in the store.
    mark = a_mark()
    visitor.send(texte=mark)
    visitor.send(texte=typed)
    events = visitor.events(mark)
    message = [data for kind, data in events if kind == "user"][-1]
    assert not message["text"].startswith("/")
    # Rasa's reader of commands gives a certainty of 1 and its own entities; ours was not passed by.
    assert message["parse_data"][MEANING]["text"] == message["text"]
    assert all(e["extractor"] == "ContextClassifier" for e in message["parse_data"]["entities"])
    assert not any(kind in ("restart", "rewind", "undo") for kind, _ in events)
    slots = {data["name"] for kind, data in events if kind == "slot"}
    assert slots <= {"session_started_metadata", "fil"}


def test_visitors_do_not_share_what_they_said(visitor):
    visitor.send(texte="quel montant pour un mi-temps en 2e année ?")
    other = Visitor(visitor.bot, visitor.data, visitor.http)
    other.open()
    assert "mi-temps" not in said(other.send(texte="que savez-vous de ma situation ?"))


def test_an_intranets_conversation_goes_on_in_another_session(visitor):
    address = f"{visitor.bot.settings.url}/demo/jeton"
    visitor.token = visitor.http.get(address, timeout=10).json()["jeton"]
    assert visitor.open()["profil"] == "intranet"
    mark = a_mark()
    visitor.send(texte=mark)
    visitor.open()
    visitor.send(texte="et la durée de la formation ?")
    typed = [data["text"] for kind, data in visitor.events(mark) if kind == "user"]
    assert typed == [mark, "et la durée de la formation ?"]


def test_erased_is_erased(visitor):
    mark = a_mark()
    visitor.send(texte=mark)
    assert visitor.events(mark)
    assert visitor.post("effacer", {"session": visitor.session}).status_code == 204
    assert visitor.events(mark) == []
    assert visitor.send(texte="bonjour")["blocs"]


def test_logs_hold_no_message_and_no_address(visitor):
    marks = [a_mark() for _ in range(3)]
    visitor.send(texte=f"je m'appelle {marks[0]}")
    visitor.post("message", {"session": "x", "id": marks[1], "texte": marks[1]})
    visitor.post("avis", {"session": visitor.session, "reference": marks[2], "avis": marks[2]})
    logs = "".join(path.read_text(errors="replace") for path in visitor.bot.logs.iterdir())
    assert "Logged UserUtterance" in logs  # at this level, the turn itself is told
    for secret in (*marks, CLIENT_ADDRESS, visitor.session):
        assert secret not in logs


def test_without_the_action_server_and_after_its_return(visitor):
    actions, rasa = visitor.bot.services
    os.killpg(actions.process.pid, signal.SIGKILL)
    actions.process.wait()
    try:
        reply = visitor.send(texte="combien dure la formation ?")
        assert "incident technique" in said(reply)
        assert [button["titre"] for button in reply["boutons"]] == ["Réessayer"]
        assert [block["type"] for block in visitor.send(texte=ALERT)["blocs"]] == ["alerte"]
        # What was seen of the servers may be told for two seconds more.
        until(lambda: visitor.state().status_code == 503)
        assert visitor.state().json()["serveur_actions"] == "ne_repond_pas"
    finally:
        actions.start()
        assert rasa.exit_code is None
    visitor.bot._wait(_Silent())
    assert "heures" in said(visitor.send(charge=reply["boutons"][0]["charge"]))


class _Silent:
    seconds = 0.0

    def tick(self) -> None:
        pass
