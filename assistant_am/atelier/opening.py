"""Puts the workshop of a project together."""

from __future__ import annotations

from collections.abc import Callable

from assistant_am.atelier.desk import Desk
from assistant_am.atelier.reloading import Reloading
from assistant_am.atelier.trial import Trials
from assistant_am.atelier.typing_kept import TypingKept
from assistant_am.atelier.workshop import Workshop
from assistant_am.evaluation.loading import load
from assistant_am.operations.conversations import settings_of
from assistant_am.operations.project import Project
from assistant_am.understanding.listener import Listener

FOLDER = "atelier"
"""Below the data folder: draft, history, what is being typed."""


def open_desk(project: Project, reload: Callable[[], str]) -> Desk:
    """`reload` tells a running assistant of a publication. Raises KnowledgeError,
    WrongSetting."""
    data = settings_of(project).data / FOLDER
    workshop = Workshop(project.knowledge, project.site, data)

    def listener() -> Listener:
        return load(project).listener

    trials = Trials(workshop.drafted, listener)
    return Desk(workshop, trials, TypingKept(data / "saisies"), Reloading(reload))
