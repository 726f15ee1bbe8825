"""Puts a backup back: all of it is checked before anything is touched, what was there is kept."""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from assistant_am.operations import archive, copies
from assistant_am.operations.archive import Manifest
from assistant_am.operations.backup import COUNT_OPINIONS
from assistant_am.operations.errors import BackupError
from assistant_am.operations.presence import nobody_there
from assistant_am.operations.project import Project
from assistant_am.runtime.file_errors import told
from assistant_am.runtime.files import file_sha256
from assistant_am.runtime.secrets import FILE as SECRET_FILE
from assistant_am.runtime.store_settings import DATABASE_FILE, StoreSettings
from assistant_am.stores.database import make_tables, open_engine

_FOLDER_OF_SITE = "site"
_SQLITE_ENDINGS = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Restored:
    """What was put back, and where what was there before is now (None: there was nothing)."""

    manifest: Manifest
    aside: Path | None
    secret: str | None


def restore(
    project: Project,
    stores: StoreSettings,
    source: Path,
    now: datetime.datetime,
    *,
    replace: bool = False,
) -> Restored:
    """Put `source` back; raises BackupError or ServiceError, and then nothing has changed."""
    try:
        stores.data.mkdir(parents=True, exist_ok=True)
        with nobody_there(stores.data), _folder(stores.data) as folder:
            manifest = archive.unpack(source, folder)
            _check(stores, manifest, folder)
            if archive.SITE in manifest.parts:
                archive.unpack_folder(folder / archive.SITE, folder / _FOLDER_OF_SITE)
            places = _places(project, stores, manifest)
            aside = stores.data / f"avant-restauration-{now:%Y%m%d-%H%M%S}"
            kept = _keep(stores, manifest, places, aside, replace=replace)
            secret = _text(folder / archive.SECRET)
            _put(stores, manifest, folder, places, aside)
            return Restored(manifest, aside if kept else None, secret)
    except OSError as error:
        why = told(error) if error.filename else "Vérifiez la place et les droits d'AM_DONNEES."
        raise BackupError(f"La restauration a échoué. {why} Ce qui était là est resté.") from error
    except (sqlite3.Error, SQLAlchemyError) as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        raise BackupError(
            f"La restauration a échoué : la base ne répond pas ({kind}). « assistant-am settings » "
            "dit pourquoi. Ce qui était là est resté."
        ) from None


@contextlib.contextmanager
def _folder(data: Path) -> Iterator[Path]:
    """On the disk of the conversations: putting them in place is then a mere renaming."""
    with tempfile.TemporaryDirectory(dir=data, prefix=".restauration-") as name:
        yield Path(name)


def _check(stores: StoreSettings, manifest: Manifest, folder: Path) -> None:
    """The parts are sound, they are what the manifest counts, and they suit this site."""
    counts = manifest.counts
    if manifest.database == archive.POSTGRESQL:
        if not stores.database:
            raise BackupError(
                "Cette sauvegarde vient d'une base PostgreSQL : donnez dans AM_BASE celle où la "
                "remettre."
            )
        copies.check_dump(stores, folder / archive.POSTGRESQL)
        if copies.others_connected(stores):
            raise BackupError(
                "Un assistant est connecté à la base d'AM_BASE : arrêtez-le, puis relancez."
            )
    else:
        if stores.database:
            raise BackupError(
                "Cette sauvegarde vient d'un fichier SQLite, et AM_BASE désigne une base "
                "PostgreSQL : retirez AM_BASE pour la restaurer."
            )
        found = copies.sqlite_counts(folder / archive.SQLITE)
        _require_same(found, (counts.conversations, counts.events))
    if archive.OPINIONS in manifest.parts:
        found = copies.sqlite_counts(folder / archive.OPINIONS, COUNT_OPINIONS)
        _require_same(found, (counts.opinions,))


def _require_same(found: tuple[int, ...], said: tuple[int, ...]) -> None:
    if found != said:
        raise BackupError(
            f"La sauvegarde n'a pas ce que dit son manifeste ({found} au lieu de {said}) : "
            "prenez-en une autre. Rien n'a changé."
        )


def _places(project: Project, stores: StoreSettings, manifest: Manifest) -> dict[str, Path]:
    """Where each part that is a file goes, without those that are there already."""
    places = {
        archive.SQLITE: stores.data / DATABASE_FILE,
        archive.OPINIONS: stores.data / archive.OPINIONS,
        archive.SECRET: stores.data / SECRET_FILE,
        archive.MODEL: project.model,
        archive.MODEL_RECORD: project.fingerprint,
        archive.SITE: project.site,
    }
    return {
        part: place
        for part, place in places.items()
        if part in manifest.parts
        and not (place.is_file() and file_sha256(place) == manifest.parts[part])
    }


def _keep(
    stores: StoreSettings,
    manifest: Manifest,
    places: dict[str, Path],
    aside: Path,
    *,
    replace: bool,
) -> bool:
    """Whether something is there; a PostgreSQL table is written to `aside` now."""
    there = [place for place in places.values() if _holds(place)]
    events = 0
    if manifest.database == archive.POSTGRESQL:
        engine = open_engine(stores)
        make_tables(engine)
        engine.dispose()
        events = copies.postgresql_counts(stores)[1]
    if not there and not events:
        return False
    if not replace:
        what = [str(place) for place in there] + (["la base d'AM_BASE"] if events else [])
        raise BackupError(
            f"Il y a déjà {', '.join(what)} : ajoutez --remplacer. Ce qui est là sera gardé à côté."
        )
    aside.mkdir(mode=0o700)
    if events:
        copies.dump_postgresql(stores, aside / archive.POSTGRESQL)
    return True


def _holds(place: Path) -> bool:
    return any(place.iterdir()) if place.is_dir() else place.exists()


def _put(
    stores: StoreSettings, manifest: Manifest, folder: Path, places: dict[str, Path], aside: Path
) -> None:
    """The files first, which can be put back; then PostgreSQL, which is all or nothing."""
    moved: list[tuple[Path, Path]] = []
    try:
        for part, place in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            for ending in _SQLITE_ENDINGS if part.endswith(".db") else ("",):
                old = place.with_name(place.name + ending)
                if old.exists():
                    aside.mkdir(mode=0o700, exist_ok=True)
                    _move(old, aside / old.name, moved)
            held = folder / (_FOLDER_OF_SITE if part == archive.SITE else part)
            _move(held, place, moved)
        if manifest.database == archive.POSTGRESQL:
            copies.restore_postgresql(stores, folder / archive.POSTGRESQL)
    except BaseException:
        for before, after in reversed(moved):
            shutil.move(after, before)
        raise


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    """The model may be on another disk: it is copied beside its place first."""
    beside = target.with_name(f".{target.name}.nouveau")
    shutil.move(source, beside)
    os.replace(beside, target)
    moved.append((source, target))


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8").strip() if path.exists() else None
