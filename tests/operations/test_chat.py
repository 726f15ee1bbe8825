"""The terminal conversation, against a small HTTP server that speaks as the REST channel does."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading

import pytest

from assistant_am.operations.chat import SILENCE, chat, chosen, is_running
from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, child_environment
from assistant_am.operations.rest import RestClient, UnreachableError

BUTTONS = [{"title": "Se former", "payload": "formation"}, {"title": "Le salaire"}]


class Channel(http.server.BaseHTTPRequestHandler):
    """Answers with what it received; ``rien`` gets Rasa's empty answer."""

    def do_GET(self):
        self._send({"status": "ok"})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = body["message"]
        answer = [{"text": f"reçu : {text}"}, {"text": "Et ensuite ?", "buttons": BUTTONS}]
        self._send([] if text == "rien" else answer)

    def _send(self, answer):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def url():
    server = http.server.ThreadingHTTPServer((HOST, 0), Channel)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


def talk(url, *lines):
    """Type the lines, and return all that was shown."""
    typed = iter(lines)
    shown = []

    def read(_prompt):
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    chat(RestClient(url), read=read, write=shown.append)
    return "\n".join(shown)


def test_an_answer_shows_its_buttons_numbered(url):
    shown = talk(url, "Bonjour")
    assert "reçu : Bonjour" in shown
    assert "  1. Se former\n  2. Le salaire" in shown


def test_a_number_chooses_a_button_by_its_payload_or_its_title(url):
    assert "reçu : formation" in talk(url, "Bonjour", "1")
    assert "reçu : Le salaire" in talk(url, "Bonjour", "2")


def test_a_number_without_such_a_button_is_a_message():
    assert chosen("3", [("a", "b")]) == "3"
    assert chosen("0", [("a", "b")]) == "0"
    assert chosen("1", []) == "1"


def test_an_empty_line_says_nothing(url):
    assert "reçu" not in talk(url, "", "   ")


def test_an_empty_answer_is_told_as_an_incident(url):
    assert SILENCE in talk(url, "rien")


def test_quit_ends_the_conversation(url):
    assert "reçu" not in talk(url, "/quitter", "Bonjour")


def test_a_server_that_is_gone_is_an_error():
    gone = f"http://{HOST}:{free_port()}"
    assert not is_running(gone)
    with pytest.raises(UnreachableError):
        talk(gone, "Bonjour")


def test_the_command_talks_to_a_running_assistant(url):
    result = subprocess.run(
        [sys.executable, "-m", "assistant_am.cli", "chat"],
        input="Bonjour\n",
        env={**child_environment(), "AM_PORT": url.rpartition(":")[2]},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "reçu : Bonjour" in result.stdout
