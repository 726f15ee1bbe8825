"""What was saved from a running writer comes back whole, on both databases; or nothing changes."""

from __future__ import annotations

import asyncio
import datetime
import json
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assistant_am.cli import main
from assistant_am.operations import archive, copies
from assistant_am.operations.backup import back_up
from assistant_am.operations.conversations import Conversations
from assistant_am.operations.errors import BackupError, DatabaseError, OperationError
from assistant_am.operations.presence import Presence
from assistant_am.operations.processes import free_port
from assistant_am.operations.restore import restore
from assistant_am.runtime.secrets import load_secret
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.letters import Letters
from tests.stores.servers import Postgres
from tests.stores.talking import open_store, say, texts

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.timezone.utc)
EVENTS_A_TURN = 5


@pytest.fixture(scope="module")
def server():
    with Postgres() as running:
        yield running


@pytest.fixture
def postgres(server, tmp_path, monkeypatch):
    """PostgreSQL with the programs of its own version first, and an empty table."""
    monkeypatch.setenv("PATH", f"{server._server.bin_path}:/usr/bin:/bin")
    settings = StoreSettings.from_environment(
        {"AM_BASE": server.address, "AM_DONNEES": str(tmp_path / "donnees")}
    )
    yield settings
    with copies._engine(settings).begin() as connection:
        connection.exec_driver_sql("drop table if exists events, messagerie")


@pytest.fixture
def sqlite(tmp_path):
    return StoreSettings(data=tmp_path / "donnees")


@pytest.fixture(params=["sqlite", "postgres"])
def stores(request):
    return request.getfixturevalue(request.param)


@contextmanager
def writing(stores):
    """Somebody who never stops talking; a turn is written whole."""
    ended = threading.Event()
    began = threading.Event()

    async def talk():
        store, number = open_store(stores), 0
        while not ended.is_set():
            await say(store, f"visiteur-{number % 7}", f"message {number}")
            began.set()
            number += 1
        store.engine.dispose()

    thread = threading.Thread(target=lambda: asyncio.run(talk()))
    thread.start()
    assert began.wait(20)
    try:
        yield
    finally:
        ended.set()
        thread.join()


def save(project, stores, name="s.tar.gz", secret=None, **options):
    target = project.root / name
    return target, back_up(project, stores, secret, target, NOW, **options)


def said(stores, sender):
    async def ask():
        store = open_store(stores)
        tracker = await store.retrieve(sender)
        store.engine.dispose()
        return texts(tracker)

    return asyncio.run(ask())


def talk(stores, *lines, sender="visiteur-a"):
    async def all_lines():
        store = open_store(stores)
        for line in lines:
            await say(store, sender, line)
        store.engine.dispose()

    asyncio.run(all_lines())


def opine(data, *conversations):
    from assistant_am.channels.web.feedback import Feedback

    for conversation in conversations:
        asyncio.run(Feedback(data, 30).save(conversation, f"r-{conversation}", "utile", ""))


def test_a_backup_of_a_running_writer_has_whole_turns_only(trained, stores):
    with writing(stores):
        target, manifest = save(trained, stores)
    assert manifest.counts.conversations > 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    shutil.rmtree(stores.data, ignore_errors=True)
    restore(trained, stores, target, NOW, replace=True)
    found = 0
    for number in range(7):
        lines = said(stores, f"visiteur-{number}")
        # Each turn with what came before it, none in half.
        assert lines == [f"message {number + 7 * rank}" for rank in range(len(lines))]
        found += len(lines) * EVENTS_A_TURN + 2 * bool(lines)
    assert found == manifest.counts.events


def test_what_waits_for_an_answer_is_not_saved_beside_its_key(trained, stores):
    talk(stores, "bonjour")
    letters = Letters(stores)
    asyncio.run(letters.add("telegram ici:5005", "m1", "telegram-a", b"scelle-4711"))
    target, _ = save(trained, stores)
    with tarfile.open(target) as saved:
        parts = [saved.extractfile(each) for each in saved.getmembers()]
        assert not any(b"scelle-4711" in part.read() for part in parts if part)
    # Those of the running assistant stay.
    assert not asyncio.run(letters.add("telegram ici:5005", "m1", "telegram-a", b""))
    letters.engine.dispose()


