"""A channel is there when its variables are, and says which one is wrong or missing."""

from __future__ import annotations

import pytest
import yaml

from assistant_am.channels.shared.settings import MessagingSettings
from assistant_am.operations.project import Project
from assistant_am.operations.supervise import WEB_CHANNEL, write_credentials
from assistant_am.runtime.settings import WrongSetting

PUBLIC = {"AM_ADRESSE_PUBLIQUE": "https://bot.example/"}
TELEGRAM = {"AM_TELEGRAM_JETON": "123456789:" + "A" * 35}
TWILIO = {"AM_TWILIO_COMPTE": "AC" + "0" * 32, "AM_TWILIO_JETON": "jeton"}
MESSENGER = {
    "AM_MESSENGER_JETON": "jeton",
    "AM_MESSENGER_SECRET": "secret",
    "AM_MESSENGER_VERIFICATION": "mot",
}
ALL = {**PUBLIC, **TELEGRAM, **TWILIO, **MESSENGER}


def test_nothing_is_there_by_itself():
    assert MessagingSettings.from_environment({}) == MessagingSettings()
    assert MessagingSettings.from_environment(PUBLIC).channels() == []


def test_everything_is_read_and_no_secret_is_shown():
    settings = MessagingSettings.from_environment(ALL)
    assert settings.public == "https://bot.example"
    assert settings.telegram.bot_id == 123456789
    for secret in ("AAAA", "jeton", "secret=", "mot"):
        assert secret not in repr(settings)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (TELEGRAM, "AM_ADRESSE_PUBLIQUE"),
        ({**PUBLIC, "AM_TELEGRAM_JETON": "abc"}, "AM_TELEGRAM_JETON"),
        ({**PUBLIC, **TELEGRAM, "AM_TELEGRAM_SECRET": "à b"}, "AM_TELEGRAM_SECRET"),
        ({**PUBLIC, "AM_TELEGRAM_SECRET": "s" * 32}, "AM_TELEGRAM_JETON"),
        ({**PUBLIC, **TELEGRAM, "AM_TELEGRAM_API": "ftp://x"}, "AM_TELEGRAM_API"),
        (TWILIO, "AM_ADRESSE_PUBLIQUE"),
        ({**PUBLIC, "AM_TWILIO_JETON": "x"}, "AM_TWILIO_COMPTE"),
        ({**PUBLIC, **TWILIO, "AM_TWILIO_COMPTE": "AC1"}, "AM_TWILIO_COMPTE"),
        ({**MESSENGER, "AM_MESSENGER_SECRET": " "}, "AM_MESSENGER_SECRET"),
        ({"AM_ADRESSE_PUBLIQUE": "http://bot.example"}, "AM_ADRESSE_PUBLIQUE"),
        ({"AM_ADRESSE_PUBLIQUE": "https://a@bot.example"}, "AM_ADRESSE_PUBLIQUE"),
        ({"AM_ADRESSE_PUBLIQUE": "https://bot.example?x"}, "AM_ADRESSE_PUBLIQUE"),
        ({"AM_ADRESSE_PUBLIQUE": "https://bot.example:x"}, "AM_ADRESSE_PUBLIQUE"),
    ],
)
def test_what_is_wrong_is_named(given, named):
    with pytest.raises(WrongSetting, match=named):
        MessagingSettings.from_environment(given)


def test_telegram_alone_may_declare_its_webhook_by_hand():
    settings = MessagingSettings.from_environment({**TELEGRAM, "AM_TELEGRAM_SECRET": "s" * 32})
    assert settings.telegram.secret == "s" * 32


def test_the_runtime_credentials_name_the_channels_and_hold_no_secret(tmp_path, monkeypatch):
    from rasa.core.run import _create_single_channel

    (tmp_path / "credentials.yml").write_text("rest: {}\n", encoding="utf-8")
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    for name, value in ALL.items():
        monkeypatch.setenv(name, value)
    target = tmp_path / "execution.yml"
    write_credentials(Project(tmp_path), target)
    written = yaml.safe_load(target.read_text(encoding="utf-8"))
    ours = [path for path in written if path not in ("rest", WEB_CHANNEL)]
    names = [_create_single_channel(path, written[path]).name() for path in ours]
    assert sorted(names) == ["messenger", "telegram", "twilio"]
    assert all(written[path] == {} for path in ours)
