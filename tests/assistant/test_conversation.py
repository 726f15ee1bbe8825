"""A conversation in process: what was said before counts, and its memory may be put away."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
import yaml

from assistant_am.assistant import Assistant, Conversation
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.world import load_world
from assistant_am.meaning import NO_CONTEXT, Context, Entity, Meaning, Request
from assistant_am.reading.situation import Reader
from assistant_am.understanding.listener import Listener

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 22)
READINGS = {
    "combien dure la formation ?": "duree_formation",
    "aide temps plein P92 en 3e année ?": "montant_aide",
    "et à mi-temps ?": "montant_aide",
    "d'où ça vient ?": "demander_source",
    "efface mes données": "effacer_donnees",
}


class Told:
    """Reads as the list above says, and keeps the context of each message."""

    def __init__(self) -> None:
        self.contexts: list[Context] = []

    def own(self, text: str, entity: Entity) -> bool:
        return True

    def read(self, text: str, context: Context, bare: str = "") -> Meaning:
        self.contexts.append(context)
        label = READINGS.get(text, "aucune")
        return Meaning(text, (Request(label, 0.9, "sur", ((label, 0.9),)),), follows=1.0)


@pytest.fixture(scope="module")
def world():
    return load_world(ROOT / "knowledge", TODAY)


@pytest.fixture(scope="module")
def values():
    return Reader(yaml.safe_load((ROOT / "knowledge/lexique/entites.yml").read_text("utf-8")))


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def assistant(world, values, told):
    return Assistant(world, Listener(told, values, lambda text: None), TODAY)


def plain(turn) -> str:
    return turn.text.replace("\u00a0", " ")


def test_a_conversation_remembers(assistant):
    """« et à mi-temps ? » keeps the rank and the year said before."""
    talk = assistant.conversation()
    assert "26 000 €" in plain(talk.say("aide temps plein P92 en 3e année ?"))
    assert "13 000 €" in plain(talk.say("et à mi-temps ?"))
    assert talk.memory.situation["tranche"] == "p90_p94"


def test_a_message_is_read_after_what_came_before(assistant, told):
    """The last subject, the last message, the subjects answered and the first message; nothing at
    first."""
    talk = assistant.conversation()
    for text in ("combien dure la formation ?", "d'où ça vient ?", "je vois"):
        talk.say(text)
    assert told.contexts == [
        NO_CONTEXT,
        Context("duree_formation", "combien dure la formation ?", ("duree_formation",)),
        Context(
            "duree_formation",
            "d'où ça vient ?",
            ("duree_formation",),
            opening="combien dure la formation ?",
        ),
    ]


def test_conversations_do_not_know_each_other(assistant, told):
    """What one person told is nothing to the next."""
    assistant.conversation().say("aide temps plein P92 en 3e année ?")
    assert assistant.conversation().memory == Memory()
    assistant.conversation().say("et à mi-temps ?")
    assert told.contexts[-1] == NO_CONTEXT


def test_its_memory_survives_json(assistant):
    """Put away as JSON at each turn and taken up again, a conversation says the same."""
    texts = ["aide temps plein P92 en 3e année ?", "et à mi-temps ?", "d'où ça vient ?",
             "combien dure la formation ?", "combien dure la formation ?"]  # fmt: skip
    whole = assistant.conversation()
    memory = Memory()
    for text in texts:
        taken_up = Conversation(assistant, memory)
        assert taken_up.say(text).text == whole.say(text).text
        memory = Memory.from_slots(json.loads(json.dumps(taken_up.memory.to_slots())))
        assert memory == whole.memory


def test_half_an_hour_of_silence_is_a_new_conversation(assistant, told):
    """The situation is forgotten, that is said, and nothing is read in its light."""
    talk = assistant.conversation()
    talk.say("aide temps plein P92 en 3e année ?")
    answer = talk.say("combien dure la formation ?", idle_seconds=1801)
    assert "j'ai oublié votre situation" in answer.text
    assert "tranche" not in talk.memory.situation
    assert told.contexts[-1] == NO_CONTEXT


def test_a_short_silence_changes_nothing(assistant, told):
    """Twenty-nine minutes are no new conversation."""
    talk = assistant.conversation()
    talk.say("aide temps plein P92 en 3e année ?")
    assert "13 000 €" in plain(talk.say("et à mi-temps ?", idle_seconds=29 * 60))
    assert told.contexts[-1].subject == "montant_aide"


def test_what_is_erased_is_gone(assistant, told):
    """« efface mes données » leaves neither the situation nor the words."""
    talk = assistant.conversation()
    talk.say("aide temps plein P92 en 3e année ?")
    talk.say("efface mes données")
    assert talk.memory == Memory(greeted=True)
    talk.say("et à mi-temps ?")
    assert told.contexts[-1] == NO_CONTEXT
