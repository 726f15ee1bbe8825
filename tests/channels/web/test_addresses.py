"""For whom a request is counted, behind proxies and over IPv6."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sanic.compat import Header

from assistant_am.channels.web.addresses import address_of

PEER = "192.0.2.1"


def seen(*lines: str, proxies: int = 1, peer: str = PEER) -> str:
    """The address that is counted for a request with these lines of X-Forwarded-For."""
    headers = Header([("x-forwarded-for", line) for line in lines])
    return address_of(SimpleNamespace(ip=peer, headers=headers), proxies)


@pytest.mark.parametrize(
    ("lines", "proxies", "address"),
    [
        (("203.0.113.9",), 1, "203.0.113.9"),
        (("10.9.9.9, 203.0.113.9",), 1, "203.0.113.9"),
        # HAProxy adds a line of its own: the first one is whatever the client wrote.
        (("10.9.9.9", "203.0.113.9"), 1, "203.0.113.9"),
        (("10.9.9.9, 10.8.8.8", "203.0.113.9"), 1, "203.0.113.9"),
        (("10.9.9.9", "203.0.113.9, 198.51.100.2"), 2, "203.0.113.9"),
        (("10.9.9.9", "203.0.113.9", "198.51.100.2"), 2, "203.0.113.9"),
        (("203.0.113.9",), 0, PEER),
        (("203.0.113.9",), 2, PEER),
        ((), 1, PEER),
    ],
)
def test_the_last_proxies_are_believed_and_never_the_client(lines, proxies, address):
    assert seen(*lines, proxies=proxies) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("203.0.113.9:1234", "203.0.113.9"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        (" 203.0.113.9 ", "203.0.113.9"),
        ("unknown", PEER),
        ("", PEER),
        ("203.0.113.9:1234:5", PEER),
        ("é" * 9000, PEER),
    ],
)
def test_one_address_is_counted_once_however_it_is_written(written, address):
    assert seen(written) == address


def test_a_network_of_ipv6_is_counted_as_one_person():
    """A /64 is what one home has; it holds more addresses than all of IPv4."""
    assert len({seen(peer=f"2001:db8:1:2::{n:x}", proxies=0) for n in range(310)}) == 1
    assert seen(peer="2001:db8:1:3::1", proxies=0) != seen(peer="2001:db8:1:2::1", proxies=0)
    assert seen(peer="fe80::1%eth0", proxies=0) == "fe80::/64"
    assert seen(peer="::1", proxies=0) == "::/64"
