"""« serve » as a whole, small servers standing for Rasa and the actions: who falls, who goes on.

The same with the real servers: test_serve.py.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
import requests

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, child_environment
from tests.faults.conftest import two_free_ports
from tests.operations.notified import NotifySocket
from tests.operations.test_processes import alive, until
from tests.stores.servers import RedisServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="abstract sockets, /proc")

# Answers every page, and every question; /pid says who answers.
STAND_IN = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.reply(os.getpid())
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.reply([{"text": "un métier"}])
    def reply(self, what):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(what).encode())

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""
SERVE = """
import sys
from assistant_am import cli
from assistant_am.operations import supervise

root, stand_in = sys.argv[1:]
supervise._python = lambda *_, port, **__: [sys.executable, stand_in, str(port)]
sys.exit(cli.main(["serve", "--racine", root]))
"""


class Serve:
    """« assistant-am serve » with an action server and two Rasa processes, watched by systemd."""

    def __init__(self, root: Path, redis: str, systemd: NotifySocket) -> None:
        self.systemd = systemd
        self.rasa, self.actions = two_free_ports(), free_port()
        self.log = root / "serve.log"
        # Apart from the project, whose assistant_am/ holds only what a model is made of.
        apart = root / "scripts"
        apart.mkdir()
        stand_in, script = apart / "stand_in.py", apart / "serve.py"
        stand_in.write_text(STAND_IN, encoding="utf-8")
        script.write_text(SERVE, encoding="utf-8")
        settings = {
            "AM_PORT": self.rasa,
            "AM_ACTIONS_PORT": self.actions,
            "AM_PROCESSUS": 2,
            "AM_REDIS": redis,
            "AM_DONNEES": root / "var",
            "NOTIFY_SOCKET": systemd.address,
            "WATCHDOG_USEC": 3_000_000,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(script), str(root), str(stand_in)],
                env=child_environment({name: str(value) for name, value in settings.items()}),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def ports(self) -> tuple[int, int, int]:
        return self.actions, self.rasa, self.rasa + 1

    def pid(self, port: int) -> int | None:
        """Who answers at a port; None when nobody does."""
        try:
            return int(requests.get(f"http://{HOST}:{port}/pid", timeout=2).json())
        except requests.RequestException:
            return None

    def has_another(self, port: int, before: int | None) -> bool:
        return self.pid(port) not in (None, before)

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@pytest.fixture
def serve(trained, tmp_path):
    with (
        RedisServer(tmp_path) as redis,
        NotifySocket(f"@am-{uuid.uuid4()}") as systemd,
    ):
        serve = Serve(trained.root, redis.address, systemd)
        try:
            assert systemd.hear(120) == "READY=1", serve.said
            yield serve
        finally:
            serve.process.kill()
            serve.process.wait()


PARTS = ["Le serveur d'actions", "Rasa (port {})", "Rasa (port {})"]


def test_each_part_that_falls_is_started_again_alone(serve):
    """Killed one after the other, then one that hangs: the other two are never touched."""
    for number, signal_sent in ((0, signal.SIGKILL), (1, signal.SIGKILL), (2, signal.SIGSTOP)):
        before = {port: serve.pid(port) for port in serve.ports}
        port = serve.ports[number]
        os.kill(before[port], signal_sent)
        assert until(lambda port=port, was=before[port]: serve.has_another(port, was), 90)
        after = {port: serve.pid(port) for port in serve.ports}
        assert before.items() - after.items() == {(port, before[port])}
        how = "arrêté de lui-même (code -9)" if signal_sent == signal.SIGKILL else "ne répond pas"
        assert f"{PARTS[number].format(port)} " in serve.said
        assert how in serve.said
    assert serve.said.count("Attention : ") == 3
    assert serve.systemd.hear(10) == "WATCHDOG=1"


def test_two_that_fall_at_once_come_back_both(serve):
    before = [serve.pid(port) for port in serve.ports]
    for pid in before[:2]:
        os.kill(pid, signal.SIGKILL)
    for number in (0, 1):
        port, was = serve.ports[number], before[number]
        assert until(lambda port=port, was=was: serve.has_another(port, was), 60)
    assert serve.pid(serve.ports[2]) == before[2]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda n: n.name)
def test_serve_ended_ends_all_its_servers(serve, number):
    pids = [serve.pid(port) for port in serve.ports]
    serve.process.send_signal(number)
    assert serve.process.wait(60) == (0 if number == signal.SIGTERM else -number)
    assert until(lambda: not any(alive(pid) for pid in pids))


def test_a_serve_that_stands_still_is_no_longer_heard(serve):
    """Then systemd ends and restarts it (WatchdogSec)."""
    assert serve.systemd.hear(10) == "WATCHDOG=1"
    serve.process.send_signal(signal.SIGSTOP)
    while serve.systemd.hear():
        pass
    assert serve.systemd.hear(5) is None
    serve.process.send_signal(signal.SIGCONT)
    assert serve.systemd.hear(10) == "WATCHDOG=1"
