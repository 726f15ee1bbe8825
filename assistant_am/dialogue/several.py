"""Several questions in a message: the one that has no answer is named."""

from __future__ import annotations

from dataclasses import replace

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.requests import NOT_COVERED
from assistant_am.meaning import Request
from assistant_am.rendering.blocks import Paragraph

_LONGEST = 60


def named(ex: Exchange, request: Request, part: Part) -> Part:
    """The part as it is, or opened by the words of the question that it leaves without answer."""
    words = request.text.strip().rstrip("?!.,; ")
    unread = request.trust == "incompris"
    if not words or not (unread or request.label == NOT_COVERED):
        return part
    quoted = words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + "…"
    key = "incompris_nomme" if unread else "non_couvert_nomme"
    opening = Paragraph(ex.world.phrase(key).replace("[question]", quoted))
    return replace(part, blocks=(opening, *part.blocks[1:]))
