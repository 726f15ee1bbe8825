"""Rasa and the action server know each other; nobody else gets an answer from it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time

import pytest
import requests
import yaml

from assistant_am.operations import endpoints
from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, Project, Settings, child_environment


def test_the_run_time_copy_has_our_stores_and_the_secret(project, tmp_path):
    target = tmp_path / "execution" / "endpoints.yml"
    endpoints.write_endpoints(project, Settings(actions_port=6001), "secret", target)
    written = yaml.safe_load(target.read_text(encoding="utf-8"))
    assert written["action_endpoint"] == {
        "url": "http://127.0.0.1:6001/webhook",
        "headers": {endpoints.INTERNAL_HEADER: "secret"},
    }
    assert {name: written[name] for name in endpoints.STORES} == endpoints.STORES
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_projects_own_file_names_the_same_stores():
    source = Project.here().root / "endpoints.yml"
    own = yaml.safe_load(source.read_text(encoding="utf-8"))
    assert {name: own[name] for name in endpoints.STORES} == endpoints.STORES


def test_rasa_can_load_the_stores_that_are_named(tmp_path, monkeypatch):
    """It would take its memory instead of a store that it cannot import, without an error."""
    from rasa.core.lock_store import LockStore
    from rasa.core.tracker_store import TrackerStore
    from rasa.utils.endpoints import EndpointConfig

    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    tracker_store = TrackerStore.create(EndpointConfig(**endpoints.STORES["tracker_store"]))
    lock_store = LockStore.create(EndpointConfig(**endpoints.STORES["lock_store"]))
    assert type(tracker_store).__name__ == "ConversationStore"
    assert type(lock_store).__name__ == "ConversationLockStore"


@pytest.fixture(scope="module")
def action_server(tmp_path_factory, write_project):
    """The tiny project's action server, with the plugin of this one."""
    root = write_project(tmp_path_factory.mktemp("actions")).root
    (root / "actions" / "panne.py").write_text(
        "from rasa_sdk import Action\n"
        "class Panne(Action):\n"
        "    def name(self): return 'action_panne'\n"
        "    def run(self, d, tracker, domain): raise ValueError(tracker.sender_id)\n"
    )
    port = free_port()
    extra = {
        "SANIC_HOST": HOST,
        "PYTHONPATH": str(Project.here().root),
        endpoints.ACTIONS_SECRET: "un-secret",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)],
        cwd=root, env=child_environment(extra), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    url = f"http://{HOST}:{port}"
    try:
        deadline = time.monotonic() + 30
        while not is_up(url):
            assert process.poll() is None and time.monotonic() < deadline
        yield url
    finally:
        process.terminate()
        output = process.communicate(timeout=20)[0]
        assert b"confidentiel" not in output


def is_up(url):
    try:
        return requests.get(f"{url}/health", timeout=5).status_code == 200
    except requests.ConnectionError:
        os.sched_yield()
        return False


def call(url, action, secret):
    tracker = {"sender_id": "confidentiel", "slots": {}, "events": [], "latest_message": {}}
    body = {"next_action": action, "sender_id": "confidentiel", "tracker": tracker, "domain": {}}
    headers = {endpoints.INTERNAL_HEADER: secret} if secret else {}
    return requests.post(f"{url}/webhook", json=body, headers=headers, timeout=10)


def test_only_who_knows_the_secret_gets_an_answer(action_server):
    assert call(action_server, "action_repondre", "un-secret").json()["responses"]
    for secret in (None, "un autre", "un-secret "[:-2]):
        answer = call(action_server, "action_repondre", secret)
        assert answer.status_code == 403
        assert "responses" not in answer.text
    assert requests.get(f"{action_server}/actions", timeout=5).status_code == 403


def test_an_error_repeats_nothing_of_the_conversation(action_server):
    for action in ("action_panne", "action_inconnue"):
        answer = call(action_server, action, "un-secret")
        assert answer.status_code >= 400
        assert "confidentiel" not in answer.text
    garbage = requests.post(
        f"{action_server}/webhook", data=b"confidentiel{",
        headers={endpoints.INTERNAL_HEADER: "un-secret"}, timeout=10,
    )  # fmt: skip
    assert garbage.status_code >= 400
    assert "confidentiel" not in garbage.text
