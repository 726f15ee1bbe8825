"""deploy/nginx alone: which hosts it answers, and for whom it counts."""

from __future__ import annotations

import http.client
import ssl
from pathlib import Path

import pytest
import requests
import urllib3

from assistant_am.operations.project import HOST
from tests.faults.cluster import until
from tests.faults.front import NGINX, Front

pytestmark = [
    pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx n'est pas installé (nginx-light)"),
    pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning"),
]
# So that a test may come from any address.
FROM_ANY_ADDRESS = f"set_real_ip_from {HOST}; real_ip_header X-Essai;"
BURST = 40
NOTHING_BEHIND = 9


@pytest.fixture
def front(tmp_path):
    """Its assistants are not there: what nginx lets through is 503, what it refuses is 429."""
    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    running = Front(tmp_path, [NOTHING_BEHIND] * 2, more=FROM_ANY_ADDRESS)
    try:
        until(running.is_up)
        yield running
    finally:
        running.stop()


def codes(front: Front, addresses: list[str]) -> list[int]:
    with requests.Session() as session:
        session.verify, session.trust_env = False, False
        url = f"{front.url}/webhooks/web/session"
        return [
            session.post(url, json={}, headers={"X-Essai": each}, timeout=20).status_code
            for each in addresses
        ]


@pytest.mark.parametrize(
    "addresses",
    [
        [f"2001:db8:1:2::{number:x}" for number in range(1, 101)],
        [f"2001:db8:1:2:{number:x}:5:6:7" for number in range(1, 101)],
        ["192.0.2.7"] * 100,
    ],
    ids=["one network, last bits", "one network, other bits", "one IPv4 address"],
)
def test_one_home_has_one_count(front, addresses):
    said = codes(front, addresses)
    assert said.count(429) > 0
    assert set(said[:BURST]) == {503}


@pytest.mark.parametrize(
    "addresses",
    [
        [f"2001:db8:1:{number:x}::1" for number in range(1, 101)],
        [f"192.0.2.{number}" for number in range(1, 101)],
    ],
    ids=["IPv6", "IPv4"],
)
def test_each_home_has_its_own(front, addresses):
    assert set(codes(front, addresses)) == {503}


@pytest.mark.parametrize("host", ["evil.example", "www.evil.example:443", "localhost", "[::1]"])
@pytest.mark.parametrize("secure", [True, False], ids=["https", "http"])
def test_an_unknown_host_gets_no_answer(front, host, secure):
    """444: nginx closes the connection, without a redirection to where the client says."""
    if secure:
        context = ssl._create_unverified_context()
        asked = http.client.HTTPSConnection(HOST, front.port, context=context, timeout=20)
    else:
        asked = http.client.HTTPConnection(HOST, front.plain_port, timeout=20)
    asked.putrequest("GET", "//evil.example//x", skip_host=True)
    asked.putheader("Host", host)
    asked.endheaders()
    with pytest.raises(http.client.RemoteDisconnected):
        asked.getresponse()
    asked.close()


def test_the_known_host_is_answered_and_redirected(front):
    answer = requests.get(
        f"http://{HOST}:{front.plain_port}/confidentialite", allow_redirects=False, timeout=20
    )
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"https://{HOST}/confidentialite"
    assert front.get("/nulle-part").status_code == 404
