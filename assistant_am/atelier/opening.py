"""Puts the workshop of a project together."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable
from functools import lru_cache

from assistant_am.atelier.desk import Desk
from assistant_am.atelier.inbox import Inbox, Post
from assistant_am.atelier.learning import Learning
from assistant_am.atelier.learnt import Learnt
from assistant_am.atelier.reloading import Reloading
from assistant_am.atelier.shared_trials import SharedTrials
from assistant_am.atelier.trial import Trials
from assistant_am.atelier.typing_kept import TypingKept
from assistant_am.atelier.workshop import Workshop
from assistant_am.channels.web.feedback import OPINIONS, Feedback
from assistant_am.channels.web.sessions import References
from assistant_am.evaluation.loading import load
from assistant_am.operations.conversations import Conversations, settings_of
from assistant_am.operations.errors import DatabaseError
from assistant_am.operations.project import Project
from assistant_am.operations.report.groups import Discretion, frequent_words
from assistant_am.operations.report.turns import read_talks
from assistant_am.runtime.secrets import load_secret
from assistant_am.runtime.setting_table import ATELIER, LONGEST_RETENTION
from assistant_am.runtime.settings import WebSettings, read
from assistant_am.understanding.listener import Listener

WEEKS = 5
"""How far back the inbox looks, from a Monday."""
_, USELESS = OPINIONS
FOLDER = "atelier"
"""Below the data folder: draft, history, what is being typed."""


def open_desk(project: Project, reload: Callable[[], str]) -> Desk:
    """`reload` tells a running assistant of a publication. Raises KnowledgeError,
    WrongSetting."""
    data = settings_of(project).data / FOLDER
    workshop = Workshop(project.knowledge, project.site, data)

    def listener() -> Listener:
        return load(project).listener

    inbox = Inbox(
        lambda: _post(project),
        data / "boite.json",
        rare=read(ATELIER)["AM_TEXTES_RARES"],
    )
    trials = Trials(workshop.drafted, listener)
    reloading = Reloading(reload)

    def learnt() -> None:
        trials.forget()
        reloading.begin()

    learning = Learning(project, data / "apprentissage", learnt)
    typing, shared = TypingKept(data / "saisies"), SharedTrials(data / "essais")
    return Desk(workshop, trials, typing, reloading, inbox, learning, shared)


def _post(project: Project) -> Post:
    settings = settings_of(project)
    secret = load_secret(WebSettings.from_environment().secret, settings.data)
    conversations = Conversations.open(settings)
    feedback = Feedback(settings.data, LONGEST_RETENTION)
    return read_post(project, conversations, feedback, secret, datetime.date.today())


def read_post(
    project: Project,
    conversations: Conversations,
    feedback: Feedback,
    secret: bytes,
    today: datetime.date,
) -> Post:
    """What people wrote these last weeks. Raises OperationError, KnowledgeError."""
    references = References(secret)
    start = today - datetime.timedelta(days=today.weekday(), weeks=WEEKS - 1)
    began = datetime.datetime.combine(start, datetime.time()).timestamp()
    talks = read_talks(conversations.since(began), start)
    try:
        useless = {each.reference for each in feedback.all() if each.opinion == USELESS}
    except sqlite3.Error as error:
        raise DatabaseError(f"Les avis ne peuvent pas être lus ({error}).") from None
    sentences = Learnt(project.root / "data" / "nlu", project.site).all()
    return Post(
        talks,
        lambda asked: references.make(asked.conversation, asked.message) in useless,
        Discretion(talks, _frequent(tuple(each.text for each in sentences))),
    )


@lru_cache(maxsize=1)
def _frequent(sentences: tuple[str, ...]) -> frozenset[str]:
    return frequent_words(sentences)
