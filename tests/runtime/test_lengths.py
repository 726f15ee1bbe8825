"""A request that lies about its length is refused by both servers; they answer the next one."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sanic.http
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

import rasa_sdk_plugins
from assistant_am.channels.web.channel import WebInput
from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST
from assistant_am.runtime.settings import WebSettings

READ = ("21.12.2", "cd22428f1d5d5332")
"""Sanic's version, and its reading of a request (sanic/http.py)."""
FREEZING = b"Content-Length: -1"
REFUSED = [
    FREEZING,
    b"Content-Length: -99999",
    b"Content-Length: -0",
    b"Content-Length: +2",
    b"Content-Length: 0_2",
    b"Content-Length: 0x2",
    b"Content-Length:",
    b"Content-Length: abc",
    b"Content-Length: 2.0",
    b"Content-Length: 2, 2",
    "Content-Length: ٢".encode(),
    b"Content-Length: " + b"9" * 5000,
    b"Content-Length: 2\r\nContent-Length: 2",
    b"Content-Length: 2\r\nContent-Length: -1",
    b"Content-Length : 2",
    b"Content-Length: 2\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\r\nContent-Length: -1",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: Chunked",
    b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding : chunked",
    b"Transfer-Encoding:",
]
TAKEN = {
    b"Content-Length: 2": b"{}",
    b"content-length:2 ": b"{}",
    b"Content-Length: 0": b"",
    b"Transfer-Encoding: chunked": b"2\r\n{}\r\n0\r\n\r\n",
}
MISCOUNTED_PARTS = [b"-2\r\n{}\r\n0\r\n\r\n", b"zz\r\n{}\r\n", b"\r\n\r\n\r\n\r\n", b"f" * 100]


def web_server(settings: WebSettings) -> Callable[[Sanic], None]:
    """What Rasa's server gets from our channel."""

    def prepare(app: Sanic) -> None:
        from rasa.core.channels.channel import register
        from sanic_cors import CORS

        CORS(app, resources={r"/*": {"origins": ""}}, automatic_options=True)
        register([WebInput(settings)], app, route="/webhooks/")

    return prepare


@pytest.fixture(scope="module", params=["web", "actions"])
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server as each of ours is made, with a page that repeats what it is sent."""
    prepare = {
        "web": web_server(WebSettings(data=tmp_path_factory.mktemp("web"), secret="s" * 32)),
        "actions": rasa_sdk_plugins.attach_sanic_app_extensions,
    }[request.param]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sanic, "test_mode", True)
        app = Sanic(f"longueurs_{request.param}", configure_logging=False)
        app.add_route(repeat, "/repete", methods=["POST"])
        prepare(app)
        yield from served(app)


async def repeat(request: Request) -> HTTPResponse:
    return text(request.body.decode())


def served(app: Sanic) -> Iterator[int]:
    port, started, loop = free_port(), threading.Event(), asyncio.new_event_loop()

    def run() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(
            app.create_server(HOST, port, return_asyncio_server=True, access_log=False)
        )
        loop.run_until_complete(server.startup())
        started.set()
        loop.run_forever()
        loop.run_until_complete(server.close())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(60)
    yield port
    loop.call_soon_threadsafe(loop.stop)
    thread.join(20)


def exchange(port: int, header: bytes, body: bytes) -> bytes:
    """All that is answered until the server closes the connection, or falls silent."""
    sent = b"POST /repete HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%b\r\n\r\n%b" % (header, body)
    with socket.create_connection((HOST, port), timeout=5) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(4096), b""))


@pytest.mark.parametrize("header", REFUSED, ids=lambda header: repr(header[:60]))
def test_a_false_length_is_refused_and_harms_nobody(port, header):
    answer = exchange(port, header, b"{}")
    assert answer.startswith(b"HTTP/1.1 400 "), answer
    assert answer.count(b"HTTP/1.1") == 1, "the body was read as a request"
    assert exchange(port, b"Content-Length: 2", b"{}").endswith(b"{}")


@pytest.mark.parametrize("header", TAKEN, ids=repr)
def test_a_sound_length_is_taken(port, header):
    answer = exchange(port, header, TAKEN[header])
    assert answer.startswith(b"HTTP/1.1 200 "), answer
    assert answer.endswith(b"{}" if TAKEN[header] else b"\r\n\r\n")


@pytest.mark.parametrize("body", MISCOUNTED_PARTS, ids=repr)
def test_parts_of_a_false_length_harm_nobody(port, body):
    """Sanic itself refuses these."""
    assert b" 200 " not in exchange(port, b"Transfer-Encoding: chunked", body)[:20]
    assert exchange(port, b"Content-Length: 2", b"{}").endswith(b"{}")


def test_no_body_needs_no_length(port):
    with socket.create_connection((HOST, port), timeout=5) as client:
        client.sendall(b"GET /repete HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(4096).startswith(b"HTTP/1.1 405 ")


def test_sanic_is_the_one_that_was_read():
    """Another version may read lengths elsewhere: read it, then decide again."""
    source = Path(sanic.http.__file__).read_bytes()
    assert (sanic.__version__, hashlib.sha256(source).hexdigest()[:16]) == READ
