"""Takes the messages of one service and answers them: each once, those of a person in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Literal
from weakref import WeakValueDictionary

from assistant_am.channels.shared import phrases
from assistant_am.channels.shared.alerts import Alerts
from assistant_am.channels.shared.background import Background
from assistant_am.channels.shared.choices import Choices
from assistant_am.channels.shared.incoming import Incoming, Wish
from assistant_am.channels.shared.letter import Button, Letter
from assistant_am.channels.shared.letterbox import Letterbox, Reopen
from assistant_am.channels.shared.outbox import Outbox
from assistant_am.channels.shared.pace import Pace
from assistant_am.channels.shared.receipt import Receipt, unkept
from assistant_am.channels.shared.rendering import render
from assistant_am.channels.shared.seen import Seen
from assistant_am.channels.shared.turn import Collector, Handler, Json, run_turn
from assistant_am.channels.shared.words import LONGEST_TEXT, as_plain_text
from assistant_am.dialogue.choices import starters
from assistant_am.dialogue.world import World
from assistant_am.rendering.blocks import Block, Paragraph, Suggestion, text_blocks
from assistant_am.runtime.metrics import METRICS
from assistant_am.runtime.quiet_logs import log_failure
from assistant_am.stores.errors import StoreError

logger = logging.getLogger(__name__)

MOST_RUNNING = 100
"""Messages being answered at once; the service is asked to bring others again."""
MOST_JUDGED = 300
"""Messages looked at, those of above with them: an emergency is answered even then."""
SECONDS_BEFORE_RESUMING_AGAIN = 5
_CANCEL = "annuler"
_RETRY = "Réessayer"

Verdict = Literal["urgence", "trop_vite", "normal"]


class Desk:
    """One service's desk; addresses of people are the business of `Letter.reply` alone."""

    def __init__(
        self,
        *,
        channel: str,
        handler: Handler,
        world: Callable[[], World],
        alerts: Alerts,
        choices: Choices,
        outbox: Outbox,
        letterbox: Letterbox,
        pace: Pace,
        public: str | None,
    ) -> None:
        self._channel = channel
        self._handler = handler
        self._world = world
        self._alerts = alerts
        self._choices = choices
        self._outbox = outbox
        self._letterbox = letterbox
        self._pace = pace
        self._public = public
        self._seen = Seen()
        self._welcomed = Seen()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._background = Background()

    async def take(self, letter: Letter) -> bool:
        """Keep this message and answer it later on; False when there is too much to do: bring it
        again.

        A message that was taken before, be it before a restart, is not answered again.
        """
        if letter.incoming.message in self._seen:
            return True
        running = len(self._background)
        if running < MOST_RUNNING:
            self._seen.first_time(letter.incoming.message)
            keeping = asyncio.ensure_future(self._letterbox.keep(letter))
            self._background.run(self._handle(letter, keeping))
            # A caller that hangs up must not end it.
            await asyncio.shield(keeping)
        elif running < MOST_JUDGED:
            self._background.run(_logged(self._judge(letter, unkept())))
        return running < MOST_RUNNING

    def resume(self, reopen: Reopen) -> None:
        """Answer, from now on, what the last stop left without answer."""
        self._background.run(_logged(self._resume(reopen)))

    async def _resume(self, reopen: Reopen) -> None:
        while True:
            try:
                unanswered = await self._letterbox.unanswered(reopen)
                break
            except StoreError:
                await asyncio.sleep(SECONDS_BEFORE_RESUMING_AGAIN)
        for letter, receipt in unanswered:
            self._seen.first_time(letter.incoming.message)
            kept: asyncio.Future[Receipt | None] = asyncio.Future()
            kept.set_result(receipt)
            self._background.run(self._handle(letter, kept))

    async def close(self) -> None:
        """Give up the messages under way."""
        await self._background.close()
        await self._outbox.close()

    async def _handle(self, letter: Letter, keeping: asyncio.Future[Receipt | None]) -> None:
        # Beside the queue: an emergency does not wait for what came before.
        judged = asyncio.create_task(self._judge_new(letter, keeping))
        lock = self._locks.setdefault(letter.conversation, asyncio.Lock())
        # The place in the queue first: the order is that in which messages came.
        async with lock:
            receipt = await asyncio.shield(keeping)
            if receipt is not None:
                await _logged(self._answer_judged(letter, receipt, judged))
                # Not reached when the server stops: it is answered at the next start.
                await receipt.done()

    async def _judge_new(self, letter: Letter, keeping: asyncio.Future[Receipt | None]) -> Verdict:
        receipt = await asyncio.shield(keeping)
        return "normal" if receipt is None else await self._judge(letter, receipt)

    async def _answer_judged(
        self, letter: Letter, receipt: Receipt, judged: asyncio.Task[Verdict]
    ) -> None:
        await self._answer(letter, receipt, await judged)

    async def _judge(self, letter: Letter, receipt: Receipt) -> Verdict:
        """Answer an emergency at once; count the message."""
        text, conversation = letter.incoming.text, letter.conversation
        if len(text) <= LONGEST_TEXT or self._pace.may_examine_long_text(conversation):
            alert = await self._alerts.block(text)
            if alert is not None:
                METRICS.alert(self._channel)
                rendered = render([alert], letter.style, None)
                self._outbox.put_at_once(conversation, letter.reply(rendered, ()), receipt)
                return "urgence"
        return "normal" if self._pace.allows(conversation) else "trop_vite"

    async def _answer(self, letter: Letter, receipt: Receipt, verdict: Verdict) -> None:
        incoming = letter.incoming
        if verdict == "trop_vite":
            if self._pace.may_warn(letter.conversation):
                self._say(letter, receipt, phrases.TOO_FAST)
        elif verdict == "urgence":
            # The conversation must know of it; the numbers are said already.
            self._choices.forget(letter.conversation)
            await self._turn(letter, as_plain_text(incoming.text)[:LONGEST_TEXT])
        elif incoming.wish:
            await self._grant(letter, receipt, incoming.wish)
        elif line := phrases.line_for(incoming):
            self._say(letter, receipt, line)
        else:
            await self._converse(letter, receipt)

    async def _converse(self, letter: Letter, receipt: Receipt) -> None:
        text = as_plain_text(self._meant(letter.incoming))
        if not text and letter.incoming.pressed is not None:
            self._show(
                letter,
                receipt,
                _as_json([Paragraph(phrases.OLD_BUTTON)]),
                starters(self._world()),
            )
            return
        if not text:
            self._say(letter, receipt, self._world().phrase("vide"))
            return
        said = await self._turn(letter, text)
        if said is None:
            blocks = text_blocks(self._world().phrase("incident"))
            self._show(letter, receipt, _as_json(blocks), [Suggestion(_RETRY, text)])
            return
        if said.erased:
            self._choices.forget(letter.conversation)
        self._show(letter, receipt, said.blocks, said.buttons)

    def _meant(self, incoming: Incoming) -> str:
        """The words behind a button or a number, else what was typed."""
        conversation = incoming.conversation
        if incoming.pressed is not None:
            return self._choices.pressed(conversation, incoming.pressed) or incoming.text
        return self._choices.typed(conversation, incoming.text) or incoming.text

    async def _turn(self, letter: Letter, text: str) -> Collector | None:
        return await run_turn(
            self._handler,
            self._channel,
            letter.conversation,
            letter.incoming.message,
            text,
            welcomed=letter.conversation in self._welcomed,
        )

    async def _grant(self, letter: Letter, receipt: Receipt, wish: Wish) -> None:
        """Start, help and stop, as people know them from elsewhere."""
        if wish == "stop":
            await self._turn(letter, _CANCEL)
            await self._outbox.drop(letter.conversation)
            self._choices.forget(letter.conversation)
            if not letter.incoming.answered:
                self._say(letter, receipt, phrases.STOPPED)
            return
        if letter.incoming.answered:
            return
        self._welcomed.first_time(letter.conversation)
        if wish == "bienvenue":
            blocks = text_blocks(self._world().phrase("accueil"))
        else:
            blocks = (*text_blocks(self._world().phrase("capacites")), Paragraph(phrases.HELP))
        self._show(letter, receipt, _as_json(blocks), starters(self._world()))

    def _say(self, letter: Letter, receipt: Receipt, phrase: str) -> None:
        """A line of the channel's own; the choices offered before stay."""
        rendered = render(_as_json([Paragraph(phrase)]), letter.style, self._public)
        self._outbox.put(letter.conversation, letter.reply(rendered, ()), receipt)

    def _show(
        self,
        letter: Letter,
        receipt: Receipt,
        blocks: Sequence[Json],
        buttons: Sequence[Suggestion],
    ) -> None:
        titles = [button.title for button in buttons]
        numbered = letter.style.needs_numbers(titles)
        keys = self._choices.offer(letter.conversation, buttons, numbered=numbered)
        lines = [f"{rank}. {title}" for rank, title in enumerate(titles, 1)]
        rendered = render(
            blocks, letter.style, self._public, [phrases.NUMBERS, *lines] if numbered else ()
        )
        shown = [
            Button(key, title)
            for key, title in zip(keys, lines if numbered else titles, strict=True)
        ]
        self._outbox.put(letter.conversation, letter.reply(rendered, shown), receipt)


async def _logged(work: Awaitable[object]) -> None:
    try:
        await work
    except Exception as error:
        log_failure(logger, "Message de messagerie sans réponse", error)


def _as_json(blocks: Iterable[Block]) -> list[Json]:
    return [block.as_json() for block in blocks]
