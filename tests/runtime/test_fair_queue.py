"""Who waits behind whom."""

from __future__ import annotations

import asyncio

from assistant_am.runtime.fair_queue import FairQueue


async def served(asked, cancelled=()):
    """The order in which (asker, number) are served when all ask while one is being served."""
    queue, order, gate = FairQueue(), [], asyncio.Event()

    async def first():
        async with queue.place("avant"):
            await gate.wait()

    async def ask(asker, number):
        async with queue.place(asker):
            await asyncio.sleep(0)
            order.append((asker, number))

    before = asyncio.create_task(first())
    await asyncio.sleep(0)
    tasks = {each: asyncio.create_task(ask(*each)) for each in asked}
    await asyncio.sleep(0)
    for each in cancelled:
        tasks[each].cancel()
    gate.set()
    await asyncio.gather(before, *tasks.values(), return_exceptions=True)
    # Nothing is left behind: the next one does not wait.
    await asyncio.wait_for(ask("après", 0), 1)
    return order[:-1]


def test_one_that_asks_for_much_waits_behind_those_who_ask_for_little():
    flood = [("un", number) for number in range(4)]
    order = asyncio.run(served([*flood, ("deux", 0), ("trois", 0)]))
    assert order == [("un", 0), ("deux", 0), ("trois", 0), ("un", 1), ("un", 2), ("un", 3)]


def test_what_one_asks_for_stays_in_order():
    asked = [(asker, number) for number in range(3) for asker in ("un", "deux")]
    assert asyncio.run(served(asked)) == asked


def test_who_leaves_holds_up_nobody():
    asked = [("un", 0), ("un", 1), ("deux", 0)]
    assert asyncio.run(served(asked, cancelled=[("un", 0)])) == [("deux", 0), ("un", 1)]


def test_who_leaves_when_the_turn_comes_holds_up_nobody():
    async def scenario():
        queue = FairQueue()

        async def ask():
            async with queue.place("un"):
                pass

        async with queue.place("avant"):
            waiting = asyncio.create_task(ask())
            await asyncio.sleep(0)
        # The place is given, and not yet taken.
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await asyncio.wait_for(ask(), 1)

    asyncio.run(scenario())


def test_a_failure_gives_the_place_on():
    async def scenario():
        queue = FairQueue()
        try:
            async with queue.place("un"):
                raise ValueError
        except ValueError:
            pass
        async with queue.place("deux"):
            return True

    assert asyncio.run(asyncio.wait_for(scenario(), 1))
