"""Input channels on Rasa's own server, in a thread, on a free port."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from assistant_am.operations.processes import free_port


@contextmanager
def running(
    channels: Sequence[Any], make_agent: Callable[[], Any], port: int | None = None
) -> Iterator[tuple[str, Any, asyncio.AbstractEventLoop]]:
    """The address, the agent and the loop of a server started and stopped as Rasa does it."""
    from rasa.core.channels.channel import register
    from rasa.core.run import _create_app_without_api
    from sanic import Sanic

    Sanic.test_mode = True
    port = port or free_port()
    box: dict[str, Any] = {}
    started = threading.Event()

    def run() -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        app = _create_app_without_api()
        register(list(channels), app, route="/webhooks/")
        app.ctx.agent = box["agent"] = make_agent()
        server = loop.run_until_complete(
            app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=None)
        )
        loop.run_until_complete(server.startup())
        loop.run_until_complete(server.before_start())
        loop.run_until_complete(server.after_start())
        box["loop"] = loop
        started.set()
        loop.run_forever()
        loop.run_until_complete(server.before_stop())
        loop.run_until_complete(server.close())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(60)
    try:
        yield f"http://127.0.0.1:{port}", box["agent"], box["loop"]
    finally:
        box["loop"].call_soon_threadsafe(box["loop"].stop)
        thread.join(20)
