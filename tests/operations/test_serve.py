"""Training and serving a tiny project with the real programs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, Project, child_environment
from assistant_am.operations.rest import RestClient, UnreachableError
from assistant_am.operations.training import ModelState, model_state, train_if_needed
from tests.operations.test_processes import until
from tests.runtime.test_lengths import FREEZING, exchange

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory, write_project) -> Project:
    """A tiny project, really trained."""
    project = write_project(tmp_path_factory.mktemp("tiny"))
    assert train_if_needed(project) is True
    return project


def serve(project: Project, ports: tuple[int, int]) -> subprocess.Popen[str]:
    port, actions_port = map(str, ports)
    return subprocess.Popen(
        [sys.executable, "-m", "assistant_am.cli", "serve", "--racine", str(project.root)],
        env={**child_environment(), "AM_PORT": port, "AM_ACTIONS_PORT": actions_port},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def processes_with(port: int) -> list[int]:
    """Return the processes whose command line has this port as an argument."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if str(port).encode() in words:
            found.append(int(folder.name))
    return found


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def read_until(process: subprocess.Popen[str], text: str) -> str:
    seen = ""
    for line in process.stdout:
        seen += line
        if text in line:
            return seen
    raise AssertionError(f"{text!r} never came:\n{seen}")


def test_a_second_training_is_not_needed_until_its_data_change(tiny):
    assert model_state(tiny) is ModelState.CURRENT
    before = tiny.model.stat().st_mtime_ns
    assert train_if_needed(tiny) is False
    assert tiny.model.stat().st_mtime_ns == before


def test_serve_refuses_false_lengths_and_starts_again_what_falls(tiny):
    """The real servers: test_supervision.py has what else can fall, and what is said of it."""
    ports = free_port(), free_port()
    server = serve(tiny, ports)
    client = RestClient(f"http://{HOST}:{ports[0]}")
    try:
        read_until(server, "Ctrl-C arrête tout")
        assert answer_of(client) == ["Bonne question !"]
        assert (tiny.root / "var" / "conversations.db").exists()
        assert exchange(ports[0], FREEZING, b"{}").startswith(b"HTTP/1.1 400 ")
        # The action server asks for its secret before it says what is wrong.
        assert exchange(ports[1], FREEZING, b"{}").startswith(b"HTTP/1.1 403 ")
        assert answer_of(client) == ["Bonne question !"]
        for port in reversed(ports):
            (fallen,) = processes_with(port)
            os.kill(fallen, signal.SIGKILL)
            read_until(server, "s'est arrêté de lui-même (code -9) ; il redémarre dans 1 s")
            assert until(lambda: answer_of(client) == ["Bonne question !"], 120)
        server.send_signal(signal.SIGTERM)
        output, _ = server.communicate(timeout=30)
        assert (server.returncode, output[-24:]) == (0, "L'assistant est arrêté.\n")
        assert not any(is_listening(port) for port in ports)
    finally:
        server.kill()


def answer_of(client: RestClient) -> list[str]:
    """What is answered to a question; nothing while a part is away."""
    try:
        return [message.text for message in client.say("bonjour", "test")]
    except UnreachableError:
        return []


def test_interrupting_the_start_ends_all(tiny):
    ports = free_port(), free_port()
    server = serve(tiny, ports)
    try:
        deadline = time.monotonic() + 20
        while not (processes_with(ports[0]) and processes_with(ports[1])):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        server.send_signal(signal.SIGINT)
        output, _ = server.communicate(timeout=30)
        assert server.returncode == 0
        assert output.endswith("L'assistant est arrêté.\n")
        assert processes_with(ports[0]) == processes_with(ports[1]) == []
    finally:
        server.kill()
