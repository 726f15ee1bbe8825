"""One process with SQLite, the default: a full disk, a clock that jumps."""

from __future__ import annotations

import os
import resource
import time
import uuid
from pathlib import Path

import pytest
import requests

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.supervise import Bot
from assistant_am.operations.training import train_if_needed
from assistant_am.runtime.store_settings import DATABASE_FILE
from tests.facts import CQP_DURATION
from tests.faults.cluster import INCIDENT, QUESTION, until, words

pytestmark = pytest.mark.e2e
HOUR = 3600
EMERGENCY = "mon père fait un malaise, il ne respire plus"
# Python's own clock of each process, shifted by what a file says; monotonic clocks do not jump.
SHIFT = """
import os, time
_real = time.time
def _shifted():
    with open(os.environ["DECALAGE"]) as file:
        return _real() + float(file.read() or 0)
time.time = _shifted
"""


class Alone:
    """The bot, its data, and its clock."""

    def __init__(self, bot: Bot, data: Path, shift: Path) -> None:
        self._bot = bot
        self._data = data
        self._shift = shift

    def jump(self, seconds: float) -> None:
        beside = self._shift.with_suffix(".nouveau")
        beside.write_text(str(seconds))
        os.replace(beside, self._shift)

    def fill_the_disk(self) -> None:
        """No file may grow any more; the log of SQLite, which is overwritten, may not begin."""
        largest = max(path.stat().st_size for path in self._data.glob(f"{DATABASE_FILE}*"))
        self._limit(largest)

    def free_the_disk(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        process = self._bot.services[1].process
        assert process is not None
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def health(self) -> tuple[int, dict]:
        answer = requests.get(f"{self._bot.settings.url}/sante", timeout=30)
        return answer.status_code, answer.json()

    def post(self, path: str, **body: str) -> requests.Response:
        url = f"{self._bot.settings.url}/webhooks/web/{path}"
        return requests.post(url, json=body, timeout=60)

    def session(self) -> str:
        return str(self.post("session").json()["session"])

    def ask(self, session: str, text: str) -> str:
        answer = self.post("message", session=session, id=str(uuid.uuid4()), texte=text)
        assert answer.status_code in (200, 401), answer.text
        return words(answer)


@pytest.fixture(scope="module")
def _alone(tmp_path_factory):
    train_if_needed(Project.here(), repair=True)
    folder = tmp_path_factory.mktemp("seul")
    (folder / "sitecustomize.py").write_text(SHIFT)
    shift = folder / "decalage"
    shift.write_text("0")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("AM_BASE", "AM_REDIS", "AM_PROCESSUS", "AM_SECRET"):
            environment.delenv(name, raising=False)
        for name, value in {
            "AM_DONNEES": str(folder / "donnees"),
            "AM_PORT": str(free_port()),
            "AM_ACTIONS_PORT": str(free_port()),
            "AM_LIMITE_CONVERSATION": "100000/minute",
            "AM_LIMITE_ADRESSE": "100000/minute",
            "DECALAGE": str(shift),
        }.items():
            environment.setenv(name, value)
        with Bot(Project.here(), Settings.from_environment()) as bot:
            for service in bot.services:
                service.environment["PYTHONPATH"] += os.pathsep + str(folder)
                service.environment["DECALAGE"] = str(shift)
            bot.start()
            yield Alone(bot, folder / "donnees", shift)


@pytest.fixture
def alone(_alone):
    yield _alone
    _alone.jump(0)
    _alone.free_the_disk()
    until(lambda: _alone.health()[0] == 200, 30)


def test_a_full_disk_is_told_and_harms_nothing(alone, record_property):
    session = alone.session()
    alone.ask(session, "je veux estimer l'aide")
    question = alone.ask(session, "mi-temps")
    alone.fill_the_disk()
    # What SQLite can still overwrite is answered; then every turn is an incident.
    other = alone.session()
    until(lambda: INCIDENT in alone.ask(other, QUESTION), 60)
    assert INCIDENT in alone.ask(session, "3e année")
    assert INCIDENT not in alone.ask(session, EMERGENCY)
    assert "15" in alone.ask(session, EMERGENCY)
    until(lambda: alone.health()[0] == 503, 10)
    assert alone.health()[1]["conversations"] == "perdues"
    alone.free_the_disk()
    record_property("retour", until(lambda: alone.health()[0] == 200, 30))
    # The turn that was told as an incident was not stored: the estimate is where it was.
    answer = alone.ask(session, "3e année")
    assert INCIDENT not in answer
    assert answer != question
    assert "Quotité : 0,5" in alone.ask(session, "que savez-vous de ma situation ?")


@pytest.mark.parametrize("jump", [-2 * HOUR, 10 * 60], ids=["back", "forward"])
def test_a_clock_that_jumps_goes_unnoticed(alone, jump):
    session = alone.session()
    alone.ask(session, "je veux estimer l'aide")
    question = alone.ask(session, "mi-temps")
    alone.jump(jump)
    answer = alone.ask(session, "3e année")
    assert INCIDENT not in answer
    assert answer != question
    assert "Quotité : 0,5" in alone.ask(session, "que savez-vous de ma situation ?")
    alone.jump(0)
    assert CQP_DURATION in alone.ask(session, QUESTION)


def test_a_day_later_the_session_has_to_be_opened_again(alone):
    """The widget does it by itself; nothing else is wrong."""
    session = alone.session()
    alone.ask(session, QUESTION)
    alone.jump(25 * HOUR)
    began = time.monotonic()
    assert "a expiré" in alone.ask(session, QUESTION)
    assert CQP_DURATION in alone.ask(alone.session(), QUESTION)
    assert time.monotonic() - began < 10
    assert alone.health()[0] == 200
