"""Gathers what a report shows, and writes its files."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from assistant_am.channels.web.feedback import Feedback
from assistant_am.channels.web.sessions import References
from assistant_am.dialogue.world import load_world
from assistant_am.knowledge.sentences import Sentence, read_sentences
from assistant_am.operations.conversations import Conversations
from assistant_am.operations.errors import OperationError
from assistant_am.operations.project import Project
from assistant_am.operations.report.figures import Figures, figures
from assistant_am.operations.report.groups import Discretion, frequent_words
from assistant_am.operations.report.page import page
from assistant_am.operations.report.sheets import ENCODING, sheets
from assistant_am.operations.report.turns import read_talks
from assistant_am.runtime.file_errors import told
from assistant_am.site import with_site

PAGE = "rapport.html"


@dataclass(frozen=True)
class Found:
    """The figures, and how to show texts; the training sentences, for suggestions."""

    figures: Figures
    discretion: Discretion
    sentences: list[Sentence]


def gather(
    project: Project,
    conversations: Conversations,
    feedback: Feedback,
    secret: bytes,
    today: datetime.date,
    weeks: int,
) -> Found:
    """Read conversations and opinions of these last weeks, from a Monday.

    Raises DatabaseError, sqlite3.Error; KnowledgeError where `make check` would find a mistake.
    """
    start = today - datetime.timedelta(days=today.weekday(), weeks=weeks - 1)
    began = datetime.datetime.combine(start, datetime.time()).timestamp()
    talks = read_talks(conversations.since(began), start)
    world = load_world(project.knowledge, today, project.site)
    sentences = read_sentences(*with_site(project.root / "data" / "nlu", project.site))
    return Found(
        figures(talks, feedback.all(), References(secret), world, start),
        Discretion(talks, frequent_words(sentence.text for sentence in sentences)),
        sentences,
    )


def write(found: Found, folder: Path, *, texts: bool) -> Path:
    """Write the page and the tables, readable by us only; returns the page."""
    files = sheets(found.figures, found.discretion, texts=texts)
    path = folder / PAGE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, page(found.figures, found.discretion, texts=texts), "utf-8")
        for name, content in files.items():
            _write(folder / name, content, ENCODING)
    except OSError as error:
        raise OperationError(
            f"Le rapport n'est pas écrit. {told(error)} Le dossier se choisit avec --sortie."
        ) from None
    return path


def _write(path: Path, content: str, encoding: str) -> None:
    path.touch(mode=0o600)
    path.write_text(content, encoding=encoding, newline="")
