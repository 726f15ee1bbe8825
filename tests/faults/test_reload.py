"""A running assistant takes new knowledge and a new model while people talk, or keeps the old."""

from __future__ import annotations

import io
import itertools
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import time
import uuid
from pathlib import Path

import pytest
import requests

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, Project, child_environment
from assistant_am.operations.training import (
    TRAINING_INPUTS,
    train_if_needed,
    training_fingerprint,
    write_record,
)
from tests.facts import CQP_DURATION, CQP_HOURS
from tests.faults.cluster import INCIDENT, QUESTION, until, words

pytestmark = pytest.mark.e2e
COPIED = ("assistant_am", "actions", "knowledge", "models", "tests/kept_apart", *TRAINING_INPUTS)
FILES = ("endpoints.yml", "credentials.yml", "rasa_sdk_plugins.py")


class Site:
    """« assistant-am serve » of a copy of this project, whose files a test may change."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        for name in COPIED:
            source = Project.here().root / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            if not (root / name).exists():
                copy(source, root / name)
        for name in FILES:
            shutil.copy2(Project.here().root / name, root / name)
        self.port = free_port()
        ports = {"AM_PORT": str(self.port), "AM_ACTIONS_PORT": str(free_port())}
        limits = {"AM_LIMITE_CONVERSATION": "9999/minute", "AM_LIMITE_ADRESSE": "99999/minute"}
        self._environment = child_environment({**ports, **limits, "AM_DONNEES": str(root / "var")})
        self.url = f"http://{HOST}:{self.port}"
        self._process = self._run("serve", stdout=subprocess.DEVNULL)

    def _run(self, *command: str, **options) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "assistant_am.cli", *command],
            cwd=self.project.root, env=self._environment, text=True, **options,
        )  # fmt: skip

    def health(self) -> dict:
        return requests.get(f"{self.url}/sante", timeout=30).json()

    def is_well(self) -> bool:
        assert self._process.poll() is None
        try:
            return bool(self.health()["pret"])
        except requests.ConnectionError:
            return False

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(60)

    def reload(self) -> tuple[int, str]:
        """Exit code, and what is said."""
        done = self._run("reload", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said = done.communicate(timeout=120)[0]
        assert "Traceback" not in said
        return done.returncode, said

    def edit(self, name: str, before: str, after: str) -> None:
        path = self.project.root / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def new_model(self, change=lambda metadata: None) -> str:
        """The same model with another id, recorded as a training does; returns the id."""
        model, made = self.project.model, uuid.uuid4().hex
        beside = model.with_name("nouveau.tar.gz")
        with tarfile.open(model) as old, tarfile.open(beside, "w:gz") as new:
            for member in old:
                file = old.extractfile(member)
                content = file.read() if file else b""
                if member.name.endswith("metadata.json"):
                    metadata = {**json.loads(content), "model_id": made}
                    change(metadata)
                    content = json.dumps(metadata).encode()
                    member.size = len(content)
                new.addfile(member, io.BytesIO(content) if file else None)
        os.replace(beside, model)
        write_record(self.project, training_fingerprint(self.project))
        return made


class Visitor(threading.Thread):
    """Asks without end; a turn that is not answered at once is a turn lost."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self._site = site
        self.answers: list[str] = []
        self.longest = 0.0
        self.failure: BaseException | None = None
        self._ended = threading.Event()

    def __enter__(self) -> Visitor:
        self.start()
        until(lambda: bool(self.answers or self.failure))
        return self

    def __exit__(self, *_: object) -> None:
        """At least one more answer, and none of all is missing."""
        before = len(self.answers)
        until(lambda: len(self.answers) > before or bool(self.failure))
        self._ended.set()
        self.join(60)
        assert self.failure is None, self.failure
        assert not [answer for answer in self.answers if INCIDENT in answer]

    def run(self) -> None:
        try:
            session = opened(self._site)["session"]
            for number in itertools.count():
                if self._ended.is_set():
                    return
                began = time.monotonic()
                self.answers.append(ask(self._site, session, f"{QUESTION} ({number})"))
                self.longest = max(self.longest, time.monotonic() - began)
        except BaseException as error:
            self.failure = error


def opened(site: Site) -> dict:
    return requests.post(f"{site.url}/webhooks/web/session", json={}, timeout=30).json()


