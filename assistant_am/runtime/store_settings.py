"""Where conversations, locks and limits are kept, read from the environment once, at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant_am.runtime.setting_table import STORES
from assistant_am.runtime.settings import VAR, WrongSetting, read

DATABASE_FILE = "conversations.db"


@dataclass(frozen=True)
class StoreSettings:
    """The defaults suit one process on one machine, with no service to install."""

    data: Path = VAR
    database: str | None = field(default=None, repr=False)
    """Address of a PostgreSQL database, as SQLAlchemy writes it; None means SQLite in `data`."""
    redis: str | None = field(default=None, repr=False)
    """Address of the Redis that several processes share; None means that there is one process."""
    processes: int = 1
    """How many Rasa processes `assistant-am serve` starts."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> StoreSettings:
        """Raises WrongSetting, without repeating an address: it may hold a password."""
        values = read(STORES, environment)
        processes, redis = values["AM_PROCESSUS"], values["AM_REDIS"]
        if processes > 1 and redis is None:
            raise WrongSetting(
                f"AM_PROCESSUS vaut {processes} sans AM_REDIS : plusieurs processus "
                "mêleraient les tours d'une conversation. Donnez dans AM_REDIS l'adresse d'un "
                "Redis, par exemple « redis://127.0.0.1:6379/0 », ou gardez un seul processus."
            )
        return cls(values["AM_DONNEES"] or VAR, values["AM_BASE"], redis, processes)
