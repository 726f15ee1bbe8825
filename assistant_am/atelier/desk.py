"""What every page needs: the workshop, who is at work, the templates; no server yet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant_am.atelier import typed
from assistant_am.atelier.access import Doors, Visitor
from assistant_am.atelier.forms import Sent
from assistant_am.atelier.inbox import Inbox
from assistant_am.atelier.learning import Learning
from assistant_am.atelier.markup import html_of
from assistant_am.atelier.reloading import Reloading
from assistant_am.atelier.shared_trials import SharedTrials
from assistant_am.atelier.trial import Trials
from assistant_am.atelier.typing_kept import TypingKept
from assistant_am.atelier.workshop import Workshop
from assistant_am.french.format import long_date

TEMPLATES = Path(__file__).parent / "templates"
_REFUSED = 422


@dataclass(frozen=True)
class Visit:
    """One request of a person who came in."""

    visitor: Visitor
    form: Sent = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def sent(self, name: str) -> str:
        return str((self.form.get(name) or [""])[0])


@dataclass(frozen=True)
class Reply:
    """What goes back: a page, data, a file, or the way to another page."""

    html: str = ""
    status: int = 200
    location: str = ""
    data: Mapping[str, Any] | None = None
    file: tuple[str, bytes] | None = None
    content_type: str = ""
    """Of the file."""


class NotFound(Exception):
    """No such entry."""


class Desk:
    """Shared by all pages."""

    def __init__(
        self,
        workshop: Workshop,
        trials: Trials,
        typing: TypingKept,
        reloading: Reloading,
        inbox: Inbox,
        learning: Learning,
        shared: SharedTrials,
    ) -> None:
        self.workshop = workshop
        self.trials = trials
        self.typing = typing
        self.reloading = reloading
        self.inbox = inbox
        self.learning = learning
        self.shared = shared
        self.doors = Doors()
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(
            montre=typed.shown, jour=day, moment=moment, pourcent=percent
        )
        self._templates.globals.update(html_of=html_of)

    def page(self, visit: Visit, template: str, status: int = 200, **context: Any) -> Reply:
        """A whole page, in the frame that all share."""
        return Reply(
            self.render(
                template,
                visiteur=visit.visitor,
                avis=visit.visitor.take_notice(),
                brouillon=len(self.workshop.draft.changes()),
                essai=visit.visitor.trial,
                **context,
            ),
            status,
        )

    def refused(self, visit: Visit, template: str, **context: Any) -> Reply:
        """The same page again, with what is wrong."""
        return self.page(visit, template, _REFUSED, **context)

    def render(self, template: str, **context: Any) -> Markup:
        return Markup(self._templates.get_template(template).render(**context))


def day(iso: Any) -> str:
    """« 2026-11-22 » → « 22 novembre 2026 »."""
    return long_date(datetime.date.fromisoformat(str(iso)[:10]))


def percent(value: float) -> str:
    """« 95,2 % »."""
    return f"{value:.1f}\u00a0%".replace(".", ",")


def moment(iso: str) -> str:
    """« 2026-11-22T10:31:05 » → « 22 novembre 2026 à 10 h 31 »."""
    when = datetime.datetime.fromisoformat(iso)
    return f"{long_date(when.date())} à {when.hour}\u00a0h\u00a0{when.minute:02}"
