"""A PostgreSQL that wants a password (scram-sha-256), as docs/exploitation.md sets one up."""

from __future__ import annotations

import asyncio
import datetime
import re
import shutil

import pytest
from sqlalchemy.engine import make_url

from assistant_am.cli import main
from assistant_am.operations.backup import back_up
from assistant_am.operations.errors import BackupError
from assistant_am.operations.restore import restore
from assistant_am.runtime.store_settings import StoreSettings
from tests.stores.servers import Postgres
from tests.stores.talking import open_store, say, texts

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.timezone.utc)
PASSWORD = "confidentiel : @/%&é"


@pytest.fixture(scope="module")
def server():
    with Postgres() as running:
        running.protected = running.require_password("assistant", PASSWORD)
        yield running


@pytest.fixture
def given(server):
    """AM_BASE."""
    return server.protected


@pytest.fixture
def stores(server, given, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{server._server.bin_path}:/usr/bin:/bin")
    settings = StoreSettings.from_environment({"AM_BASE": given, "AM_DONNEES": str(tmp_path / "d")})
    yield settings
    store = open_store(settings)
    asyncio.run(store.erase("visiteur-a"))
    store.engine.dispose()


@pytest.fixture
def commands(tmp_path, stores, monkeypatch):
    """What the programs of PostgreSQL were started with, where everybody can read it."""
    seen = tmp_path / "commandes"
    folder = tmp_path / "programmes"
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        script = folder / name
        script.write_text(f'#!/bin/sh\necho "$@" >> {seen}\nexec {shutil.which(name)} "$@"\n')
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return seen


def talk(stores, *lines):
    async def scenario():
        store = open_store(stores)
        for line in lines:
            await say(store, "visiteur-a", line)
        store.engine.dispose()

    asyncio.run(scenario())


def said(stores):
    async def scenario():
        store = open_store(stores)
        tracker = await store.retrieve("visiteur-a")
        store.engine.dispose()
        return texts(tracker)

    return asyncio.run(scenario())


@pytest.mark.parametrize("place", ["address", "query"])
def test_a_backup_and_its_restoration(given, trained, stores, commands, place):
    if place == "query":
        host = make_url(given).query["host"]
        words = "confidentiel%20%3A%20%40%2F%25%26%C3%A9"
        address = f"postgresql://assistant@/assistant?host={host}&password={words}"
        stores = StoreSettings.from_environment(
            {"AM_BASE": address, "AM_DONNEES": str(stores.data)}
        )
    talk(stores, "avant")
    target = trained.root / "s.tar.gz"
    made = back_up(trained, stores, None, target, NOW)
    assert made.counts.conversations == 1
    talk(stores, "après")
    done = restore(trained, stores, target, NOW, replace=True)
    assert said(stores) == ["avant"]
    assert (done.aside / "conversations.pgdump").exists()
    started = commands.read_text()
    assert "--dbname=postgresql://assistant@" in started
    assert "confidentiel" not in started and "***" not in started


def test_a_wrong_password_is_told_without_it(given, trained, stores):
    wrong = str(make_url(given).set(password="confidentiel-faux").render_as_string(False))
    other = StoreSettings.from_environment({"AM_BASE": wrong, "AM_DONNEES": str(stores.data)})
    with pytest.raises(BackupError, match="settings") as failed:
        back_up(trained, other, None, trained.root / "s.tar.gz", NOW)
    assert "confidentiel" not in str(failed.value)


def test_the_last_good_backup_is_told(given, trained, stores, monkeypatch, capsys):
    for name in ("AM_REDIS", "AM_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AM_BASE", given)
    monkeypatch.setenv("AM_DONNEES", str(stores.data))
    root = ["--racine", str(trained.root)]
    assert main(["settings", *root]) == 0
    assert "Dernière bonne sauvegarde : aucune" in capsys.readouterr().out
    target = trained.root / "jour-1.tar.gz"
    assert main(["backup", str(target), *root]) == 0
    capsys.readouterr()
    assert main(["settings", *root]) == 0
    told = capsys.readouterr().out
    assert re.search(rf"Dernière bonne sauvegarde : le .+ \(aujourd'hui\), {target}", told)
    # One that fails is none.
    monkeypatch.setenv("PATH", str(trained.root))
    assert main(["backup", str(trained.root / "jour-2.tar.gz"), *root]) == 1
    assert main(["settings", *root]) == 0
    assert str(target) in capsys.readouterr().out
