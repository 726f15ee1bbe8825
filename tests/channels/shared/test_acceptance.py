"""The acceptance sample passes through Telegram and through SMS as it does over REST."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant_am.evaluation.acceptance import Acceptance, run_sample, sample_folder
from assistant_am.operations.project import Project
from tests.channels.shared.bridge import bridge
from tests.channels.shared.real import Town, town
from tests.channels.telegram.conftest import Person
from tests.channels.twilio.conftest import Phone

pytestmark = pytest.mark.e2e

FOLDER = sample_folder(Project.here().root)


class OnTelegram(Person):
    def locate(self) -> None:
        self.post(self.update(location={"latitude": 47, "longitude": -1}))

    def texts(self) -> list[str]:
        return [_with_buttons(given) for given in self.shown() if "text" in given]

    def wait_for(self, holds: Callable[[], bool]) -> None:
        self.api.wait_until(holds)


def _with_buttons(given: dict[str, Any]) -> str:
    """A message and its buttons, which are answers as well (REST and SMS show them)."""
    rows = given.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join([given["text"], *(button["text"] for row in rows for button in row)])


class BySms(Phone):
    def locate(self) -> None:
        self.send("", Latitude="47", Longitude="-1")

    def texts(self) -> list[str]:
        return [given["Body"] for given in self.shown()]

    def wait_for(self, holds: Callable[[], bool]) -> None:
        self.api.wait_until(holds)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    if FOLDER is None:
        pytest.skip("ni AM_EVALUATION, ni échantillon à côté du projet")
    with town(tmp_path_factory.mktemp("echantillon")) as running:
        yield running


@pytest.fixture(scope="module")
def over_rest(real: Town) -> Acceptance:
    return run_sample(FOLDER, Project.here(), real.bot.settings.url)


def test_telegram_does_as_rest(real, over_rest):
    with bridge(lambda: OnTelegram(real.served, real.telegram)) as address:
        assert run_sample(FOLDER, Project.here(), address).sets == over_rest.sets
    assert real.telegram.faults == []


def test_sms_does_as_rest(real, over_rest):
    with bridge(lambda: BySms(real.served, real.twilio)) as address:
        assert run_sample(FOLDER, Project.here(), address).sets == over_rest.sets
    assert real.twilio.faults == []
