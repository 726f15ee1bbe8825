"""The file of conversations goes away under a running assistant: nothing is told as kept."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant_am.channels.web.health import Health
from assistant_am.operations.conversations import Conversations
from assistant_am.runtime.last_backup import LastBackup, note_backup
from assistant_am.runtime.store_settings import DATABASE_FILE
from assistant_am.stores.errors import DatabaseFileGone
from tests.stores.talking import open_store, say, texts


@pytest.fixture
def store(sqlite):
    opened = open_store(sqlite)
    asyncio.run(say(opened, "a", "avant"))
    return opened


def delete(settings):
    for path in settings.data.glob(f"{DATABASE_FILE}*"):
        path.unlink()


def refused(store):
    """Neither read nor written nor probed."""
    for work in (store.retrieve("a"), say(store, "b", "perdu"), store.probe("sonde")):
        with pytest.raises(DatabaseFileGone):
            asyncio.run(work)
    return True


def test_a_deleted_file_is_noticed_and_said_once_in_the_log(store, sqlite, caplog):
    delete(sqlite)
    with caplog.at_level(logging.ERROR):
        assert refused(store)
    (said,) = [each for each in caplog.messages if DATABASE_FILE in each]
    assert "plus rien n'est enregistré" in said
    # And no empty one was made in its place.
    assert not list(sqlite.data.glob(f"{DATABASE_FILE}*"))


def test_another_file_in_its_place_is_not_taken_for_it(store, sqlite):
    delete(sqlite)
    Conversations.open(sqlite)
    assert refused(store)


def test_a_file_put_back_is_the_same_again(store, sqlite):
    away = sqlite.data / "ailleurs"
    os.rename(sqlite.data / DATABASE_FILE, away)
    assert refused(store)
    os.rename(away, sqlite.data / DATABASE_FILE)
    asyncio.run(say(store, "a", "après"))
    assert texts(asyncio.run(store.retrieve("a"))) == ["avant", "après"]


def test_what_was_in_it_can_be_got_back_until_the_assistant_stops(store, sqlite, tmp_path):
    """As docs/exploitation.md says."""
    delete(sqlite)
    assert refused(store)
    saved = tmp_path / "sauvee.db"
    for handle in Path("/proc/self/fd").iterdir():
        name = os.readlink(handle) if handle.is_symlink() else ""
        for ending in ("", "-wal"):
            if name == f"{sqlite.data / DATABASE_FILE}{ending} (deleted)":
                shutil.copyfile(handle, f"{saved}{ending}")
    with closing(sqlite3.connect(saved)) as database:
        assert database.execute("select count(*) from events").fetchone()[0] > 0


def test_health_says_it(store, sqlite):
    agent = SimpleNamespace(
        is_ready=lambda: True,
        tracker_store=store,
        processor=SimpleNamespace(
            action_endpoint=None, model_metadata=SimpleNamespace(model_id="essai")
        ),
    )
    assert state(agent, sqlite)["conversations"] == "enregistrees"
    assert state(agent, sqlite)["derniere_sauvegarde"] is None
    note_backup(sqlite.data, LastBackup("2026-11-22T12:00:00+00:00", "/s/jour-1.tar.gz"))
    assert state(agent, sqlite)["derniere_sauvegarde"] == "2026-11-22T12:00:00+00:00"
    delete(sqlite)
    told = state(agent, sqlite)
    assert (told["pret"], told["conversations"]) == (False, "fichier_disparu")


def state(agent, settings):
    return asyncio.run(Health(settings.data).state(agent))
