"""Puts another model into a running Rasa: turns under way end with the one they began with.

Rasa's own `Agent.load_model` would stop all conversations while it loads, and leave the agent
without a model that works when the new one does not. `tests/runtime/test_model_swap.py` fails when
its source changes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor

from assistant_am.nlu.lexicon import read_again

QUESTION = "Qu'est-ce qu'un assistant médical ?"


def load(agent: Agent, path: Path) -> MessageProcessor:
    """Load a model beside the one in use; blocks for seconds, so call it in a thread.

    Raises whatever a broken model makes Rasa raise.
    """
    read_again()
    return MessageProcessor(
        model_path=path,
        tracker_store=agent.tracker_store,
        lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint,
        generator=agent.nlg,
        http_interpreter=agent.http_interpreter,
    )


async def understands(processor: MessageProcessor) -> bool:
    """Whether it makes something of a question."""
    parsed: dict[str, Any] = await processor.parse_message(UserMessage(QUESTION))
    return bool((parsed.get("intent") or {}).get("name"))


def put(agent: Agent, processor: MessageProcessor) -> None:
    """Let the next turns use it; as `Agent.load_model` does after loading."""
    agent.processor = processor
    agent.domain = processor.domain
    agent.tracker_store.domain = processor.domain
    if isinstance(agent.nlg, TemplatedNaturalLanguageGenerator):
        agent.nlg.responses = processor.domain.responses
