"""deploy/ as it is written: nginx with TLS, PostgreSQL, Redis, two instances, a rolling restart."""

from __future__ import annotations

import http.server
import itertools
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
import urllib3

from assistant_am.channels.web.pages import FOLDER
from assistant_am.channels.web.versions import versioned
from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, Project, child_environment
from assistant_am.operations.training import train_if_needed
from tests.facts import CQP_DURATION
from tests.faults.cluster import QUESTION, together, until, words
from tests.faults.front import NGINX, ROOT, Front
from tests.operations.notified import NotifySocket
from tests.stores.servers import Postgres, RedisServer

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx n'est pas installé (nginx-light)"),
    pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning"),
]


class Instance:
    """What one systemd unit runs: « assistant-am serve » with its ports."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port, self.actions_port = free_port(), free_port()
        self._systemd = NotifySocket(f"@am-{uuid.uuid4()}")
        own = {
            "AM_PORT": str(self.port),
            "AM_ACTIONS_PORT": str(self.actions_port),
            "NOTIFY_SOCKET": self._systemd.address,
        }
        self._environment = child_environment({**environment, **own})
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "assistant_am.cli", "serve"],
            cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def wait(self) -> None:
        assert self._systemd.hear(240) == "READY=1"

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """nginx and two instances, which share PostgreSQL, Redis and the secret."""
    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    train_if_needed(Project.here(), repair=True)
    folder = tmp_path_factory.mktemp("deploiement")
    with Postgres() as postgres, RedisServer(folder) as redis:
        environment = {
            "AM_DONNEES": str(folder / "donnees"),
            "AM_BASE": postgres.address,
            "AM_REDIS": redis.address,
            "AM_SECRET": "s" * 32,
            "AM_MANDATAIRES": "1",
            "AM_LIMITE_CONVERSATION": "100000/minute",
            "AM_LIMITE_ADRESSE": "100000/minute",
        }
        instances = [Instance(environment), Instance(environment)]
        front = Front(folder, [instance.port for instance in instances])
        try:
            for instance in instances:
                instance.start()
            for instance in instances:
                instance.wait()
            yield front, instances, postgres
        finally:
            front.stop()
            for instance in instances:
                instance.stop()


class Visitor(threading.Thread):
    """Asks one question after the other until told to stop; sends again what got no answer."""

    def __init__(self, front: Front) -> None:
        super().__init__(daemon=True)
        self._front = front
        self.session = front.post("/webhooks/web/session", json={}).json()["session"]
        self.answered: list[str] = []
        self.longest = 0.0
        self.resent = 0
        self.wrong: list[str] = []
        self.ended = threading.Event()

    def run(self) -> None:
        for number in itertools.count():
            if self.ended.is_set():
                return
            began = time.monotonic()
            self._ask(f"{QUESTION} ({number})")
            self.longest = max(self.longest, time.monotonic() - began)
            self.ended.wait(0.5)  # a light load

    def _ask(self, text: str) -> None:
        body = {"session": self.session, "id": str(uuid.uuid4()), "texte": text}
        for _ in range(20):
            answer = self._front.post("/webhooks/web/message", json=body)
            if answer.status_code == 200:
                if CQP_DURATION in words(answer):
                    self.answered.append(text)
                else:
                    self.wrong.append(words(answer))
                return
            assert answer.headers["Content-Type"].startswith("application/json"), answer.text
            self.resent += 1
            self.ended.wait(0.5)
        self.wrong.append(f"{answer.status_code} {answer.text}")


def test_a_rolling_restart_under_load_loses_no_turn(deployed, record_property):
    front, instances, postgres = deployed
    visitors = [Visitor(front) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    until(lambda: all(visitor.answered for visitor in visitors))
    for instance in instances:
        instance.stop()
        instance.start()
        instance.wait()
    for visitor in visitors:
        visitor.ended.set()
        visitor.join(60)
    assert [visitor.wrong for visitor in visitors] == [[], [], []]
    asked = sorted(text for visitor in visitors for text in visitor.answered)
    assert sorted(stored(postgres)) == asked
    record_property("tours", len(asked))
    record_property("plus_long", max(visitor.longest for visitor in visitors))
    record_property("renvois", sum(visitor.resent for visitor in visitors))


def stored(postgres) -> list[str]:
    """What visitors said, as stored."""
    import json

    import sqlalchemy as sa

    from assistant_am.runtime.store_settings import StoreSettings
    from assistant_am.stores.database import EVENTS, open_engine

    engine = open_engine(StoreSettings.from_environment({"AM_BASE": postgres.address}))
    mine = (EVENTS.c.type_name == "user") & EVENTS.c.sender_id.like("visiteur-%")
    with engine.connect() as connection:
        rows = connection.execute(sa.select(EVENTS.c.data).where(mine)).scalars().all()
    return [json.loads(row)["text"] for row in rows]


@pytest.mark.parametrize(
    "path",
    [
        "/webhooks/rest/webhook",
        "/webhooks/rest/",
        "/webhooks/callback/webhook",
        "/recharger",
        "/sante",
        "/vivant",
        "/conversations",
        "/model",
    ],
)
def test_what_is_not_for_visitors_does_not_exist(deployed, path):
    front = deployed[0]
    assert front.get(path).status_code == 404
    assert front.post(path, json={}).status_code == 404


class Numbered(http.server.BaseHTTPRequestHandler):
    """Stands where a Rasa process does; says which one it is."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        said = str(self.server.server_address[1]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def numbered(tmp_path_factory):
    """nginx in front of two servers that say their port."""
    servers = [http.server.ThreadingHTTPServer((HOST, 0), Numbered) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    front = Front(tmp_path_factory.mktemp("nginx"), [each.server_address[1] for each in servers])
    try:
        until(front.is_up)
        yield front, servers
    finally:
        front.stop()
        for server in servers:
            server.shutdown()
            server.server_close()


def test_messaging_goes_to_the_first_process_always(numbered):
    """Its memory knows which messages were answered; conversations go to both."""
    front, (first, _) = numbered
    for service in ("telegram", "twilio", "messenger"):
        said = {front.post(f"/webhooks/{service}/webhook", json={}).text for _ in range(12)}
        assert said == {str(first.server_address[1])}, service
    said = {front.post("/webhooks/web/message", json={}).text for _ in range(12)}
    assert len(said) == 2


def test_messaging_waits_for_the_first_process(numbered):
    """The service brings the message again; the other process would answer it a second time."""
    front, (first, second) = numbered
    first.shutdown()
    first.server_close()
    answer = front.post("/webhooks/telegram/webhook", json={})
    assert answer.status_code == 503
    assert front.post("/webhooks/web/message", json={}).text == str(second.server_address[1])


UNITS = ROOT / "deploy" / "systemd"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd n'est pas installé")
def test_the_units_are_such_as_systemd_reads(tmp_path):
    for unit in UNITS.glob("assistant-am*"):
        text = unit.read_text(encoding="utf-8").replace("/opt/assistant-am", str(ROOT))
        name = unit.name.replace("@.", "@5005.")
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = sorted(tmp_path.iterdir())
    assert len(units) == 3
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_pages_come_with_tls_headers(deployed):
    front = deployed[0]
    page = front.get("/")
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "nginx/" not in page.headers["Server"]
    widget = (FOLDER / "widget.js").read_bytes()
    for path in (
        "/widget.js", f"/{versioned('widget.js', widget)}", "/confidentialite", "/chat",
        "/chat.webmanifest",
        "/estimation.png?quotite=1", "/estimation.json?quotite=1",
        "/estimation.ics?date_contrat=2025-01-31", "/openapi.json",
    ):  # fmt: skip
        assert front.get(path).status_code == 200, path
    assert front.get("/webhooks/web/message").status_code == 403
    assert front.post("/widget.js").status_code == 403


def test_too_much_is_refused_as_the_widget_understands(deployed):
    front = deployed[0]
    for size in (10_000, 1_000_000):
        answer = front.post("/webhooks/web/message", json={"texte": "x" * size})
        assert (answer.status_code, answer.json()["erreur"]["code"]) == (413, "trop_long")
    # More than its burst of 40 before it lets one more in each tenth of a second.
    calls = [lambda: front.post("/webhooks/web/session", json={})] * 120
    answers = together(calls)
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert {answer.status_code for answer in answers} == {201, 429}
    assert {answer.json()["erreur"]["code"] for answer in refused} == {"trop_de_messages"}


def test_nothing_personal_is_in_the_logs(deployed):
    front = deployed[0]
    front.get("/estimation?quotite=confidentiel")
    front.get("/confidentiel")
    front.post("/webhooks/web/message", json={"texte": "confidentiel"})
    logs = [*front.log.parent.glob("*.log")]
    text = "".join(log.read_text(encoding="utf-8", errors="replace") for log in logs)
    assert "POST" in text
    assert "confidentiel" not in text
    assert HOST not in text
