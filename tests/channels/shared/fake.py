"""A messaging service on this machine: records each call, and refuses what the real one would."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from assistant_am.operations.processes import free_port

SECONDS = 20


@dataclass
class Call:
    """One request; `status` is what it was answered."""

    method: str
    given: dict[str, Any]
    status: int
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Answer:
    """What the service says instead of taking a call; without status, the connection breaks."""

    status: int | None = None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Fault(Exception):
    """A call that the real service would refuse."""

    def __init__(self, status: int, body: Any, why: str) -> None:
        super().__init__(why)
        self.answer = Answer(status, body)
        self.why = why


class FakeService:
    """Subclasses say what a call must look like: `take` returns the answer, or raises Fault."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.calls: list[Call] = []
        self.faults: list[str] = []
        """Why calls were refused; a test that expects none asserts it."""
        self.next: deque[Answer] = deque()
        """Answers given to the next calls, whatever they are."""
        self._changed = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runner: web.AppRunner | None = None

    async def take(self, request: web.Request) -> tuple[str, dict[str, Any], Any, int]:
        """(method, what was given, answer's body, status)"""
        raise NotImplementedError

    def forget(self) -> None:
        self.calls.clear()
        self.faults.clear()
        self.next.clear()

    def accepted(self, *methods: str) -> list[dict[str, Any]]:
        """What was given to the calls that were taken, of these methods."""
        return [
            call.given
            for call in list(self.calls)
            if call.status < 300 and (not methods or call.method in methods)
        ]

    def wait(self, count: int, *methods: str) -> list[dict[str, Any]]:
        """The same, once there are as many."""
        return self.wait_until(lambda: len(self.accepted(*methods)) >= count, *methods)

    def wait_until(self, holds: Callable[[], bool], *methods: str) -> list[dict[str, Any]]:
        with self._changed:
            assert self._changed.wait_for(holds, SECONDS), (self.calls, self.faults)
        return self.accepted(*methods)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()  # kept by aiohttp for `take`
        if self.next:
            planned = self.next.popleft()
            self._record(Call(request.path, {"raw": body}, planned.status or 0))
            if planned.status is None:
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            return web.json_response(planned.body, status=planned.status, headers=planned.headers)
        try:
            method, given, answer, status = await self.take(request)
        except Fault as fault:
            self.faults.append(f"{request.path} : {fault.why}")
            self._record(Call(request.path, {"raw": body}, fault.answer.status or 0))
            return web.json_response(fault.answer.body, status=fault.answer.status)
        self._record(Call(method, given, status))
        return web.json_response(answer, status=status)

    def _record(self, call: Call) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    @contextmanager
    def running(self) -> Iterator[FakeService]:
        """Listens; may be entered again later, on the same port."""
        ready = threading.Event()

        def run() -> None:
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
            self._loop.run_until_complete(self._start())
            ready.set()
            self._loop.run_forever()
            assert self._runner is not None
            self._loop.run_until_complete(self._runner.cleanup())
            self._loop.close()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        assert ready.wait(SECONDS)
        try:
            yield self
        finally:
            assert self._loop is not None
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(SECONDS)

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
