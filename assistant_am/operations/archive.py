"""The file of a backup: one tar.gz that only we can read; its manifest says what each part is."""

from __future__ import annotations

import json
import os
import tarfile
import tempfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from assistant_am.operations.errors import BackupError
from assistant_am.runtime.files import file_sha256

FORMAT = 1
MANIFEST = "manifeste.json"
SQLITE, POSTGRESQL = "conversations.db", "conversations.pgdump"
OPINIONS, SECRET = "avis.db", "secret"
MODEL, MODEL_RECORD = "modele.tar.gz", "empreinte.json"
SITE = "site.tar"
PARTS = (SQLITE, POSTGRESQL, OPINIONS, SECRET, MODEL, MODEL_RECORD, SITE)
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Counts:
    """How much is kept."""

    conversations: int
    events: int
    opinions: int


@dataclass(frozen=True)
class Manifest:
    """What the archive holds: `parts` are the SHA-256 of its files, by name."""

    version: str
    """Of the program that wrote it."""
    date: str
    """UTC, ISO 8601."""
    counts: Counts
    parts: dict[str, str]
    format: int = FORMAT

    @property
    def database(self) -> str:
        """The part that holds the conversations."""
        return POSTGRESQL if POSTGRESQL in self.parts else SQLITE


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Write the parts in `folder` as one file (0600), which appears whole or not at all.

    Raises OSError.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".sauvegarde-")  # mode 0600
    temporary = Path(name)
    try:
        (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), encoding="utf-8")
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                for part in (MANIFEST, *manifest.parts):
                    archive.add(folder / part, part, filter=_anonymous)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> Manifest:
    """Write the parts into `folder`, each compared with its fingerprint; raises BackupError."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                _write(archive, member, folder)
        given: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if given["format"] != FORMAT:
            raise BackupError(
                f"La sauvegarde {source} vient d'une autre version ({given['version']}) : "
                "restaurez-la avec cette version-là, puis mettez à jour."
            )
        manifest = Manifest(**{**given, "counts": Counts(**given["counts"])})
        found = {path.name: file_sha256(path) for path in folder.iterdir() if path.name != MANIFEST}
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, KeyError, TypeError) as e:
        raise BackupError(_unreadable(source, e)) from e
    if found != manifest.parts or not {SQLITE, POSTGRESQL} & set(found):
        raise BackupError(
            f"La sauvegarde {source} est abîmée : son contenu n'est pas celui que dit son "
            "manifeste. Prenez-en une autre. Rien n'a changé."
        )
    return manifest


def pack_folder(source: Path, target: Path) -> None:
    """The files of a folder, as one part. Raises OSError."""
    with tarfile.open(target, "w") as archive:
        for path in sorted(source.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                archive.add(path, path.relative_to(source).as_posix(), filter=_anonymous)


def unpack_folder(source: Path, target: Path) -> None:
    """The inverse. Raises BackupError, and OSError."""
    target.mkdir(mode=0o700)
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                name = PurePosixPath(member.name)
                content = archive.extractfile(member) if member.isreg() else None
                if content is None or name.is_absolute() or ".." in name.parts:
                    raise ValueError(f"« {member.name[:60]} » n'a rien à y faire")
                path = target / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
    except (EOFError, tarfile.TarError, ValueError) as error:
        raise BackupError(_unreadable(source, error)) from error


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Names of users of this machine mean nothing on the next one."""
    member.uname = member.gname = ""
    member.uid = member.gid = 0
    member.mode = 0o600
    return member


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One file of a known name; anything else is not of ours."""
    path = folder / member.name
    content = archive.extractfile(member) if member.isreg() else None
    if member.name not in (MANIFEST, *PARTS) or path.exists() or content is None:
        raise ValueError(f"« {member.name[:60]} » n'a rien à y faire")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := content.read(_BLOCK):
            file.write(block)


def _unreadable(source: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError) and not source.exists():
        return f"Il n'y a pas de fichier {source} : vérifiez son nom."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return (
        f"{source} n'est pas une sauvegarde lisible ({reason}) : fichier tronqué, abîmé, ou qui "
        "n'est pas à vous. Rien n'a changé."
    )
