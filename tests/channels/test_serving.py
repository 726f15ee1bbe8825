"""`assistant-am serve` has the web channel, and refuses settings that would stop it."""

from __future__ import annotations

import stat

import pytest
import yaml

from assistant_am.operations.project import Project, Settings
from assistant_am.operations.supervise import WEB_CHANNEL, Bot, write_credentials
from assistant_am.runtime.settings import WrongSetting


@pytest.fixture
def project(tmp_path):
    (tmp_path / "credentials.yml").write_text("rest: {}\n", encoding="utf-8")
    return Project(tmp_path)


def test_the_channel_is_added_to_the_projects_own(project, tmp_path):
    target = tmp_path / "execution" / "credentials.yml"
    write_credentials(project, target)
    assert yaml.safe_load(target.read_text(encoding="utf-8")) == {"rest": {}, WEB_CHANNEL: {}}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_projects_credentials_name_a_channel_that_exists():
    from rasa.core.run import _create_single_channel

    credentials = Project.here().root / "credentials.yml"
    options = yaml.safe_load(credentials.read_text(encoding="utf-8"))
    assert _create_single_channel(WEB_CHANNEL, options[WEB_CHANNEL]).name() == "web"


def test_secret_and_opinions_stand_beside_the_conversations(project, tmp_path):
    bot = Bot(project, Settings())
    assert bot.services[1].environment["AM_DONNEES"] == str(tmp_path / "var")
    bot.check_web_settings()
    assert (tmp_path / "var" / "secret").exists()
    elsewhere = Bot(project, Settings(data=tmp_path / "ailleurs"))
    assert elsewhere.services[1].environment["AM_DONNEES"] == str(tmp_path / "ailleurs")


@pytest.mark.parametrize(
    ("name", "value"), [("AM_ORIGINES", "*"), ("AM_JWT_CLE_PUBLIQUE", "-----BEGIN X-----")]
)
def test_a_wrong_setting_stops_the_start(project, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=name):
        Bot(project, Settings()).check_web_settings()
