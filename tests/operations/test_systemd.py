"""What « serve » says to systemd, heard by a socket that stands in its place."""

from __future__ import annotations

import os
import re
import uuid

import pytest

from assistant_am.operations.project import Project, child_environment
from assistant_am.operations.systemd import VARIABLES, Systemd
from tests.operations.notified import NotifySocket
from tests.operations.test_keeping import Clock

UNIT = Project.here().root / "deploy" / "systemd" / "assistant-am@.service"


@pytest.fixture(params=["path", "abstract"])
def heard(request, tmp_path):
    abstract = request.param == "abstract"
    with NotifySocket(f"@am-{uuid.uuid4()}" if abstract else tmp_path / "systemd") as notified:
        yield notified


def test_ready_is_said(heard):
    Systemd.from_environment({"NOTIFY_SOCKET": heard.address}).ready()
    assert heard.hear() == "READY=1"


def test_being_alive_is_said_three_times_in_the_delay(heard):
    clock = Clock()
    systemd = Systemd(heard.address, 60, clock)
    said = []
    for _ in range(60):
        systemd.alive()
        said.append(heard.hear())
        clock.now += 1
    assert [second for second, each in enumerate(said) if each] == [0, 20, 40]
    assert set(said) == {"WATCHDOG=1", None}


def test_the_delay_is_the_one_of_the_unit(heard):
    values = {"NOTIFY_SOCKET": heard.address, "WATCHDOG_USEC": "60000000"}
    Systemd.from_environment({**values, "WATCHDOG_PID": str(os.getpid())}).alive()
    assert heard.hear() == "WATCHDOG=1"


@pytest.mark.parametrize(
    "more", [{}, {"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "x"}]
)
def test_nothing_is_said_where_nobody_watches(heard, more):
    Systemd.from_environment({"NOTIFY_SOCKET": heard.address, **more}).alive()
    assert heard.hear() is None


@pytest.mark.parametrize("address", ["", "/nulle/part", "@personne"])
def test_without_systemd_nothing_happens(address):
    systemd = Systemd(address, 60)
    systemd.ready()
    systemd.alive()


def test_the_children_do_not_speak_in_our_name(monkeypatch):
    for name in VARIABLES:
        monkeypatch.setenv(name, "1")
    assert child_environment().keys().isdisjoint(VARIABLES)


def test_the_unit_waits_for_what_is_said():
    unit = UNIT.read_text(encoding="utf-8")
    assert re.search(r"^Type=notify$", unit, re.M)
    assert re.search(r"^WatchdogSec=60$", unit, re.M)
    assert re.search(r"^Restart=always$", unit, re.M)
