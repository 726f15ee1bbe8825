"""The stored conversations, for the commands that purge, forget and report: no Rasa is running.

They read and write the table that the running assistant uses, whether it runs or not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant_am.operations.errors import DatabaseError
from assistant_am.operations.presence import somebody_there
from assistant_am.operations.project import Project, Settings
from assistant_am.runtime.store_settings import DATABASE_FILE, StoreSettings
from assistant_am.stores.database import (
    EVENTS,
    KEPT_SECONDS,
    LATEST_SECONDS,
    LETTERS,
    lock_conversation,
    make_tables,
    open_engine,
    writing,
)
from assistant_am.stores.repetitions import drop_repetitions, grown_conversations
from assistant_am.stores.space import give_back, rebuild_old_file

_BATCH = 100
"""Conversations deleted in one transaction: a running assistant waits for it at most."""
_LAST = sa.func.coalesce(sa.func.max(EVENTS.c.timestamp), 0)


@dataclass(frozen=True)
class Conversation:
    """One conversation: its events as Rasa stores them, in order."""

    id: str
    events: tuple[dict[str, Any], ...]


class Conversations:
    """The database of conversations; every method raises DatabaseError when it fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, settings: StoreSettings) -> Conversations:
        """Those of the database, else of the file in the data folder, made when absent."""
        require_file_of_running_assistant(settings)
        opened = cls(open_engine(settings))
        with opened._errors():
            make_tables(opened._engine)
        return opened

    def idle_since(self, limit: float) -> list[str]:
        """Conversations whose last event is older than this time (seconds since 1970)."""
        query = sa.select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id).having(limit > _LAST)
        with self._errors(), self._engine.begin() as connection:
            return sorted(connection.execute(query).scalars())

    def size(self, conversation: str) -> int:
        """How many events it has; 0 for one that is not there."""
        query = sa.select(sa.func.count()).where(EVENTS.c.sender_id == conversation)
        with self._errors(), self._engine.begin() as connection:
            return int(connection.execute(query).scalar() or 0)

    def delete_idle(self, limit: float) -> list[str]:
        """Delete each conversation of `idle_since`, whole; returns those that were.

        One in which somebody has just written again stays, whole as well.
        """
        recent = EVENTS.alias()
        went_on = sa.exists().where(
            recent.c.sender_id == EVENTS.c.sender_id, recent.c.timestamp >= limit
        )
        return self._delete(self.idle_since(limit), ~went_on)

    def delete(self, conversations: Iterable[str]) -> list[str]:
        """Delete these conversations, whole; returns those that were there."""
        return self._delete(sorted(conversations), sa.true())

    def delete_letters(self, now: float) -> None:
        """Delete what a stopped assistant left unanswered too long ago, and names of old messages
        that no service will deliver again."""
        late = LETTERS.c.taken < now - LATEST_SECONDS
        with self._errors(), writing(self._engine).begin() as connection:
            connection.execute(LETTERS.delete().where(LETTERS.c.taken < now - KEPT_SECONDS))
            connection.execute(LETTERS.update().where(late).values(sealed=None))

    def lighten(self, *, rehearsal: bool = False) -> int:
        """Delete what older versions repeated, and give its room back; returns how many events.

        A rehearsal only counts.
        """
        with self._errors():
            with self._engine.begin() as connection:
                grown = grown_conversations(connection)
            dropped = sum(
                drop_repetitions(self._engine, each, rehearsal=rehearsal) for each in grown
            )
            if not rehearsal:
                rebuild_old_file(self._engine)
                give_back(self._engine)
        return dropped

    def since(self, start: float) -> Iterator[Conversation]:
        """Conversations that had an event since this time, each with all its events."""
        active = sa.select(EVENTS.c.sender_id).where(EVENTS.c.timestamp >= start).distinct()
        query = (
            sa.select(EVENTS.c.sender_id, EVENTS.c.data)
            .where(EVENTS.c.sender_id.in_(active))
            .order_by(EVENTS.c.sender_id, EVENTS.c.id)
            .execution_options(stream_results=True)
        )
        with self._errors(), self._engine.begin() as connection:
            for name, rows in groupby(connection.execute(query), attrgetter("sender_id")):
                yield Conversation(name, tuple(json.loads(row.data) for row in rows))

    def _delete(self, conversations: list[str], condition: Any) -> list[str]:
        deleted = []
        for start in range(0, len(conversations), _BATCH):
            with self._errors(), writing(self._engine).begin() as connection:
                for conversation in conversations[start : start + _BATCH]:
                    lock_conversation(connection, conversation)
                    mine = EVENTS.c.sender_id == conversation
                    if connection.execute(EVENTS.delete().where(mine, condition)).rowcount:
                        deleted.append(conversation)
                        theirs = LETTERS.c.conversation == conversation
                        connection.execute(LETTERS.delete().where(theirs))
        if deleted:
            with self._errors():
                give_back(self._engine)
        return deleted

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            if self._engine.dialect.name == "sqlite":
                raise DatabaseError(_told_of_file(self._engine.url.database, error)) from None
            # Its text may quote a password or a message.
            kind = type(getattr(error, "orig", None) or error).__name__
            raise DatabaseError(
                f"La base des conversations ne répond pas ({kind}) : vérifiez qu'elle est en "
                "marche et que AM_BASE est le bon endroit."
            ) from None


def _told_of_file(database: str | None, error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", ""))
    if "malformed" in said or "not a database" in said:
        return f"{database} est abîmé : remettez une sauvegarde (« assistant-am restore »)."
    if "locked" in said:
        return f"{database} est occupé par un autre programme : réessayez dans un instant."
    return (
        f"{database} ne peut être ni lu ni écrit : corrigez les droits de ce fichier et de son "
        "dossier, libérez de la place, ou choisissez un autre dossier avec AM_DONNEES."
    )


def require_file_of_running_assistant(settings: StoreSettings) -> None:
    """Raise DatabaseError when its file was deleted: an empty one would be taken for it, and be
    saved in the place of the good backups."""
    if settings.database or (settings.data / DATABASE_FILE).exists():
        return
    if somebody_there(settings.data):
        raise DatabaseError(
            f"{settings.data / DATABASE_FILE} n'est plus là, et l'assistant est en marche : ne le "
            "redémarrez pas ; docs/exploitation.md, « Base supprimée »."
        )


def settings_of(project: Project) -> StoreSettings:
    """Where this project keeps its conversations; raises WrongSetting."""
    settings = StoreSettings.from_environment()
    return replace(settings, data=Settings.from_environment().data or project.root / "var")
