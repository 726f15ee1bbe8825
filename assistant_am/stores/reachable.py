"""Are the stores there? Asked before a start, which takes long; and told by the variable's name."""

from __future__ import annotations

import redis
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from assistant_am.runtime.addresses import without_password
from assistant_am.runtime.file_errors import told
from assistant_am.runtime.settings import WrongSetting
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import CONNECT_SECONDS, make_tables, open_engine


def require_reachable(settings: StoreSettings) -> None:
    """Write to the database and ask Redis; raises WrongSetting, without any password."""
    _require_database(settings)
    if settings.redis:
        _require_redis(settings.redis)


def _require_database(settings: StoreSettings) -> None:
    try:
        engine = open_engine(settings)
        make_tables(engine)
        with engine.begin() as connection:
            connection.execute(sa.text("SELECT 1"))
        engine.dispose()
    except OSError as error:
        raise WrongSetting(
            f"Les conversations ne peuvent pas être écrites. {told(error)} Ce dossier est celui "
            "de AM_DONNEES."
        ) from None
    except SQLAlchemyError as error:
        if not settings.database:
            raise WrongSetting(
                f"Les conversations ne peuvent pas être écrites dans {settings.data} "
                f"({_reason(error)}) : libérez de la place, corrigez les droits de ce dossier, ou "
                "choisissez-en un autre avec AM_DONNEES."
            ) from None
        shown = without_password(settings.database)
        raise WrongSetting(
            f"AM_BASE : la base {shown} ne peut pas être utilisée ({_reason(error)}). Vérifiez "
            "que PostgreSQL est démarré, que la base existe, et le nom et le mot de passe."
        ) from None


def _require_redis(given: str) -> None:
    try:
        client = redis.Redis.from_url(given, socket_connect_timeout=CONNECT_SECONDS)
        client.ping()
        client.close()
    except (redis.RedisError, OSError, ValueError) as error:
        raise WrongSetting(
            f"AM_REDIS : Redis ne répond pas ({type(error).__name__}). Vérifiez qu'il est démarré, "
            "son adresse et son mot de passe."
        ) from None


def _reason(error: Exception) -> str:
    """The first line of what the driver says; it quotes no password."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__
