"""What holds for every message of every channel, stock ones and REST as well.

Rasa's agent is the one door that all of them pass: there the text, and what a client says beside
it, are masked before the tracker, the NLU or a log sees them; an erasure asked for in the chat is
done before it is told as done; and the turn is counted.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage

from assistant_am.runtime.masking import mask
from assistant_am.runtime.metrics import METRICS
from assistant_am.stores.once import BAND, INCIDENT, AlreadyAnswered

ERASURE = "effacement"
"""Key of a bot's message that says « c'est effacé »: our action sets it."""
_REPEATED = "repete"
_DEEPEST = 10

Json = dict[str, Any]
Erase = Callable[[Agent, str], Awaitable[None]]

_rasa_handle_message = Agent.handle_message


def keep_messages_private(erase: Erase) -> None:
    """Put masking, erasure and counting around the turns of every agent; idempotent.

    `erase(agent, conversation)` deletes a conversation, or raises.
    """

    async def handle_message(agent: Agent, message: UserMessage) -> list[Json] | None:
        return await _private_turn(agent, message, erase)

    Agent.handle_message = handle_message


async def _private_turn(agent: Agent, message: UserMessage, erase: Erase) -> list[Json] | None:
    began = time.monotonic()
    if message.text:
        message.text = mask(message.text)
    if message.input_channel:
        message.input_channel = mask(message.input_channel)
    message.metadata = _masked(message.metadata, _DEEPEST)
    channel = message.output_channel
    message.output_channel = said = _Witness(channel)
    outcome = INCIDENT
    try:
        await _rasa_handle_message(agent, message)
        if said.held:
            await erase(agent, message.sender_id)
            await said.release()
        outcome = said.outcome
    except AlreadyAnswered:
        outcome = _REPEATED
        raise
    finally:
        message.output_channel = channel
        METRICS.turn(_label(message), outcome, time.monotonic() - began)
    return channel.messages if isinstance(channel, CollectingOutputChannel) else None


def _masked(value: Any, depth: int) -> Any:
    """JSON whose texts, keys and numbers identify nobody; what lies deeper is left out."""
    if isinstance(value, (dict, list)) and not depth:
        return None
    if isinstance(value, dict):
        return {mask(str(key)): _masked(each, depth - 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked(each, depth - 1) for each in value]
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, (int, float)) and mask(str(value)) != str(value):
        return mask(str(value))
    return value


class _Witness(OutputChannel):
    """Passes what the bot says on to the channel, but « c'est effacé » only once it is."""

    def __init__(self, channel: OutputChannel) -> None:
        self._channel = channel
        self.held: list[tuple[str, Json]] = []
        self.outcome = INCIDENT  # a turn in which nothing is said is one

    def name(self) -> str:
        return str(self._channel.name())

    async def send_response(self, recipient_id: str, message: Json) -> None:
        """Rasa calls this, and no other method, for each message of the bot."""
        self.outcome = _outcome(message)
        if message.get(ERASURE):
            self.held.append((recipient_id, message))
        else:
            await self._channel.send_response(recipient_id, message)

    async def release(self) -> None:
        for recipient_id, message in self.held:
            await self._channel.send_response(recipient_id, message)


def _outcome(message: Json) -> str:
    if message.get(ERASURE):
        return "efface"
    if any(block.get("type") == "alerte" for block in message.get("blocs") or ()):
        return "urgence"
    return str(message.get(BAND) or "autre")


def _label(message: UserMessage) -> str:
    """The channel's name, of which there are few: REST lets its client say any other."""
    if isinstance(message.output_channel, CollectingOutputChannel):
        return "rest"
    return str(message.input_channel or "autre")
