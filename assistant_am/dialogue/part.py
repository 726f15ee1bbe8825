"""The answer to one question of a message, before the parts are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant_am.files.source import KINDS, Source
from assistant_am.rendering.blocks import Block, Origin, SourceNote, Suggestion


@dataclass(frozen=True)
class Part:
    """`subject` becomes the subject of follow-ups; `cited` what « d'où ça vient ? » answers;
    `pending` the input asked for; `forget` inputs that must not be kept (impossible values),
    of `doctor` when another than the one at hand."""

    blocks: tuple[Block, ...]
    suggestions: tuple[Suggestion, ...] = ()
    choices: tuple[Suggestion, ...] = ()
    subject: str | None = None
    cited: Mapping[str, list[str]] = field(default_factory=dict)
    pending: str | None = None
    guided: bool | None = None
    forget: tuple[str, ...] = ()
    doctor: str | None = None
    beside: str | None = None
    """The subject of a second reading, answered too."""
    alone: bool = False
    """Nothing is added: no pending question, no first-message note (an emergency)."""


def source_note(sources: Iterable[Source], remark: str = "") -> SourceNote:
    """The line under an answer: each source with its address, the day it was last read and, unless
    it is official, what kind it is."""
    return SourceNote(
        tuple(
            Origin(
                source.short,
                source.url,
                source.consulted,
                "" if source.official else KINDS[source.kind],
            )
            for source in sources
        ),
        remark,
    )
