"""What the commands on kept conversations open, and their shared options."""

from __future__ import annotations

import argparse
import os
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant_am.commands._options import add_root, project_of

if TYPE_CHECKING:
    from assistant_am.channels.web.feedback import Feedback
    from assistant_am.operations.conversations import Conversations
    from assistant_am.operations.project import Project
    from assistant_am.runtime.settings import WebSettings


@dataclass(frozen=True)
class Kept:
    """What a site keeps, opened."""

    project: Project
    data: Path
    settings: WebSettings
    conversations: Conversations
    feedback: Feedback


def add_rehearsal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--essai", action="store_true", help="dit ce qui serait effacé, sans rien faire"
    )
    add_root(parser)


def open_kept(arguments: argparse.Namespace) -> Kept:
    """Raises WrongSetting, DatabaseError."""
    # Rasa's tables come with a warning of SQLAlchemy's that nobody here can act upon.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    import sanic  # noqa: F401

    from assistant_am.channels.web.feedback import Feedback
    from assistant_am.operations.conversations import Conversations, settings_of
    from assistant_am.runtime.setting_table import LONGEST_RETENTION
    from assistant_am.runtime.settings import WebSettings

    # Nor about those of matplotlib, which importing sanic turns on.
    warnings.simplefilter("ignore", DeprecationWarning)
    project = project_of(arguments)
    stores = settings_of(project)
    web = WebSettings.from_environment()
    return Kept(
        project,
        stores.data,
        web,
        Conversations.open(stores),
        Feedback(stores.data, LONGEST_RETENTION),
    )


@contextmanager
def errors_told() -> Iterator[None]:
    """What a command on kept conversations may meet, as a sentence instead of a traceback."""
    from assistant_am.files.errors import KnowledgeError
    from assistant_am.operations.errors import DatabaseError, OperationError

    try:
        yield
    except KnowledgeError:
        raise OperationError(
            "Les connaissances ne peuvent pas être lues : « make check » dit où et pourquoi."
        ) from None
    except sqlite3.Error as error:
        raise DatabaseError(
            f"Les avis (avis.db) ne peuvent pas être lus ou écrits ({type(error).__name__}) : "
            "vérifiez les droits et la place du dossier AM_DONNEES."
        ) from None


def count(number: int, noun: str) -> str:
    """« 1 conversation », « 2 conversations »; nothing takes the singular, as in French."""
    return f"{number} {noun}{'s' if number > 1 else ''}"
