"""A workshop on a copy of the knowledge, served on a free port of this machine."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import re
import shutil
import sys
import threading
from html import unescape
from pathlib import Path

import pytest
import requests
import yaml
from sanic import Sanic

from assistant_am.atelier.desk import Desk
from assistant_am.atelier.inbox import Inbox
from assistant_am.atelier.learning import Learning
from assistant_am.atelier.reloading import Reloading
from assistant_am.atelier.server import HOST, make_app
from assistant_am.atelier.shared_trials import SharedTrials
from assistant_am.atelier.trial import Trials
from assistant_am.atelier.typing_kept import TypingKept
from assistant_am.atelier.workshop import Workshop
from assistant_am.dialogue.world import load_world
from assistant_am.meaning import Meaning, Request
from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project
from assistant_am.reading.situation import Reader
from assistant_am.understanding.listener import Listener
from tests.atelier.mail import Mail

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 30)
SECRET = b"s" * 40
_WORLDS = {}


def load_once(folder, today, site):
    """Reading all the knowledge takes a second: the same content is read once for all tests."""
    digest = hashlib.sha256()
    for place in (folder, site):
        for file in sorted(place.rglob("*.yml")):
            digest.update(str(file.relative_to(place.parent)).encode() + file.read_bytes())
    key = digest.hexdigest()
    if key not in _WORLDS:
        _WORLDS[key] = load_world(folder, today, site)
    return _WORLDS[key]


class Told:
    """Reads each message as a question on the CQP."""

    def read(self, text, context, bare=""):
        return Meaning(text, (Request("cqp", 0.9, "sur", (("cqp", 0.9),)),), follows=0.0)


def told_listener():
    words = yaml.safe_load((ROOT / "knowledge/lexique/entites.yml").read_text("utf-8"))
    return Listener(Told(), Reader(words), lambda text: None)


@pytest.fixture
def knowledge(tmp_path):
    """A copy: the real one is never written by a test. The sentences beside it are only read."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    (tmp_path / "data").symlink_to(ROOT / "data")
    return folder


@pytest.fixture
def open_workshop(knowledge, tmp_path):
    """Opens the workshop as a new start does, on what the last one left."""
    site, data = tmp_path / "site", tmp_path / "atelier"
    return lambda: Workshop(knowledge, site, data, lambda: TODAY, load_once)


@pytest.fixture
def workshop(open_workshop):
    return open_workshop()


@pytest.fixture
def mail(tmp_path):
    (tmp_path / "donnees").mkdir()
    return Mail(tmp_path / "donnees", TODAY, SECRET)


@pytest.fixture
def inbox(mail, tmp_path):
    return Inbox(mail.read, tmp_path / "atelier" / "boite.json")


@pytest.fixture
def learning(tmp_path):
    """What it starts in the place of a training is the test's own program, `apprend.py`."""

    def command(folder, model):
        return [sys.executable, str(tmp_path / "apprend.py"), str(folder), str(model or "")]

    project = Project(ROOT)
    return Learning(project, tmp_path / "atelier" / "apprentissage", lambda: None, command)


@pytest.fixture
def desk(workshop, inbox, learning, tmp_path):
    trials = Trials(workshop.drafted, told_listener)
    reloading = Reloading(lambda: "L'assistant en marche donne maintenant les réponses publiées.")
    kept = tmp_path / "atelier"
    typing, shared = TypingKept(kept / "saisies"), SharedTrials(kept / "essais")
    return Desk(workshop, trials, typing, reloading, inbox, learning, shared)


@pytest.fixture
def gate():
    """The intranet's way in; closed, as it is by default. A test may open it."""
    return None


@pytest.fixture
def address(desk, gate, monkeypatch):
    """The address of the running server."""
    # Sanic rewrites its own methods at a start: without this, only the first server starts.
    monkeypatch.setattr(Sanic, "test_mode", True)
    port, loop, ready = free_port(), asyncio.new_event_loop(), threading.Event()

    async def run():
        app = make_app(desk, gate)
        server = await app.create_server(HOST, port, return_asyncio_server=True, access_log=False)
        await server.startup()
        ready.set()
        await stop.wait()
        server.close()
        await server.wait_closed()

    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    asyncio.set_event_loop(loop)
    thread.start()
    assert ready.wait(60)
    yield f"http://{HOST}:{port}"
    loop.call_soon_threadsafe(stop.set)
    thread.join(30)


class Browser:
    """One person: her cookies, and the forms of the page in front of her."""

    def __init__(self, address):
        self.address = address
        self.http = requests.Session()
        self.http.trust_env = False
        self.page = ""
        self.status = 0

    def get(self, path):
        return self._keep(self.http.get(self.address + path, timeout=60))

    def send(self, path, form):
        """Send the page's form with these fields changed, and follow to where it leads."""
        fields = {**self.form(path), **form}
        return self._keep(self.http.post(self.address + path, data=fields, timeout=60))

    def preview(self, path, form):
        fields = {**self.form(path.removesuffix("/apercu")), **form}
        return self.http.post(self.address + path, data=fields, timeout=60).json()

    def form(self, path):
        """Fields of the form that is sent to this path, as a browser would send them."""
        found = re.search(rf'<form[^>]*action="{re.escape(path)}".*?</form>', self.page, re.S)
        if not found:
            found = re.search(r"<form.*?</form>", self.page, re.S)
        text = found[0]
        fields = {}
        for tag in re.findall(r"<input[^>]*>", text):
            name, value = _attribute(tag, "name"), _attribute(tag, "value")
            kind = _attribute(tag, "type")
            if kind == "checkbox":
                if " checked" in tag:
                    fields.setdefault(name, []).append(value)
            elif name:
                fields[name] = value or ""
        for tag, body in re.findall(r"(<textarea[^>]*>)\n?(.*?)</textarea>", text, re.S):
            fields[_attribute(tag, "name")] = unescape(body)
        for tag, body in re.findall(r"(<select[^>]*>)(.*?)</select>", text, re.S):
            options = re.findall(r"<option[^>]*>", body)
            chosen = [each for each in options if " selected" in each] or options[:1]
            fields[_attribute(tag, "name")] = _attribute(chosen[0], "value")
        return fields

    @property
    def text(self):
        """The page without its mark-up, its spaces made plain."""
        bare = re.sub(r"<[^>]+>", " ", self.page)
        return " ".join(unescape(bare).split())

    def error(self, field):
        """What stands beside a field."""
        found = re.search(rf'data-erreur="{re.escape(field)}"[^>]*>(.*?)</p>', self.page, re.S)
        return unescape(found[1]) if found else ""

    def _keep(self, response):
        self.status, self.page = response.status_code, response.text
        return response


def _attribute(tag, name):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else None


@pytest.fixture
def enter(address, desk):
    """Somebody comes in by a link of her own."""

    def by(name="Anne"):
        browser = Browser(address)
        path = f"/entree/{desk.doors.new_link()}"
        browser.get(path)
        browser.send(path, {"nom": name})
        assert browser.status == 200
        return browser

    return by


@pytest.fixture
def anne(enter):
    return enter("Anne")
