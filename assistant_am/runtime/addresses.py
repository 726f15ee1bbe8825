"""Addresses of services, which hold a password: as people paste it, and as it may be shown."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

HIDDEN = "***"
_PLACE = re.compile(
    r"(?:\[[0-9a-f:.]+\](?::\d+)?|[\w.,:-]*)(?:/[^@?#]*)?(?:\?[^#]*)?", re.IGNORECASE
)
"""What follows the « @ »: machine and port, database or socket, options."""
_DELIMITER = re.compile(r"[@/?#]")
"""Where one of them is, nothing was encoded."""
_SECRET_OPTION = re.compile(r"([?&]\w*(?:password|token|secret)\w*=)[^&]*", re.IGNORECASE)
_PASSWORD_ALONE = ("redis", "rediss", "unix")
"""Where people write `redis://motdepasse@machine`, though it is then a name."""


def with_password_encoded(address: str) -> str:
    """The same address, which any library reads: `p@ss/w%rd` becomes `p%40ss%2Fw%25rd`.

    A password that is encoded already, or in part, means what it meant.
    """
    scheme, user, password, place = _parts(address)
    if password is None:
        return address
    return f"{scheme}://{_encoded(user)}:{_encoded(password)}@{place}"


def without_password(address: str) -> str:
    """The address to show: no part of a password is in it, even where the address is wrong."""
    scheme, user, password, place = _parts(address)
    if not scheme:
        return HIDDEN if "@" in address else address
    place = _SECRET_OPTION.sub(rf"\1{HIDDEN}", place)
    if password is not None:
        return f"{scheme}://{user}:{HIDDEN}@{place}"
    if not user:
        return f"{scheme}://{place}"
    return f"{scheme}://{HIDDEN if scheme in _PASSWORD_ALONE else user}@{place}"


def _parts(address: str) -> tuple[str, str, str | None, str]:
    """Scheme, user, password and place; the last « @ » that a place follows ends the password."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return "", "", None, ""
    ends = [at.start() for at in re.finditer("@", rest) if _PLACE.fullmatch(rest, at.end())]
    # « ?host=/tmp/@x »: only an option follows that one.
    with_database = [end for end in ends if "/" in rest[end:]]
    if not ends:
        return scheme, "", None, rest.rpartition("@")[2]
    end = (with_database or ends)[-1]
    user, colon, password = rest[:end].partition(":")
    return scheme, user, password if colon else None, rest[end + 1 :]


def _encoded(text: str) -> str:
    return quote(text if _DELIMITER.search(text) else unquote(text), safe="")