def ask(site: Site, session: str, text: str = QUESTION) -> str:
    body = {"session": session, "id": str(uuid.uuid4()), "texte": text}
    answer = requests.post(f"{site.url}/webhooks/web/message", json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return words(answer)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    train_if_needed(Project.here(), repair=True)
    running = Site(tmp_path_factory.mktemp("site"))
    try:
        until(running.is_well, 180)
        yield running
    finally:
        running.stop()


def test_a_new_fact_is_told_to_a_conversation_under_way(site, record_property):
    with Visitor(site) as visitor:
        assert CQP_DURATION in visitor.answers[0]
        site.edit("knowledge/faits/formation.yml", f"valeur: {CQP_HOURS}", "valeur: 281")
        site.edit("knowledge/phrases.yml", "Bonjour ! Je suis", "Bien le bonjour ! Je suis")
        began = time.monotonic()
        code, said = site.reload()
        record_property("secondes", time.monotonic() - began)
        assert (code, said.count("connaissances rechargées")) == (0, 2), said
        session = opened(site)
        # Both servers: the action's answer, and the channel's own welcome.
        assert "281 heures" in ask(site, session["session"])
        assert "Bien le bonjour" in str(session["accueil"])
    assert "281 heures" in visitor.answers[-1]
    record_property("tours", len(visitor.answers))
    record_property("plus_long", visitor.longest)
    site.edit("knowledge/faits/formation.yml", "valeur: 281", f"valeur: {CQP_HOURS}")
    assert site.reload()[0] == 0
    assert CQP_DURATION in ask(site, session["session"])


def test_a_mistake_leaves_all_as_it_was(site):
    with Visitor(site) as visitor:
        site.edit("knowledge/faits/formation.yml", f"valeur: {CQP_HOURS}", "valeur: [deux")
        code, said = site.reload()
        site.edit("knowledge/faits/formation.yml", "valeur: [deux", f"valeur: {CQP_HOURS}")
        assert code == 1
        assert "knowledge/faits/formation.yml:" in said
        assert "celles d'avant restent en place" in said
    assert all(CQP_DURATION in answer for answer in visitor.answers)


def test_a_new_model_loses_no_turn(site, record_property):
    before = site.health()["modele_id"]
    made = site.new_model()
    with Visitor(site) as first, Visitor(site) as second:
        began = time.monotonic()
        code, said = site.reload()
        record_property("secondes", time.monotonic() - began)
        assert code == 0
        assert "connaissances et modèle rechargés" in said
    until(lambda: site.health()["modele_id"] == made, 10)
    assert before != made
    answers = first.answers + second.answers
    assert all(CQP_DURATION in answer for answer in answers)
    record_property("tours", len(answers))
    record_property("plus_long", max(first.longest, second.longest))
    # Not loaded again for nothing.
    assert "modèle" not in site.reload()[1]


def test_a_model_that_does_not_load_is_not_taken(site):
    before, sound = site.health()["modele_id"], site.project.model.read_bytes()
    with Visitor(site):
        site.new_model(lambda metadata: metadata.pop("predict_schema"))
        code, said = site.reload()
        assert code == 1
        assert "le nouveau modèle ne peut pas être chargé" in said
        site.project.model.write_bytes(sound[: len(sound) // 2])
        code, said = site.reload()
        assert code == 1
        assert "tronqué" in said
    until(lambda: site.health()["pret"], 10)
    assert site.health()["modele_id"] == before
    site.project.model.write_bytes(sound)
    write_record(site.project, training_fingerprint(site.project))


def test_what_training_reads_is_told_to_need_a_training(site):
    site.edit("knowledge/lexique/entites.yml", "\n", "\n# relu\n")
    code, said = site.reload()
    assert code == 0
    assert "« make train », puis « make reload »" in said


def test_new_code_asks_for_a_restart(site):
    (site.project.root / "assistant_am" / "nouveau.py").write_text("")
    try:
        code, said = site.reload()
    finally:
        (site.project.root / "assistant_am" / "nouveau.py").unlink()
    assert code == 1
    assert "redémarrez l'assistant" in said


def test_nobody_else_can_reload(site):
    for headers in ({}, {"X-Assistant-Am": "autre"}):
        answer = requests.post(f"{site.url}/recharger", json={}, headers=headers, timeout=10)
        assert answer.status_code == 404
    (site.project.root / "var" / "secret").rename(site.project.root / "var" / "secret.avant")
    code, said = site.reload()
    (site.project.root / "var" / "secret.avant").rename(site.project.root / "var" / "secret")
    assert code == 1
    assert "autre secret" in said


def test_a_stopped_assistant_is_told(site, monkeypatch):
    monkeypatch.setitem(site._environment, "AM_ACTIONS_PORT", str(free_port()))
    code, said = site.reload()
    assert code == 1
    assert "L'assistant est-il démarré" in said
