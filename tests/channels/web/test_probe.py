"""deploy/surveillance: the probe asks as a visitor, and the alerts name metrics that exist."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project
from assistant_am.runtime.metrics import OUTCOMES

FOLDER = Project.here().root / "deploy" / "surveillance"
METRICS = (Project.here().root / "assistant_am" / "runtime" / "metrics.py").read_text()


def probed(address: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(FOLDER / "sonde.py"), address],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_assistant_that_answers_is_well_and_keeps_nothing_of_it(served):
    done = probed(f"{served.url}/")
    assert (done.returncode, done.stderr) == (0, "")
    (asked,) = served.agent.said
    assert asked.sender_id not in served.agent.tracker_store.store


def test_one_without_a_model_is_not(served):
    served.agent.ready = False
    done = probed(served.url)
    assert done.returncode == 1
    assert "répond 5" in done.stderr


def test_nobody_there(served):
    done = probed(f"http://127.0.0.1:{free_port()}")
    assert done.returncode == 1
    assert "session ne répond pas" in done.stderr


@pytest.fixture(scope="module")
def expressions() -> list[str]:
    groups = yaml.safe_load((FOLDER / "alertes.yml").read_text(encoding="utf-8"))["groups"]
    return [rule["expr"] for group in groups for rule in group["rules"]]


def test_alerts_name_metrics_that_exist(expressions):
    named = set(re.findall(r"\bam_[a-z_]+", " ".join(expressions)))
    counted = set(re.findall(r'"(am_\w+)"', METRICS))
    suffixed = {f"{name}{suffix}" for name in counted for suffix in ("_total", "_bucket")}
    assert named
    assert named <= suffixed


def test_alerts_name_outcomes_that_exist(expressions):
    outcomes = set(re.findall(r'issue="(\w+)"', " ".join(expressions)))
    assert outcomes
    assert outcomes <= set(OUTCOMES)
