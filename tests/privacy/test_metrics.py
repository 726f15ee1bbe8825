"""What Prometheus is told: counts with few labels, on loopback, only when asked for."""

from __future__ import annotations

import re
import socket
from dataclasses import replace

import pytest
import requests

from assistant_am.channels.web import errors
from assistant_am.operations.processes import free_port
from assistant_am.runtime.metrics import METRICS, OUTCOMES, Metrics
from assistant_am.runtime.settings import WebSettings, WrongSetting


def page(port: int) -> str:
    return requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text


@pytest.fixture
def served():
    metrics, port = Metrics(), free_port()
    metrics.start(port)
    return metrics, port


def test_turns_are_counted_by_channel_and_outcome_and_timed(served):
    metrics, port = served
    metrics.turn("web", "sur", 0.3)
    metrics.turn("web", "sur", 30)
    metrics.turn("rest", "incident", 1)
    told = page(port)
    assert 'am_tours_total{canal="web",issue="sur"} 2.0' in told
    assert 'am_tours_total{canal="rest",issue="incident"} 1.0' in told
    assert 'am_tour_secondes_bucket{canal="web",le="0.5"} 1.0' in told
    assert 'am_tour_secondes_count{canal="web"} 2.0' in told


def test_refusals_alerts_and_opinions_are_counted(served):
    metrics, port = served
    metrics.refusal("trop_long")
    metrics.alert("web")
    metrics.opinion("inutile")
    told = page(port)
    for line in ('am_refus_total{code="trop_long"}', 'am_alertes_total{canal="web"}',
                 'am_avis_total{avis="inutile"}'):  # fmt: skip
        assert f"{line} 1.0" in told


def test_an_outcome_that_nobody_foresaw_makes_no_label_of_its_own(served):
    metrics, port = served
    metrics.turn("web", "06 12 34 56 78", 1)
    assert 'issue="autre"' in page(port)
    assert "06 12" not in page(port)
    assert "autre" in OUTCOMES


def test_without_port_nothing_is_counted_or_needed():
    silent = Metrics()
    silent.turn("web", "sur", 1)
    silent.refusal("trop_long")
    assert silent._series == {}


def test_a_port_that_is_taken_does_not_stop_the_assistant(caplog):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        Metrics().start(other.getsockname()[1])
    assert "AM_METRIQUES_PORT" in caplog.text


def test_the_setting_is_read_and_checked():
    read = WebSettings.from_environment
    assert read({}).metrics_port == 0
    assert read({"AM_METRIQUES_PORT": "9105"}).metrics_port == 9105
    with pytest.raises(WrongSetting, match="AM_METRIQUES_PORT"):
        read({"AM_METRIQUES_PORT": "beaucoup"})
    assert replace(read({}), metrics_port=1).metrics_port == 1


def test_each_refusal_of_the_web_channel_is_counted_by_its_code(monkeypatch):
    counted: list[str] = []
    monkeypatch.setattr(METRICS, "refusal", counted.append)
    errors.WebError("trop_long").response()
    errors.response_to(ValueError("secret"))
    assert counted == ["trop_long", "incident"]
    assert all(re.fullmatch("[a-z_]+", code) for code in errors.STATUSES)
