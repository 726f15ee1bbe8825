"""Rotation of the secret: what it changes, and when."""

from __future__ import annotations

import stat

import pytest

from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.sessions import Sessions
from assistant_am.cli import main
from assistant_am.runtime.secrets import internal_key, load_secret


@pytest.fixture(autouse=True)
def data(monkeypatch, tmp_path):
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    monkeypatch.delenv("AM_SECRET", raising=False)
    return tmp_path


def test_a_new_secret_ends_sessions_and_keys(data, capsys):
    before = load_secret(None, data)
    _, session, _ = Sessions(before, 24).open(None)
    assert main(["secret", "--renouveler"]) == 0
    said = capsys.readouterr().out
    after = load_secret(None, data)
    assert after != before
    assert len(after) == len(before)
    assert after.decode() not in said
    assert stat.S_IMODE((data / "secret").stat().st_mode) == 0o600
    assert [path.name for path in data.iterdir()] == ["secret"]
    assert internal_key(after) != internal_key(before)
    # The widget answers this code by opening another conversation.
    with pytest.raises(WebError) as refused:
        Sessions(after, 24).read(session)
    assert refused.value.code == "session_invalide"


def test_looking_changes_nothing(data, capsys):
    assert main(["secret"]) == 0
    assert "sera fait" in capsys.readouterr().out
    before = load_secret(None, data)
    assert main(["secret"]) == 0
    said = capsys.readouterr().out
    assert str(data / "secret") in said
    assert before.decode() not in said
    assert load_secret(None, data) == before


def test_the_secret_of_the_environment_is_changed_there(data, monkeypatch, capsys):
    monkeypatch.setenv("AM_SECRET", "s" * 40)
    assert main(["secret", "--renouveler"]) == 1
    assert "AM_SECRET" in capsys.readouterr().err
    assert not (data / "secret").exists()
