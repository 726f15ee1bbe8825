"""Who may come in: a link that serves once opens a session, and each form shows its token."""

from __future__ import annotations

import hmac
import math
import secrets
import threading
import time
from dataclasses import dataclass, field

from assistant_am.atelier.intranet_gate import Person
from assistant_am.atelier.spreadsheets import Read
from assistant_am.atelier.trial import Trial
from assistant_am.runtime.bounded import Bounded

SESSION_SECONDS = 12 * 3600
LINK_SECONDS = 15 * 60
MOST_SESSIONS = 50
MOST_LINKS = 20


@dataclass
class Visitor:
    """One person at work: her name for the history, her forms' token, her trial."""

    name: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    notice: str = ""
    """Said once, at the top of the next page."""
    trial: Trial = field(default_factory=Trial)
    imported: tuple[Read, ...] = ()
    """Rows of the spreadsheet whose differences she is looking at."""
    may_write: bool = True
    from_intranet: bool = False
    until: float = math.inf
    """When her session ends at the latest, in seconds since 1970: with the intranet's token."""

    def holds(self, token: str) -> bool:
        return hmac.compare_digest(self.token.encode(), token.encode())

    def take_notice(self) -> str:
        notice, self.notice = self.notice, ""
        return notice


class Doors:
    """Links not used yet, and sessions: in memory only, a new start closes them all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._links: Bounded[str, bool] = Bounded(MOST_LINKS, LINK_SECONDS)
        self._visitors: Bounded[str, Visitor] = Bounded(MOST_SESSIONS, SESSION_SECONDS)
        # Apart: no cookie may name somebody.
        self._from_intranet: Bounded[str, Visitor] = Bounded(MOST_SESSIONS, SESSION_SECONDS)

    def new_link(self) -> str:
        """A key that opens one session, within a quarter of an hour."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._links.keep(key, True)
        return key

    def is_open(self, key: str) -> bool:
        with self._lock:
            return key in self._links

    def enter(self, key: str, name: str) -> str | None:
        """The session that a link opens; the link is used up. None when it serves no more."""
        with self._lock:
            if key not in self._links:
                return None
            self._links.forget(key)
            session = secrets.token_urlsafe(32)
            self._visitors.keep(session, Visitor(name))
            return session

    def known(self, person: Person) -> Visitor:
        """Somebody whose token comes with each request: the same visitor at each of them."""
        with self._lock:
            held = self._from_intranet.get(person.subject)
            visitor = held or Visitor(person.name, from_intranet=True)
            visitor.name, visitor.may_write = person.name, person.may_write
            self._from_intranet.keep(person.subject, visitor)
            return visitor

    def open_session(self, person: Person) -> str:
        """A session of her own for a browser that shows the token once, as long as it holds."""
        session = secrets.token_urlsafe(32)
        with self._lock:
            visitor = Visitor(
                person.name,
                may_write=person.may_write,
                from_intranet=True,
                until=person.until,
            )
            self._visitors.keep(session, visitor)
        return session

    def visitor(self, session: str) -> Visitor | None:
        with self._lock:
            found = self._visitors.get(session)
            return found if found is not None and time.time() < found.until else None
