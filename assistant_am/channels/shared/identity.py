"""Names conversations and messages by keyed hashes: no number or account of a person is stored."""

from __future__ import annotations

import hmac
from hashlib import sha256

from assistant_am.runtime.secrets import derived

_CHARACTERS = 32


class Identity:
    """The same person on the same channel has one conversation; another channel, another one."""

    def __init__(self, secret: bytes, channel: str) -> None:
        self._channel = channel
        self._key = derived(secret, f"messagerie-{channel}")

    def conversation(self, *who: str) -> str:
        """Rasa's sender id of an account, or of an account in a group."""
        return f"{self._channel}-{self.short('conversation', *who)}"

    def short(self, purpose: str, *parts: str) -> str:
        """A name for other things of this channel; it tells nothing of the parts."""
        text = "\0".join((purpose, *parts)).encode("utf-8", "surrogatepass")
        return hmac.new(self._key, text, sha256).hexdigest()[:_CHARACTERS]
