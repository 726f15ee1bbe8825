"""Ports, signals and children, tried on real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from assistant_am.operations.errors import PortInUseError, ServiceError
from assistant_am.operations.processes import Group, Service, free_port, require_free_port
from assistant_am.operations.project import HOST, Settings, child_environment
from assistant_am.runtime.settings import WrongSetting

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
# A child that starts a child of its own and tells its number.
FAMILY = ["sh", "-c", "sleep 600 & echo $!; wait"]


@pytest.fixture
def listener():
    with socket.socket() as server:
        server.bind((HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    # A zombie waits for its parent only; it has ended.
    return not (stat.exists() and ") Z " in stat.read_text())


def until(condition, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def cli(*arguments, **environment):
    """Run the command line as people do, and return what came of it."""
    return subprocess.run(
        [sys.executable, "-m", "assistant_am.cli", *map(str, arguments)],
        env={**child_environment(), **{name: str(value) for name, value in environment.items()}},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_free_port_is_accepted():
    require_free_port(free_port(), "AM_PORT")


def test_a_port_in_use_is_refused_with_the_remedy(listener):
    with pytest.raises(PortInUseError, match=rf"{listener} est déjà utilisé.*AM_PORT=\d+ make run"):
        require_free_port(listener, "AM_PORT")


@pytest.mark.parametrize("variable", ["AM_PORT", "AM_ACTIONS_PORT"])
def test_serve_stops_at_a_port_in_use(trained, listener, variable):
    ports = {"AM_PORT": free_port(), "AM_ACTIONS_PORT": free_port(), variable: listener}
    result = cli("serve", "--racine", trained.root, **ports)
    assert result.returncode == 1
    assert f"Le port {listener} est déjà utilisé" in result.stderr
    assert variable in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "٣"])
def test_a_port_that_is_none_is_refused(value):
    with pytest.raises(WrongSetting, match="numéro de port"):
        Settings.from_environment({"AM_PORT": value})


def test_two_servers_cannot_share_a_port():
    with pytest.raises(WrongSetting, match="même port"):
        Settings.from_environment({"AM_PORT": "5055"})


def test_serve_stops_at_a_damaged_model(trained):
    trained.model.write_bytes(b"other")
    result = cli(
        "serve", "--racine", trained.root, AM_PORT=free_port(), AM_ACTIONS_PORT=free_port()
    )
    assert result.returncode == 1
    assert "tronqué ou a été modifié" in result.stderr
    assert "Traceback" not in result.stderr


def test_serve_stops_at_a_broken_file(trained):
    (trained.root / "data/nlu/essai.yml").write_text("a: ]", encoding="utf-8")
    ports = {"AM_PORT": free_port(), "AM_ACTIONS_PORT": free_port()}
    result = cli("serve", "--entrainer", "--racine", trained.root, **ports)
    assert result.returncode == 1
    assert result.stderr.startswith("Erreur : data/nlu/essai.yml, ligne 1")


def test_stopping_ends_grandchildren_too(tmp_path):
    service = Service("Le service", FAMILY, tmp_path / "log", tmp_path, dict(os.environ))
    with Group([service]) as group:
        group.start()
        assert until(lambda: service.log.read_text().strip())
        grandchild = int(service.log.read_text())
        assert alive(grandchild)
    assert until(lambda: not alive(grandchild))


def test_a_child_that_dies_at_the_start_is_told_with_the_end_of_its_log(tmp_path):
    dying = ["sh", "-c", "echo la raison; exit 7"]
    services = [
        Service("Rasa", SLEEPER, tmp_path / "a.log", tmp_path, dict(os.environ)),
        Service("Le serveur d'actions", dying, tmp_path / "b.log", tmp_path, dict(os.environ)),
    ]
    with Group(services) as group:
        group.start()
        assert until(lambda: services[1].exit_code is not None)
        with pytest.raises(ServiceError, match=r"actions s'est arrêté.*code 7(.|\n)*la raison"):
            group.check()
    assert services[0].exit_code is not None


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda n: n.name
)
def test_no_child_outlives_its_supervisor(tmp_path, number):
    if number is signal.SIGKILL and sys.platform != "linux":
        pytest.skip("only Linux ends the children of a killed parent")
    script = tmp_path / "supervisor.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import os, signal
            from pathlib import Path
            from assistant_am.operations.processes import Group, Service, stop_signals_interrupt

            here = Path({str(tmp_path)!r})
            service = Service("x", {SLEEPER!r}, here / "log", here, dict(os.environ))
            try:
                with stop_signals_interrupt(), Group([service]) as group:
                    group.start()
                    print(service.process.pid, flush=True)
                    signal.pause()
            except KeyboardInterrupt:
                print("stopped")
            """
        )
    )
    supervisor = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=child_environment()
    )
    child = int(supervisor.stdout.readline())
    supervisor.send_signal(number)
    output, _ = supervisor.communicate(timeout=20)
    assert output == ("" if number is signal.SIGKILL else "stopped\n")
    assert until(lambda: not alive(child))
