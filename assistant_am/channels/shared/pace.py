"""How often one conversation may ask; who goes too fast is told once, then left without answer."""

from __future__ import annotations

from limits import RateLimitItemPerMinute, parse

from assistant_am.channels.shared.windows import Windows
from assistant_am.runtime.settings import WebSettings

# Looking for an emergency in a thousand unknown words takes two seconds of processor.
_LONG_TEXTS = RateLimitItemPerMinute(3)
_WARNINGS = RateLimitItemPerMinute(1)


class Pace:
    """The same limit as the web channel's, by conversation only: services hide addresses.

    Counted in memory: one process speaks with the services (docs/canaux.md).
    """

    def __init__(self, settings: WebSettings) -> None:
        self._windows = Windows()
        self._limit = parse(settings.conversation_limit)

    def allows(self, conversation: str) -> bool:
        """Count one message."""
        return not self._windows.wait(self._limit, "messagerie", conversation)

    def may_warn(self, conversation: str) -> bool:
        """Whether it is time to say again that this is too fast: an answer may cost money."""
        return not self._windows.wait(_WARNINGS, "messagerie-prevenu", conversation)

    def may_examine_long_text(self, conversation: str) -> bool:
        """Whether an over-long text is still worth looking through for an emergency."""
        return not self._windows.wait(_LONG_TEXTS, "messagerie-long", conversation)
