"""A case that is only supposed (« et si je passe P95 ? ») or somebody else's (« et ma sœur ? »).

It is answered like a case told, lives as long as the messages that lean on it, and goes without a
trace: only what is told of the speaker is remembered.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant_am.dialogue.memory import Memory
from assistant_am.french.fold import fold
from assistant_am.meaning import Meaning

_SUPPOSED = 0.5
_LEANS = 0.5
_BACK = re.compile(
    r"\b(?:mon cas|ma situation|en vrai|en realite|au reel|revenons|pour moi|(?:et|mais|bon) moi)\b"
)


def supposes(meaning: Meaning, before: Memory) -> bool:
    """Is this message answered for a case that is not the speaker's own?"""
    if _BACK.search(fold(meaning.text)):
        return False
    if meaning.hypothesis >= _SUPPOSED or meaning.other >= _SUPPOSED:
        return True
    return before.told is not None and meaning.follows >= _LEANS


def starting_from(before: Memory, supposed: bool) -> Memory:
    """The memory to read the values into: the supposed case when it goes on, else what was told."""
    if supposed or before.told is None:
        return before
    return replace(before, situation=dict(before.told), told=None)


def kept_apart(before: Memory, after: Memory, supposed: bool) -> Memory:
    """The memory after its values were read: what was told stays beside what is supposed."""
    if not supposed or (after.situation == before.situation and before.told is None):
        return after
    told = before.situation if before.told is None else before.told
    return replace(after, told=dict(told))
