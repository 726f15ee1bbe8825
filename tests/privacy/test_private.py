"""At the door of Rasa's agent: masked, erased before it is said, counted."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore

from assistant_am.channels.shared import private
from assistant_am.channels.shared.private import ERASURE, keep_messages_private
from assistant_am.stores.once import AlreadyAnswered

ERASED = {"text": "C'est effacé.", ERASURE: True}


class Rasa(Agent):
    """An agent whose processor only notes what reaches it, then says what the test wants."""

    def __init__(self, *says: dict[str, Any] | Exception) -> None:
        self.lock_store = InMemoryLockStore()
        self.reached: list[str] = []
        self.received: list[UserMessage] = []
        self.erased: list[str] = []
        self.processor = SimpleNamespace(handle_message=self._handle)
        self.says = says

    def is_ready(self) -> bool:
        return True

    async def _handle(self, message: UserMessage) -> None:
        self.reached.append(message.text)
        self.received.append(message)
        for each in self.says:
            if isinstance(each, Exception):
                raise each
            await message.output_channel.send_response(message.sender_id, dict(each))


@pytest.fixture
def counted(monkeypatch):
    turns: list[tuple[str, str]] = []
    monkeypatch.setattr(
        private.METRICS, "turn", lambda channel, outcome, _: turns.append((channel, outcome))
    )
    return turns


@pytest.fixture(autouse=True)
def only_for_this_test(monkeypatch):
    monkeypatch.setattr(Agent, "handle_message", Agent.handle_message)


def turn(rasa: Rasa, text: str = "bonjour", erase=None, **options: Any) -> list[dict[str, Any]]:
    async def note(agent: Rasa, conversation: str) -> None:
        agent.erased.append(conversation)

    channel = CollectingOutputChannel()
    keep_messages_private(erase or note)
    asyncio.run(rasa.handle_message(UserMessage(text, channel, "moi", **options)))
    return channel.messages


def test_rasa_never_sees_a_telephone_number():
    rasa = Rasa({"text": "oui"})
    turn(rasa, "rappelez-moi au 06 12 34 56 78, pour 19 000 14 000")
    assert rasa.reached == ["rappelez-moi au [téléphone], pour 19 000 14 000"]


@pytest.mark.parametrize(
    "metadata, stored",
    [
        ({"tel": "06 12 34 56 78"}, {"tel": "[téléphone]"}),
        ({"tel": 33612345678}, {"tel": "[téléphone]"}),
        ({"tel": 612345678}, {"tel": 612345678}),
        ({"qui": {"adresses": ["x@y.fr", "MSP"]}}, {"qui": {"adresses": ["[e-mail]", "MSP"]}}),
        ({"x@y.fr": 1}, {"[e-mail]": 1}),
        ({"de": [None, True, 0.5, 19_000, "P92"]}, {"de": [None, True, 0.5, 19_000, "P92"]}),
        ("x@y.fr", "[e-mail]"),
        (None, None),
    ],
)
def test_nor_in_what_a_client_of_rest_says_beside_the_text(metadata, stored):
    """Rasa keeps the metadata with the message, and the slots that take after it."""
    rasa = Rasa({"text": "oui"})
    turn(rasa, metadata=metadata)
    assert rasa.received[0].metadata == stored


def test_nor_as_the_name_of_a_channel():
    rasa = Rasa({"text": "oui"})
    turn(rasa, input_channel="06 12 34 56 78")
    assert rasa.received[0].input_channel == "[téléphone]"


def test_metadata_deeper_than_any_program_writes_is_dropped():
    deep: dict[str, Any] = {}
    for _ in range(2_000):
        deep = {"a": deep}
    rasa = Rasa({"text": "oui"})
    turn(rasa, metadata=deep)
    assert str(rasa.received[0].metadata).count("a") < 20


def test_a_message_without_text_passes():
    rasa = Rasa({"text": "oui"})
    assert turn(rasa, None)[0]["text"] == "oui"


def test_an_erasure_is_done_before_it_is_told():
    rasa = Rasa(ERASED)
    told_too_soon: list[Any] = []

    async def erase(agent: Rasa, conversation: str) -> None:
        told_too_soon.extend(agent.channel.messages)
        agent.erased.append(conversation)

    channel = rasa.channel = CollectingOutputChannel()
    keep_messages_private(erase)
    asyncio.run(rasa.handle_message(UserMessage("efface mes données", channel, "moi")))
    assert (rasa.erased, told_too_soon) == (["moi"], [])
    assert [message["text"] for message in channel.messages] == ["C'est effacé."]


def test_an_erasure_that_fails_is_never_told_as_done():
    async def fails(*_: Any) -> None:
        raise OSError("disque plein")

    rasa = Rasa(ERASED)
    rasa.channel = CollectingOutputChannel()
    keep_messages_private(fails)
    with pytest.raises(OSError):
        asyncio.run(rasa.handle_message(UserMessage("efface", rasa.channel, "moi")))
    assert rasa.channel.messages == []


def test_an_ordinary_turn_erases_nothing():
    rasa = Rasa({"text": "oui"})
    turn(rasa)
    assert rasa.erased == []


def test_installing_it_twice_does_things_once(counted):
    rasa = Rasa(ERASED)
    keep_messages_private(lambda *_: None)
    turn(rasa)
    assert rasa.erased == ["moi"]
    assert len(counted) == 1


@pytest.mark.parametrize(
    "says, outcome",
    [
        (({"text": "oui", "bande": "sur"},), "sur"),
        (({"text": "quoi ?", "bande": "incompris"},), "incompris"),
        (({"text": "!", "bande": "sur", "blocs": [{"type": "alerte"}]},), "urgence"),
        ((ERASED,), "efface"),
        ((), "incident"),
        (({"text": "désolé", "bande": "incident"},), "incident"),
    ],
)
def test_each_turn_is_counted_by_its_end(counted, says, outcome):
    turn(Rasa(*says))
    assert counted == [("rest", outcome)]


@pytest.mark.parametrize(
    "error, outcome", [(RuntimeError(), "incident"), (AlreadyAnswered([]), "repete")]
)
def test_so_is_one_that_fails(counted, error, outcome):
    with pytest.raises(type(error)):
        turn(Rasa(error))
    assert counted == [("rest", outcome)]


def test_a_client_of_rest_names_no_channel_of_its_own(counted):
    turn(Rasa({"text": "oui", "bande": "sur"}), input_channel="06 12 34 56 78")
    assert counted == [("rest", "sur")]
