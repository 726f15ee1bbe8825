"""Who may come in: a link that serves once opens a session, and each form shows its token."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from dataclasses import dataclass, field

from assistant_am.atelier.trial import Trial

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
    until: float = 0

    def holds(self, token: str) -> bool:
        return hmac.compare_digest(self.token.encode(), token.encode())

    def take_notice(self) -> str:
        notice, self.notice = self.notice, ""
        return notice


class Doors:
    """Links not used yet, and sessions: in memory only, a new start closes them all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._links: dict[str, float] = {}
        self._visitors: dict[str, Visitor] = {}

    def new_link(self) -> str:
        """A key that opens one session, within a quarter of an hour."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            while len(self._links) >= MOST_LINKS:
                self._links.pop(next(iter(self._links)))
            self._links[key] = time.monotonic() + LINK_SECONDS
        return key

    def is_open(self, key: str) -> bool:
        with self._lock:
            return self._links.get(key, 0) > time.monotonic()

    def enter(self, key: str, name: str) -> str | None:
        """The session that a link opens; the link is used up. None when it serves no more."""
        with self._lock:
            now = time.monotonic()
            if self._links.pop(key, 0) <= now:
                return None
            self._visitors = {
                each: visitor for each, visitor in self._visitors.items() if visitor.until > now
            }
            while len(self._visitors) >= MOST_SESSIONS:
                self._visitors.pop(next(iter(self._visitors)))
            session = secrets.token_urlsafe(32)
            self._visitors[session] = Visitor(name, until=now + SESSION_SECONDS)
            return session

    def visitor(self, session: str) -> Visitor | None:
        with self._lock:
            found = self._visitors.get(session)
            return found if found and found.until > time.monotonic() else None
