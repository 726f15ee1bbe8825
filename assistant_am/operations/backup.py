"""Saves all that a site cannot make again: conversations, opinions, secret, model, its folder."""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import shutil
import sqlite3
import tempfile
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from assistant_am.operations import archive, copies
from assistant_am.operations.archive import Counts, Manifest
from assistant_am.operations.conversations import require_file_of_running_assistant
from assistant_am.operations.errors import BackupError
from assistant_am.operations.project import Project
from assistant_am.runtime.file_errors import told
from assistant_am.runtime.files import file_sha256
from assistant_am.runtime.last_backup import LastBackup, note_backup
from assistant_am.runtime.secrets import FILE as SECRET_FILE
from assistant_am.runtime.store_settings import DATABASE_FILE, StoreSettings
from assistant_am.stores.database import make_tables, open_engine

COUNT_OPINIONS = "select count(*) from avis"


def back_up(
    project: Project,
    stores: StoreSettings,
    secret: str | None,
    target: Path,
    now: datetime.datetime,
    *,
    replace: bool = False,
) -> Manifest:
    """Write `target`, whether or not the assistant runs; `secret` is AM_SECRET, if it is given.

    Its date is noted in the data folder. Raises BackupError, DatabaseError. Nothing of an
    unfinished backup stays.
    """
    if target.exists() and not replace:
        raise BackupError(f"{target} existe déjà : donnez un autre nom, ou ajoutez --remplacer.")
    try:
        # Beside the target: what is said in private never passes through a common folder.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sauvegarde-") as name:
            folder = Path(name)
            conversations, events = _conversations(stores, folder)
            opinions = _opinions(stores.data, folder)
            _secret(secret, stores.data, folder)
            _model(project, folder)
            if project.site.is_dir():
                archive.pack_folder(project.site, folder / archive.SITE)
            manifest = Manifest(
                version=importlib.metadata.version("assistant-am"),
                date=now.astimezone(datetime.timezone.utc).isoformat(timespec="seconds"),
                counts=Counts(conversations, events, opinions),
                parts={path.name: file_sha256(path) for path in sorted(folder.iterdir())},
            )
            archive.pack(folder, manifest, target)
    except OSError as error:
        named = error.filename is not None
        why = told(error) if named else f"Vérifiez la place et les droits de {target.parent}."
        raise BackupError(f"La sauvegarde n'est pas faite. {why}") from error
    except (sqlite3.Error, SQLAlchemyError) as error:
        # SQLAlchemy's text may quote an address with its password.
        kind = type(getattr(error, "orig", None) or error).__name__
        raise BackupError(
            f"Les conversations ne peuvent pas être lues ({kind}) : « assistant-am settings » dit "
            "si la base répond."
        ) from None
    try:
        note_backup(stores.data, LastBackup(manifest.date, str(target)))
    except OSError as error:
        raise BackupError(
            f"La sauvegarde {target} est bonne, mais sa date n'a pas pu être notée. {told(error)}"
        ) from error
    return manifest


def _conversations(stores: StoreSettings, folder: Path) -> tuple[int, int]:
    require_file_of_running_assistant(stores)
    engine = open_engine(stores)
    try:
        make_tables(engine)
    finally:
        engine.dispose()
    if stores.database:
        return copies.dump_postgresql(stores, folder / archive.POSTGRESQL)
    copy = folder / archive.SQLITE
    copies.copy_sqlite(stores.data / DATABASE_FILE, copy)
    copies.drop_letters(copy)
    conversations, events = copies.sqlite_counts(copy)
    return conversations, events


def _opinions(data: Path, folder: Path) -> int:
    if not (data / archive.OPINIONS).exists():
        return 0
    copy = folder / archive.OPINIONS
    copies.copy_sqlite(data / archive.OPINIONS, copy)
    return copies.sqlite_counts(copy, COUNT_OPINIONS)[0]


def _secret(given: str | None, data: Path, folder: Path) -> None:
    """The one in use: conversations of an intranet are found again by it."""
    if given:
        (folder / archive.SECRET).write_text(given + "\n", encoding="utf-8")
    elif (data / SECRET_FILE).exists():
        shutil.copyfile(data / SECRET_FILE, folder / archive.SECRET)


def _model(project: Project, folder: Path) -> None:
    if not (project.model.is_file() and project.fingerprint.is_file()):
        return
    shutil.copyfile(project.fingerprint, folder / archive.MODEL_RECORD)
    shutil.copyfile(project.model, folder / archive.MODEL)
    record = json.loads((folder / archive.MODEL_RECORD).read_text(encoding="utf-8"))
    if record.get("modele") != file_sha256(folder / archive.MODEL):
        raise BackupError(
            "Le modèle ne correspond pas à son empreinte : un entraînement est en cours (attendez "
            "qu'il finisse), ou le modèle est abîmé (« make train »)."
        )
