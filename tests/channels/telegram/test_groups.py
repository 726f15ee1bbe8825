"""Groups, and what is no text."""

from __future__ import annotations

import pytest

from assistant_am.channels.shared.phrases import KINDS
from tests.channels.telegram.bot_api import USERNAME

BOT = {"id": 123456789, "is_bot": True}


@pytest.fixture
def member(person):
    person.chat = {"id": -100200 - person.id, "type": "supergroup", "title": "Promo"}
    return person


@pytest.mark.parametrize("text", ["bonjour à tous", "@un_autre_bot bonjour", "/start@un_autre_bot"])
def test_what_members_say_to_each_other_is_not_answered(member, text):
    member.send(text)
    member.says(f"@{USERNAME} et toi ?")
    assert member.served.agent.heard == ["et toi ?"]
    assert len(member.api.calls) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"text": f"@{USERNAME} combien dure la formation ?"},
        {"text": f"@{USERNAME.upper()}, combien dure la formation ?"},
        {"text": f"/combien@{USERNAME} dure la formation ?"},
        {"text": "combien dure la formation ?", "reply_to_message": {"from": BOT}},
        {"caption": f"@{USERNAME} combien dure la formation ?", "photo": []},
    ],
)
def test_addressed_it_answers_to_the_message(member, content):
    member.post(member.update(**content))
    (shown,) = member.wait()
    assert member.served.agent.heard == ["combien dure la formation ?"]
    assert shown["reply_parameters"]["message_id"] == 77


def test_topics_stay_where_they_are(member):
    content = {"text": f"@{USERNAME} bonjour", "message_thread_id": 5, "is_topic_message": True}
    member.post(member.update(**content))
    assert member.wait()[0]["message_thread_id"] == 5


def test_what_one_said_in_private_does_not_go_on_in_a_group(person):
    person.says("je suis infirmière")
    alone = person.served.agent.said[-1].sender_id
    person.chat = {"id": -42, "type": "group"}
    person.says(f"@{USERNAME} et moi ?")
    assert person.served.agent.said[-1].sender_id != alone


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"voice": {"file_id": "x"}}, "vocal"),
        ({"sticker": {"file_id": "x"}}, "autocollant"),
        ({"location": {"latitude": 1, "longitude": 2}}, "position"),
        ({"photo": [{"file_id": "x"}]}, "image"),
        ({"document": {"file_id": "x"}}, "fichier"),
        ({"contact": {"phone_number": "1"}}, "contact"),
    ],
)
def test_what_is_no_text_gets_a_courteous_line(person, content, kind):
    person.post(person.update(**content))
    assert person.wait()[0]["text"] == KINDS[kind]
    assert person.served.agent.heard == []


def test_a_caption_is_a_question(person):
    person.post(person.update(photo=[{"file_id": "x"}], caption="c'est quoi ce diplôme ?"))
    person.wait()
    assert person.served.agent.heard == ["c'est quoi ce diplôme ?"]


def test_an_edited_message_is_not_read_again_but_an_emergency_is(person):
    edited = person.message(text="combien dure la formation ?", edit_date=2)
    person.post({"update_id": 900_001, "edited_message": edited})
    assert person.wait()[0]["text"] == KINDS["modifie"]
    edited["text"] = "mon père ne respire plus"
    person.post({"update_id": 900_002, "edited_message": edited})
    assert "15" in person.wait(2)[1]["text"]


def test_who_comes_and_leaves_is_not_spoken_to(person):
    person.post(person.update(new_chat_title="Promo"))
    person.post(person.update(left_chat_member={"id": 3}))
    person.says("bonjour")
    assert len(person.api.calls) == 1


def test_an_empty_message_is_told_so(person):
    assert "rien reçu" in person.says("///")["text"]
