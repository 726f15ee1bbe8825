"""Settings of the web channel: what is wrong is told at start, in French, by its name."""

from __future__ import annotations

import stat

import pytest

from assistant_am.runtime.secrets import derived, load_secret
from assistant_am.runtime.settings import WebSettings, WrongSetting


def read(**values):
    return WebSettings.from_environment(values)


def test_nothing_is_needed():
    settings = read()
    assert settings == read(AM_ORIGINES="", AM_DEMO=" ")
    assert (settings.origins, settings.demo, settings.jwt.key) == (frozenset(), False, None)
    assert settings == WebSettings()


def test_values_are_read(tmp_path):
    settings = read(
        AM_DONNEES=str(tmp_path),
        AM_ORIGINES="https://msp.example, http://localhost:8080/\nHTTPS://CPTS.example",
        AM_SECRET="s" * 32,
        AM_JWT_CLE="k" * 32,
        AM_JWT_AUDIENCE="intranet",
        AM_DEMO="1",
        AM_LIMITE_CONVERSATION="5/second",
        AM_DELAI_REPONSE="2,5",
        AM_SESSION_HEURES="12",
        AM_CONSERVATION_JOURS="7",
        AM_MANDATAIRES="1",
    )
    assert settings.origins == {
        "https://msp.example",
        "http://localhost:8080",
        "https://cpts.example",
    }
    assert (settings.data, settings.secret) == (tmp_path, "s" * 32)
    assert (settings.jwt.key, settings.jwt.audience) == ("k" * 32, "intranet")
    assert (settings.deadline, settings.session_hours, settings.retention_days) == (2.5, 12, 7)
    assert (settings.demo, settings.proxies, settings.conversation_limit) == (True, 1, "5/second")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AM_ORIGINES", "*"),
        ("AM_ORIGINES", "https://*.example"),
        ("AM_ORIGINES", "msp.example"),
        ("AM_ORIGINES", "https://msp.example/chat"),
        ("AM_ORIGINES", "https://user@msp.example"),
        ("AM_ORIGINES", "https://msp.example:port"),
        ("AM_ORIGINES", "file:///tmp"),
        ("AM_SECRET", "court"),
        ("AM_JWT_CLE", "courte"),
        ("AM_JWT_CLE_PUBLIQUE", "/nulle/part.pem"),
        ("AM_DEMO", "oui"),
        ("AM_LIMITE_CONVERSATION", "beaucoup"),
        ("AM_LIMITE_ADRESSE", "0/minute"),
        ("AM_DELAI_REPONSE", "55"),
        ("AM_DELAI_REPONSE", "nan"),
        ("AM_SESSION_HEURES", "0"),
        ("AM_CONSERVATION_JOURS", "1.5"),
        ("AM_MANDATAIRES", "-1"),
    ],
)
def test_a_wrong_value_names_its_variable(name, value):
    with pytest.raises(WrongSetting, match=name):
        read(**{name: value})


def test_secrets_are_never_shown():
    settings = read(AM_SECRET="s" * 32, AM_JWT_CLE="k" * 32)
    assert "sss" not in repr(settings)
    assert "kkk" not in repr(settings)


def test_two_keys_are_one_too_many():
    with pytest.raises(WrongSetting, match="AM_JWT_CLE_PUBLIQUE"):
        read(AM_JWT_CLE="k" * 32, AM_JWT_CLE_PUBLIQUE="-----BEGIN PUBLIC KEY-----")


def test_a_public_key_that_is_none_is_told():
    from assistant_am.channels.web.intranet import Intranet

    settings = read(AM_JWT_CLE_PUBLIQUE="-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----")
    with pytest.raises(WrongSetting, match="AM_JWT_CLE_PUBLIQUE"):
        Intranet(settings.jwt, b"secret")


def test_the_secret_is_made_once_for_us_only(tmp_path):
    data = tmp_path / "var"
    first = load_secret(None, data)
    assert len(first) == 64
    assert load_secret(None, data) == first
    assert stat.S_IMODE((data / "secret").stat().st_mode) == 0o600
    assert [path.name for path in data.iterdir()] == ["secret"]
    assert load_secret("t" * 32, data) == b"t" * 32


def test_a_secret_others_could_read_is_closed(tmp_path):
    load_secret(None, tmp_path)
    (tmp_path / "secret").chmod(0o644)
    load_secret(None, tmp_path)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"court", "é".encode() * 40])
def test_a_damaged_secret_is_told(tmp_path, content):
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(WrongSetting, match="secret"):
        load_secret(None, tmp_path)


def test_each_purpose_has_a_key_of_its_own():
    assert derived(b"secret", "session") != derived(b"secret", "bouton")
    assert derived(b"secret", "session") != derived(b"other", "session")
