"""The secret that signs sessions: given by the environment, else made once and kept."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from assistant_am.runtime.file_errors import told
from assistant_am.runtime.setting_kinds import SHORTEST_SECRET
from assistant_am.runtime.settings import WrongSetting

FILE = "secret"
INTERNAL_HEADER = "X-Assistant-Am"
"""By which our own processes show who they are; rasa_sdk_plugins.py has it as well."""


def load_secret(given: str | None, data: Path) -> bytes:
    """The secret given, else that of `data/secret`, made there when absent (mode 0600).

    Raises WrongSetting when the file cannot be made, read or believed.
    """
    if given:
        return given.encode()
    path = data / FILE
    try:
        if not path.exists():
            _make(path)
        path.chmod(0o600)
        text = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise WrongSetting(
            f"Le secret des sessions manque. {told(error)} Il peut aussi être donné par AM_SECRET."
        ) from error
    except ValueError as error:
        raise WrongSetting(
            f"Le secret de {path} n'est pas lisible : remettez celui d'une sauvegarde, ou effacez "
            "ce fichier, il sera refait (les sessions ouvertes seront à rouvrir)."
        ) from error
    if len(text) < SHORTEST_SECRET:
        raise WrongSetting(
            f"Le secret de {path} est trop court : effacez ce fichier, il sera refait (les "
            "sessions ouvertes seront à rouvrir)."
        )
    return text.encode()


def renew_secret(data: Path) -> Path:
    """Put another secret into the file; processes use it from their next start. Raises OSError."""
    path = data / FILE
    fresh = _written(path)
    fresh.replace(path)
    return path


def derived(secret: bytes, purpose: str) -> bytes:
    """A key for one purpose only: what one key signs, no other accepts."""
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


def internal_key(secret: bytes) -> str:
    """What INTERNAL_HEADER holds: the same for all that share a secret of sessions."""
    return derived(secret, "actions").hex()


def _make(path: Path) -> None:
    fresh = _written(path)
    try:
        # Of two processes that start together, the first one's secret stays.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink()


def _written(path: Path) -> Path:
    """A new secret, in a file of its own beside `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mode 0600
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return Path(temporary)
