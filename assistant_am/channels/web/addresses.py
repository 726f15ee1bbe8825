"""For whom a request is counted: an IPv4 address, or the network of a home over IPv6."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from sanic.request import Request

_HEADER = "x-forwarded-for"
_HOME_BITS = 64
"""What a provider gives to one home; it can take any address of it for each request."""
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](:\d+)?|(?P<four>[\d.]+):\d+")


def address_of(request: Request, proxies: int) -> str:
    """The address that the farthest of our own proxies saw, else the peer's.

    Each proxy adds what it saw at the end, some on a line of their own; what comes before was
    written by the client.
    """
    lines = request.headers.getall(_HEADER, []) if proxies else []
    seen = ",".join(lines).split(",")
    if proxies and len(seen) >= proxies:
        address = _read(seen[-proxies].strip())
        if address is not None:
            return _counted(address)
    peer = _read(str(request.ip))
    # Without one the request came over a Unix socket.
    return str(request.ip) if peer is None else _counted(peer)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    with_port = _WITH_PORT.fullmatch(text)
    if with_port:
        text = with_port["six"] or with_port["four"]
    try:
        return ip_address(text)
    except ValueError:
        return None


def _counted(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), _HOME_BITS), strict=False))
