"""A condition of the aid, in the words of `knowledge/calcul.yml`."""

from __future__ import annotations

from collections.abc import Mapping

from .phrases import Sayings
from .results import Reason
from .vocabulary import State


def reason(
    said: Sayings,
    code: str,
    condition: str,
    state: State,
    key: str,
    *,
    brief: str,
    decided_by: tuple[str, ...] = (),
    source: str | None = None,
    own: Mapping[str, str] | None = None,
) -> Reason:
    """`key` and `brief` name sentences, `own` is what they say of the case; `decided_by` is kept
    only while the condition is unknown; `source` is that of the sentence, when none is given."""
    return Reason(
        code=code,
        condition=condition,
        state=state,
        source=source or said.source(key),
        sentence_fr=said.say(key, **(own or {})),
        brief_fr=said.say(brief),
        decided_by=decided_by if state == "unknown" else (),
    )
