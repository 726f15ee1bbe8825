"""Sending in order, again, and never twice; pauses are counted, not waited for."""

from __future__ import annotations

import asyncio

import pytest

from assistant_am.channels.shared import outbox
from assistant_am.channels.shared.outbox import Outbox, Refused, Sending, TryLater, Uncertain
from assistant_am.channels.shared.receipt import unkept


class Service:
    """Takes messages, or raises what is planned for the next ones."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.tries: list[str] = []
        self.planned: list[Exception | None] = []
        self.pauses: list[float] = []

    def sending(self, text: str, instead: str | None = None) -> Sending:
        async def call() -> None:
            self.tries.append(text)
            planned = self.planned.pop(0) if self.planned else None
            if planned is not None:
                raise planned
            self.taken.append(text)

        return Sending(call, self.sending(instead) if instead else None)

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)


async def _emptied(box: Outbox) -> None:
    while box._tasks:
        await asyncio.gather(*box._tasks.values())


@pytest.fixture
def service():
    return Service()


def deliver(service, *answers, conversation="c"):
    async def run():
        box = Outbox(service.pause)
        for answer in answers:
            box.put(conversation, [service.sending(text) for text in answer], unkept())
        await _emptied(box)
        assert box._waiting == {}

    asyncio.run(run())


def test_pauses_double_until_a_minute_and_the_message_is_given_up(service):
    service.planned = [TryLater()] * 100
    deliver(service, ["un", "deux"])
    assert service.pauses[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert sum(service.pauses) <= outbox.PATIENCE
    # Without the first message, the second would not be understood.
    assert set(service.tries) == {"un"}


def test_the_service_says_how_long_to_wait(service):
    service.planned = [TryLater(7.5)]
    deliver(service, ["un", "deux"])
    assert (service.pauses, service.taken) == ([7.5], ["un", "deux"])


def test_a_wait_beyond_patience_is_not_waited(service):
    service.planned = [TryLater(86_400)]
    deliver(service, ["un"])
    assert (service.pauses, service.taken) == ([], [])


def test_an_uncertain_message_is_not_sent_again(service):
    service.planned = [Uncertain()]
    deliver(service, ["un", "deux"])
    assert service.tries == ["un", "deux"]


def test_after_a_refusal_the_next_answer_still_goes(service):
    service.planned = [Refused("403")]
    deliver(service, ["un", "deux"], ["trois"])
    assert service.tries == ["un", "trois"]


def test_something_else_is_sent_instead_of_what_was_refused(service):
    service.planned = [Refused("400")]

    async def run():
        box = Outbox(service.pause)
        box.put("c", [service.sending("image", instead="lien"), service.sending("texte")], unkept())
        await _emptied(box)

    asyncio.run(run())
    assert service.taken == ["lien", "texte"]


def test_too_much_waiting_is_dropped_and_an_emergency_is_not(service, monkeypatch):
    monkeypatch.setattr(outbox, "MOST_CONVERSATIONS", 2)

    async def run():
        box = Outbox(service.pause)
        for rank in range(outbox.MOST_WAITING + 5):
            box.put("c", [service.sending(f"c{rank}")], unkept())
        box.put("d", [service.sending("d")], unkept())
        box.put("e", [service.sending("trop")], unkept())
        box.put_at_once("e", [service.sending("15")], unkept())
        await _emptied(box)

    asyncio.run(run())
    assert [text for text in service.taken if text[0] == "c"] == [
        f"c{rank}" for rank in range(outbox.MOST_WAITING)
    ]
    assert "d" in service.taken
    assert "15" in service.taken
    assert "trop" not in service.taken


def test_what_waits_can_be_dropped(service):
    async def run():
        gate = asyncio.Event()
        box = Outbox(lambda seconds: gate.wait())
        service.planned = [TryLater()]
        box.put("c", [service.sending("un")], unkept())
        box.put("c", [service.sending("deux")], unkept())
        await asyncio.sleep(0)
        await box.drop("c")
        await box.drop("inconnue")
        gate.set()
        await _emptied(box)
        box.put("c", [service.sending("trois")], unkept())
        await _emptied(box)

    asyncio.run(run())
    assert service.taken == ["un", "trois"]


def test_closing_gives_up(service):
    async def run():
        box = Outbox(lambda seconds: asyncio.Event().wait())
        service.planned = [TryLater()]
        box.put("c", [service.sending("un")], unkept())
        await asyncio.sleep(0)
        await box.close()

    asyncio.run(run())
    assert service.taken == []
