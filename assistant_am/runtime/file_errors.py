"""What went wrong with a file or a folder, as a French sentence that names it and the remedy."""

from __future__ import annotations

import errno
import getpass
import os
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM)
_NO_FOLDER = (errno.ENOTDIR, errno.EEXIST)


def told(error: OSError) -> str:
    """One sentence, which begins with the path; for an error that has one."""
    path = Path(os.fsdecode(error.filename))
    folder = path if os.path.isdir(path) else path.parent
    if error.errno == errno.ENOENT:
        missing = path if os.path.isdir(path.parent) else path.parent
        return f"{missing} n'existe pas : créez-le, ou donnez-en un autre."
    if error.errno in _NO_FOLDER:
        return f"{_file_on_the_way(path)} n'est pas un dossier : donnez-en un autre."
    if error.errno == errno.EISDIR:
        return f"{path} est un dossier : donnez le nom d'un fichier."
    if error.errno == errno.EROFS:
        return (
            f"{folder} est en lecture seule : rendez ce dossier inscriptible (disque, volume, "
            "« ReadWritePaths » de systemd), ou donnez-en un autre."
        )
    if error.errno in _FORBIDDEN:
        return (
            f"{path} ne peut être ni lu ni écrit par « {_user()} » : corrigez les droits du "
            f"dossier {folder}, ou donnez-en un autre."
        )
    if error.errno in _FULL:
        return f"{folder} est plein : libérez de la place, ou donnez un autre dossier."
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return f"{path} ne peut être ni lu ni écrit ({name}) : vérifiez le disque et les droits."


def _file_on_the_way(path: Path) -> Path:
    return next((each for each in (path, *path.parents) if os.path.isfile(each)), path)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return str(os.getuid())
