"""Refuses a request that does not soundly say how long its body is, on both servers.

Sanic 21.12 counts a body down from any whole number that Python reads: from -1 it never gets to
nothing, in a loop that waits for nothing, and the whole server stands still for good. So a length
is what HTTP says, digits and nothing else, said once. `tests/runtime/test_lengths.py` fails when
Sanic changes: read the new one, then decide again.
"""

from __future__ import annotations

import re
from typing import Any

from sanic import Sanic
from sanic.compat import Header
from sanic.exceptions import InvalidUsage
from sanic.request import Request

_NAMES = ("content-length", "transfer-encoding")
# Nobody sends more, and Python takes its time over thousands of digits.
_DIGITS = re.compile(r"[0-9]{1,18}")


def refuse_false_lengths(app: Sanic) -> None:
    """Sanic makes the request after its headers and before its body: the place to refuse."""
    app.request_class = MeasuredRequest


class MeasuredRequest(Request):
    """A request that has no body, or says in one way how long it is; else HTTP 400."""

    __slots__ = ()

    def __init__(self, *, headers: Header, **others: Any) -> None:
        if not _says_its_length(headers):
            raise InvalidUsage("Bad length")
        super().__init__(headers=headers, **others)


def _says_its_length(headers: Header) -> bool:
    # Sanic keeps a space before the colon in the name, and then sees no length at all.
    said = [(name, value) for name, value in headers.items() if name.strip() in _NAMES]
    if not said:
        return True
    (name, value), *more = said
    if more:
        return False
    if name == "transfer-encoding":
        return value == "chunked"
    return name == "content-length" and _DIGITS.fullmatch(value.strip(" \t")) is not None
