"""The one action behind every intent: it answers the questions of a message in order."""

from __future__ import annotations

import datetime
import logging
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import world
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.respond import respond
from assistant_am.meaning import Meaning
from assistant_am.rendering.blocks import Reply, as_text
from assistant_am.runtime.quiet_logs import log_failure

logger = logging.getLogger(__name__)

MEANING = "sens"
"""Where the NLU has put the meaning of the message."""


class ActionRepondre(Action):
    """See `assistant_am.dialogue.respond`: the conversation is decided there, without Rasa."""

    def name(self) -> str:
        return "action_repondre"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        before = Memory.from_slots(tracker.slots)
        if (tracker.latest_message.get("metadata") or {}).get("accueil_lu"):
            # The channel has shown the welcome, which says the same.
            before = replace(before, greeted=True)
        today = replace(world.current(), today=datetime.date.today())
        try:
            meaning = Meaning.from_json(tracker.latest_message[MEANING])
            response = respond(today, meaning, before, silence(tracker.events))
        except Exception as error:
            log_failure(logger, "Réponse impossible", error)
            dispatcher.utter_message(text=today.phrase("incident"), bande="incident")
            return []
        trust = meaning.requests[0].trust
        say(dispatcher, response.reply, trust, erased=response.rule == "effacer_donnees")
        changed = response.memory.to_slots()
        return [
            SlotSet(slot, value)
            for slot, value in changed.items()
            if tracker.slots.get(slot) != value
        ]


def silence(events: list[dict[str, Any]]) -> float:
    """Seconds between this message and the one before; 0 for the first."""
    times = [event["timestamp"] for event in events if event.get("event") == "user"]
    return times[-1] - times[-2] if len(times) > 1 else 0.0


def say(dispatcher: CollectingDispatcher, reply: Reply, band: str, *, erased: bool) -> None:
    """Text and buttons for every channel, and the blocks for those that can show them.

    `band` is counted. `erased`: the words are shown once the conversation is really erased
    (channels/shared/private.py).
    """
    dispatcher.utter_message(
        text=as_text(reply.blocks),
        buttons=[{"title": button.title, "payload": button.say} for button in reply.buttons()],
        blocs=[block.as_json() for block in reply.blocks],
        question=reply.question,
        bande=band,
        effacement=erased,
    )
