"""Where conversations, locks and limits are kept, read from the environment once, at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from assistant_am.runtime.addresses import with_password_encoded
from assistant_am.runtime.settings import ROOT, WrongSetting

DATABASE_FILE = "conversations.db"
MOST_PROCESSES = 16
_POSTGRESQL = ("postgresql", "postgres")
_REDIS = ("redis", "rediss", "unix")


@dataclass(frozen=True)
class StoreSettings:
    """The defaults suit one process on one machine, with no service to install."""

    data: Path = ROOT / "var"
    database: str | None = field(default=None, repr=False)
    """Address of a PostgreSQL database, as SQLAlchemy writes it; None means SQLite in `data`."""
    redis: str | None = field(default=None, repr=False)
    """Address of the Redis that several processes share; None means that there is one process."""
    processes: int = 1
    """How many Rasa processes `assistant-am serve` starts."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> StoreSettings:
        """Read AM_DONNEES, AM_BASE, AM_REDIS, AM_PROCESSUS; an empty value counts as unset.

        Raises WrongSetting, without repeating an address: it may hold a password.
        """
        given = os.environ if environment is None else environment
        values = {name: text.strip() for name, text in given.items() if text.strip()}
        data = values.get("AM_DONNEES")
        settings = cls(
            data=Path(data).resolve() if data else ROOT / "var",
            database=_database(values.get("AM_BASE")),
            redis=_redis(values.get("AM_REDIS")),
            processes=_processes(values.get("AM_PROCESSUS", "1")),
        )
        if settings.processes > 1 and settings.redis is None:
            raise WrongSetting(
                f"AM_PROCESSUS vaut {settings.processes} sans AM_REDIS : plusieurs processus "
                "mêleraient les tours d'une conversation. Donnez dans AM_REDIS l'adresse d'un "
                "Redis, par exemple « redis://127.0.0.1:6379/0 », ou gardez un seul processus."
            )
        return settings


def _database(address: str | None) -> str | None:
    if address is None:
        return None
    wrong = WrongSetting(
        "AM_BASE ne peut pas être lue : écrivez l'adresse d'une base PostgreSQL, par exemple "
        "« postgresql://assistant:motdepasse@127.0.0.1:5432/assistant_am » (le mot de passe peut "
        "avoir « @ », « % », « / » ; entre apostrophes dans commun.env), ou retirez AM_BASE pour "
        "garder les conversations dans un fichier (SQLite)."
    )
    scheme, _, rest = with_password_encoded(address).partition("://")
    try:
        parts = urlsplit(f"//{rest}")
        parts.port  # noqa: B018  (reading it checks it)
    except ValueError:
        raise wrong from None
    host = parts.hostname or parse_qs(parts.query).get("host")
    if scheme not in _POSTGRESQL or not host or not parts.path.strip("/"):
        raise wrong
    return f"postgresql+psycopg2://{rest}"


def _redis(address: str | None) -> str | None:
    if address is None:
        return None
    address = with_password_encoded(address)
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (reading it checks it)
        sound = parts.scheme in _REDIS and (parts.hostname or parts.path.strip("/"))
    except ValueError:
        sound = None
    if not sound:
        raise WrongSetting(
            "AM_REDIS ne peut pas être lue : écrivez l'adresse d'un Redis, par exemple "
            "« redis://127.0.0.1:6379/0 » ou « unix:///run/redis/redis.sock »."
        )
    return address


def _processes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PROCESSES):
        raise WrongSetting(
            f"AM_PROCESSUS vaut « {text} » : il faut un nombre entier de 1 à {MOST_PROCESSES}."
        )
    return int(text)
