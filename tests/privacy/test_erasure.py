"""« Efface mes données »: from the action's mark to what the web channel keeps."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import world
from actions.repondre import ActionRepondre
from assistant_am.channels.shared.private import ERASURE
from assistant_am.channels.web.answer import Answers
from assistant_am.channels.web.sessions import Offers, References
from assistant_am.channels.web.talk import Talk
from assistant_am.dialogue.memory import Memory
from tests.actions.test_repondre import run, tracker

SECRET = b"s" * 40


def said(text: str, label: str, trust: str = "sur") -> dict[str, Any]:
    (message,), _ = run(tracker(text, label, trust=trust))
    return message


def test_the_words_that_it_is_erased_carry_the_mark():
    message = said("efface mes données", "effacer_donnees")
    assert "C'est effacé" in message["text"]
    assert message[ERASURE] is True


def test_so_do_they_after_a_long_silence():
    given = tracker("efface tout", "effacer_donnees", Memory(subject="duree_formation"))
    given.events = [{"event": "user", "timestamp": time} for time in (0.0, 3600.0)]
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionRepondre().run(dispatcher, given, {}))
    (message,) = dispatcher.messages
    assert "C'est effacé" in message["text"] and message[ERASURE] is True


@pytest.mark.parametrize(
    "text, label, trust",
    [
        ("recommencer", "recommencer", "sur"),
        ("efface euh", "effacer_donnees", "incompris"),
        ("mes données ?", "donnees_personnelles", "sur"),
        ("combien dure la formation ?", "duree_formation", "sur"),
    ],
)
def test_nothing_else_does(text, label, trust):
    message = said(text, label, trust)
    assert message[ERASURE] is False
    assert "C'est effacé" not in message["text"]


def test_each_answer_tells_how_far_its_question_was_understood():
    assert said("blabla", "saluer", "incompris")["bande"] == "incompris"


def talk(forgotten: list[str], *, erased: bool, fails: bool = False) -> Talk:
    async def handler(message: Any) -> None:
        words = {"text": "C'est effacé." if erased else "279 heures.", ERASURE: erased}
        await message.output_channel.send_response(message.sender_id, words)

    async def forget(conversation: str) -> None:
        if fails:
            raise OSError("disque plein")
        forgotten.append(conversation)

    answers = Answers(Offers(SECRET), References(SECRET))
    return Talk(handler, answers, world.current, forget)


def answer(of: Talk) -> str:
    reply = asyncio.run(of.turn("visiteur-1", "m-1", "efface"))
    return " ".join(block["texte"] for block in reply["blocs"])


def test_the_web_channel_forgets_its_own_part():
    forgotten: list[str] = []
    assert "C'est effacé" in answer(talk(forgotten, erased=True))
    assert forgotten == ["visiteur-1"]


def test_it_keeps_it_otherwise():
    forgotten: list[str] = []
    answer(talk(forgotten, erased=False))
    assert forgotten == []


def test_what_is_half_erased_is_not_told_as_erased():
    assert "incident technique" in answer(talk([], erased=True, fails=True))