def test_all_comes_back_and_what_was_there_is_kept(trained, stores):
    talk(stores, "avant", "le secret")
    opine(stores.data, "visiteur-a")
    secret, model = load_secret(None, stores.data), trained.model.read_bytes()
    target, manifest = save(trained, stores)
    assert (manifest.counts.conversations, manifest.counts.opinions) == (1, 1)

    talk(stores, "après")
    (stores.data / "secret").write_text("s" * 64)
    trained.model.write_bytes(b"un autre modele")
    with pytest.raises(BackupError, match="--remplacer"):
        restore(trained, stores, target, NOW)
    assert said(stores, "visiteur-a")[-1] == "après"

    done = restore(trained, stores, target, NOW, replace=True)
    assert said(stores, "visiteur-a") == ["avant", "le secret"]
    assert load_secret(None, stores.data) == secret
    assert trained.model.read_bytes() == model
    kept = {path.name for path in done.aside.iterdir()}
    assert {"secret", "assistant-am.tar.gz"} <= kept
    assert kept & {"conversations.db", archive.POSTGRESQL}
    assert stat.S_IMODE(done.aside.stat().st_mode) == 0o700
    assert not list(stores.data.glob(".restauration-*"))


def test_an_empty_site_takes_a_backup_without_being_asked_twice(trained, sqlite, tmp_path):
    talk(sqlite, "bonjour")
    load_secret(None, sqlite.data)
    target, _ = save(trained, sqlite)
    fresh = StoreSettings(data=tmp_path / "neuf")
    shutil.rmtree(trained.root / "models")
    assert restore(trained, fresh, target, NOW).aside is None
    assert said(fresh, "visiteur-a") == ["bonjour"]
    assert stat.S_IMODE((fresh.data / "conversations.db").stat().st_mode) == 0o600
    assert load_secret(None, fresh.data) == load_secret(None, sqlite.data)


def test_the_secret_in_use_is_the_one_saved(trained, sqlite):
    load_secret(None, sqlite.data)
    target, _ = save(trained, sqlite, secret="z" * 40)
    assert restore(trained, sqlite, target, NOW, replace=True).secret == "z" * 40


@pytest.mark.parametrize("cut", [0, 100, 0.5, 0.98])
def test_a_truncated_backup_changes_nothing(trained, sqlite, cut):
    talk(sqlite, "bonjour")
    target, _ = save(trained, sqlite)
    content = target.read_bytes()
    target.write_bytes(content[: int(cut * len(content)) if cut < 1 else cut])
    refused(trained, sqlite, target)


def test_a_changed_part_changes_nothing(trained, sqlite):
    talk(sqlite, "bonjour")
    target, _ = save(trained, sqlite)
    again(target, lambda folder: (folder / "modele.tar.gz").write_bytes(b"un autre"))
    refused(trained, sqlite, target, "manifeste")


def test_counts_that_differ_change_nothing(trained, sqlite):
    def lie(folder):
        manifest = json.loads((folder / "manifeste.json").read_text())
        manifest["counts"]["events"] += 1
        (folder / "manifeste.json").write_text(json.dumps(manifest))

    talk(sqlite, "bonjour")
    target, _ = save(trained, sqlite)
    again(target, lie)
    refused(trained, sqlite, target, "manifeste")


@pytest.mark.parametrize("name", ["../ailleurs", "/tmp/ailleurs", "inconnu", "secret/x"])
def test_a_file_that_is_not_ours_is_refused(trained, sqlite, name):
    talk(sqlite, "bonjour")
    target, _ = save(trained, sqlite)
    with tarfile.open(target, "w:gz") as archived:
        member = tarfile.TarInfo(name)
        archived.addfile(member)
    refused(trained, sqlite, target, "n'a rien à y faire")


def test_a_link_is_refused(trained, sqlite):
    talk(sqlite, "bonjour")
    target, _ = save(trained, sqlite)
    with tarfile.open(target, "w:gz") as archived:
        member = tarfile.TarInfo("secret")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archived.addfile(member)
    refused(trained, sqlite, target, "n'a rien à y faire")


def again(target: Path, change) -> None:
    """Pack the backup again after a change to its files."""
    folder = target.with_suffix(".dossier")
    with tarfile.open(target) as archived:
        archived.extractall(folder)
    change(folder)
    with tarfile.open(target, "w:gz") as archived:
        for path in folder.iterdir():
            archived.add(path, path.name)


def refused(project, stores, target, why="sauvegarde lisible"):
    before = everything(project, stores)
    with pytest.raises(BackupError, match=why):
        restore(project, stores, target, NOW, replace=True)
    assert everything(project, stores) == before


def everything(project, stores):
    places = [*stores.data.rglob("*"), *(project.root / "models").rglob("*")]
    return {
        path: path.read_bytes()
        for path in places
        if path.is_file() and path.name not in (".en-marche", "conversations.db-shm")
    }


def test_a_running_assistant_refuses_a_restoration(trained, sqlite):
    talk(sqlite, "bonjour")
    target, _ = save(trained, sqlite)
    here = Presence(sqlite.data)
    here.take()
    with pytest.raises(OperationError, match="arrêtez-le"):
        restore(trained, sqlite, target, NOW, replace=True)
    here.leave()
    restore(trained, sqlite, target, NOW, replace=True)


def test_a_killed_assistant_does_not_refuse_one(trained, sqlite):
    """The sign goes with the process, whatever ended it."""
    talk(sqlite, "bonjour")
    target, _ = save(trained, sqlite)
    code = (
        "import pathlib, sys, time\n"
        "from assistant_am.operations.presence import Presence\n"
        "Presence(pathlib.Path(sys.argv[1])).take(); print('pris', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, sqlite.data], stdout=subprocess.PIPE)
    assert other.stdout.readline() == b"pris\n"
    with pytest.raises(OperationError, match="arrêtez-le"):
        restore(trained, sqlite, target, NOW, replace=True)
    other.kill()
    other.wait()
    restore(trained, sqlite, target, NOW, replace=True)


def test_an_assistant_of_another_machine_refuses_one(trained, postgres):
    talk(postgres, "bonjour")
    target, _ = save(trained, postgres)
    store = open_store(postgres)
    asyncio.run(say(store, "visiteur-b", "je suis là"))
    with pytest.raises(BackupError, match="connecté"):
        restore(trained, postgres, target, NOW, replace=True)
    store.engine.dispose()
    restore(trained, postgres, target, NOW, replace=True)
    assert said(postgres, "visiteur-b") == []


def test_a_failed_restoration_puts_files_back(trained, postgres, monkeypatch):
    talk(postgres, "bonjour")
    (postgres.data).mkdir(exist_ok=True)
    load_secret(None, postgres.data)
    target, _ = save(trained, postgres)
    (postgres.data / "secret").write_text("s" * 64)

    def fail(*_):
        raise BackupError("pg_restore a échoué")

    monkeypatch.setattr(copies, "restore_postgresql", fail)
    with pytest.raises(BackupError, match="échoué"):
        restore(trained, postgres, target, NOW, replace=True)
    assert (postgres.data / "secret").read_text() == "s" * 64
    assert said(postgres, "visiteur-a") == ["bonjour"]


def test_the_wrong_kind_of_database_is_told(trained, sqlite, postgres):
    talk(sqlite, "bonjour")
    of_file, _ = save(trained, sqlite)
    with pytest.raises(BackupError, match="AM_BASE"):
        restore(trained, postgres, of_file, NOW)
    of_server, _ = save(trained, postgres, "p.tar.gz")
    with pytest.raises(BackupError, match="AM_BASE"):
        restore(trained, sqlite, of_server, NOW)


def test_without_the_programs_of_postgresql_their_package_is_named(trained, postgres, monkeypatch):
    monkeypatch.setenv("PATH", str(trained.root))
    with pytest.raises(BackupError, match="postgresql-client"):
        save(trained, postgres)
    assert list(trained.root.glob("*.tar.gz")) == []


def test_a_backup_never_writes_over_another_unasked(trained, sqlite):
    talk(sqlite, "bonjour")
    target, _ = save(trained, sqlite)
    before = target.read_bytes()
    with pytest.raises(BackupError, match="existe déjà"):
        save(trained, sqlite)
    assert target.read_bytes() == before
    talk(sqlite, "encore")
    assert save(trained, sqlite, replace=True)[1].counts.events > EVENTS_A_TURN


def test_no_empty_backup_is_made_of_a_deleted_database(trained, sqlite):
    """The nightly unit would replace the good ones, one a day."""
    talk(sqlite, "bonjour")
    here = Presence(sqlite.data)
    here.take()
    for path in sqlite.data.glob("conversations.db*"):
        path.unlink()
    with pytest.raises(DatabaseError, match="ne le redémarrez pas"):
        save(trained, sqlite)
    with pytest.raises(DatabaseError, match="Base supprimée"):
        Conversations.open(sqlite)
    here.leave()
    assert not (sqlite.data / "conversations.db").exists()
    assert list(trained.root.glob("*.tar.gz")) == []


def test_a_damaged_database_is_not_saved_as_sound(trained, sqlite):
    talk(sqlite, *(f"message {n}" for n in range(60)))
    path = sqlite.data / "conversations.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("pragma wal_checkpoint(truncate)")
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    path.write_bytes(bytes(content))
    with pytest.raises(BackupError):
        save(trained, sqlite)
    assert list(trained.root.glob("*.tar.gz")) == []


def test_a_model_in_training_is_not_saved(trained, sqlite):
    talk(sqlite, "bonjour")
    trained.model.write_bytes(b"la moitie")
    with pytest.raises(BackupError, match="entraînement est en cours"):
        save(trained, sqlite)


def test_the_commands(trained, sqlite, monkeypatch, capsys):
    monkeypatch.setenv("AM_DONNEES", str(sqlite.data))
    # A « make run » beside this has the usual ones.
    for name in ("AM_PORT", "AM_ACTIONS_PORT"):
        monkeypatch.setenv(name, str(free_port()))
    for name in ("AM_BASE", "AM_REDIS", "AM_SECRET"):
        monkeypatch.delenv(name, raising=False)
    talk(sqlite, "bonjour")
    target, root = str(trained.root / "s.tar.gz"), ["--racine", str(trained.root)]
    assert main(["backup", target, *root]) == 0
    assert "1 conversation (7 événements), 0 avis, pas de secret, le modèle" in (
        capsys.readouterr().out
    )
    assert main(["restore", target, *root]) == 1
    assert "--remplacer" in capsys.readouterr().err
    assert main(["restore", target, "--remplacer", *root]) == 0
    assert "avant-restauration-" in capsys.readouterr().out
    assert main(["restore", str(trained.root / "rien.tar.gz"), *root]) == 1
    assert "Il n'y a pas de fichier" in capsys.readouterr().err
    assert main(["backup", "/nulle/part/s.tar.gz", *root]) == 1
    assert "/nulle/part" in capsys.readouterr().err


def site_of(project, **files):
    for name, text in files.items():
        path = project.site / "knowledge" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_the_folder_of_the_site_comes_back_and_the_one_there_is_kept(project, sqlite):
    """What somebody wrote by hand is in no other place."""
    site_of(project, site="hebergeur: la MSP\n")
    target, manifest = save(project, sqlite)
    assert archive.SITE in manifest.parts
    site_of(project, site="hebergeur: un autre\n", contacts="{}\n")
    with pytest.raises(BackupError, match="--remplacer"):
        restore(project, sqlite, target, NOW)
    restored = restore(project, sqlite, target, NOW, replace=True)
    files = {path.name: path.read_text("utf-8") for path in project.site.rglob("*.yml")}
    assert files == {"site.yml": "hebergeur: la MSP\n"}
    kept = restored.aside / "site" / "knowledge" / "site.yml"
    assert kept.read_text("utf-8") == "hebergeur: un autre\n"
    shutil.rmtree(project.site)
    restore(project, sqlite, target, NOW, replace=True)
    assert (project.site / "knowledge" / "site.yml").is_file()


def test_a_folder_that_leads_elsewhere_is_refused(project, sqlite, tmp_path):
    site_of(project, site="hebergeur: la MSP\n")
    evil, held = tmp_path / "site.tar", tmp_path / "held"
    with tarfile.open(evil, "w") as made:
        made.add(project.site / "knowledge" / "site.yml", "../../ailleurs.yml")
    with pytest.raises(BackupError, match="n'a rien à y faire"):
        archive.unpack_folder(evil, held)
    assert not list(tmp_path.glob("ailleurs.yml"))
