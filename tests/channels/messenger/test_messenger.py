"""Messenger: quick replies, templates, signed calls, several events in one."""

from __future__ import annotations

import pytest

from assistant_am.channels.messenger.api import shortened
from assistant_am.channels.messenger.events import START
from assistant_am.channels.shared import outbox
from assistant_am.channels.shared.phrases import KINDS
from tests.channels.messenger.conftest import VERIFICATION
from tests.channels.shared.fake import Answer
from tests.channels.shared.serving import ALERT
from tests.channels.telegram.test_talk import PICTURE, SOURCES
from tests.channels.twilio.test_talk import CHOICES, LINK

LONG = {
    "text": "Choisissez.",
    "buttons": [
        {"title": f"Une question assez longue, la {rank}", "payload": f"question {rank}"}
        for rank in range(1, 16)
    ],
}


def quick_replies(message):
    return [(reply["title"], reply["payload"]) for reply in message["quick_replies"]]


def test_short_choices_are_quick_replies(person):
    person.served.agent.script["choix"] = CHOICES
    shown = person.says("choix")
    assert shown["text"] == "Quelle quotité ?"
    titles = [title for title, _ in quick_replies(shown)]
    assert titles == ["Mi-temps", "Temps plein", "Je ne sais pas"]
    title, payload = quick_replies(shown)[1]
    person.says(title, quick_reply={"payload": payload})
    assert person.served.agent.heard[-1] == "à temps plein"


def test_long_choices_are_numbered_in_the_text_and_thirteen_at_most_pressed(person):
    person.served.agent.script["choix"] = LONG
    shown = person.says("choix")
    assert "15. Une question assez longue, la 15" in shown["text"]
    assert len(shown["quick_replies"]) == 13
    assert quick_replies(shown)[2][0] == "3. Une question…"
    person.says("x", quick_reply={"payload": quick_replies(shown)[2][1]})
    assert person.served.agent.heard[-1] == "question 3"
    person.says("choix")
    person.says("15")
    assert person.served.agent.heard[-1] == "question 15"


def test_a_button_from_before_a_restart_says_its_title(person):
    person.says("Durée", quick_reply={"payload": "inconnu"})
    assert person.served.agent.heard == ["Durée"]


def test_pictures_and_links(person):
    person.served.agent.script["dis"] = {"blocs": [PICTURE, LINK, LINK, LINK, LINK, SOURCES]}
    person.send("dis")
    picture, three, one, text = person.wait(4)
    assert picture["attachment"]["payload"]["url"].startswith("https://bot.example/estimation.png")
    assert len(three["attachment"]["payload"]["buttons"]) == 3
    assert one["attachment"]["payload"]["buttons"][0]["title"] == "Page imprimable"
    assert text["text"].startswith("Source : Onisep")


def test_a_long_answer_is_cut_after_sentences_and_keeps_its_sources(person):
    sentence = "Cette phrase dit quelque chose d'assez long sur la formation."
    person.served.agent.script["long"] = {
        "blocs": [{"type": "paragraphe", "texte": " ".join([sentence] * 300)}, SOURCES]
    }
    person.send("long")
    texts = [message["text"] for message in person.wait(3)]
    assert texts[0].endswith("formation.")
    assert "Onisep" in texts[2]


def test_get_started_welcomes(person):
    person.post(person.event(postback={"mid": "m_debut", "title": "Démarrer", "payload": START}))
    (shown,) = person.wait()
    assert "automate" in shown["text"]
    assert len(shown["quick_replies"]) == 4


def test_help_and_stop(person):
    assert "STOP" in person.says("aide")["text"]
    assert "C'est arrêté" in person.says("stop")["text"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"attachments": [{"type": "audio", "payload": {}}]}, "vocal"),
        ({"attachments": [{"type": "image", "payload": {"sticker_id": 3}}]}, "autocollant"),
        ({"attachments": [{"type": "image", "payload": {"url": "x"}}]}, "image"),
        ({"attachments": [{"type": "location", "payload": None}]}, "position"),
        ({"attachments": [{"type": "file"}]}, "fichier"),
        ({"is_deleted": True}, "supprime"),
    ],
)
def test_what_is_no_text_gets_a_courteous_line(person, content, kind):
    person.post(person.message(**content))
    assert person.wait()[0]["text"] == KINDS[kind]


def test_an_edited_message_gets_a_courteous_line(person):
    edit = {"mid": "m_edit", "text": "combien ?", "num_edit": 1}
    person.post(person.event(message_edit=edit))
    assert person.wait()[0]["text"] == KINDS["modifie"]


def test_echoes_receipts_and_reactions_are_not_answered(person):
    person.post(
        person.message(text="c'est moi, la page", is_echo=True),
        person.event(read={"watermark": 1}),
        person.event(delivery={"mids": []}),
        person.event(reaction={"emoji": "🙂"}),
    )
    person.says("bonjour")
    assert person.served.agent.heard == ["bonjour"]


def test_events_of_several_people_in_one_call(served, api, person):
    from tests.channels.messenger.conftest import Person

    other = Person(served, api)
    person.post(person.message(text="un"), other.message(text="deux"), person.message(text="trois"))
    assert [message["text"] for message in person.wait(2)] == ["Entendu : un", "Entendu : trois"]
    assert other.wait()[0]["text"] == "Entendu : deux"


def test_a_wrong_signature_gets_403_and_costs_nothing(person):
    assert person.post(person.message(text="bonjour"), secret="autre").status_code == 403
    assert person.served.post("messenger", b"{}", {}).status_code == 403
    sha1 = {"X-Hub-Signature": "sha1=00"}
    assert person.served.post("messenger", b"{}", sha1).status_code == 403
    person.says("vrai")
    assert person.served.agent.heard == ["vrai"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"object": "page"}',
        b'{"object": "page", "entry": [{"messaging": [1]}]}',
    ],
)
def test_a_malformed_body_is_told_so(person, body):
    answer = person.raw(body)
    assert answer.status_code == 400
    assert "Messenger" in answer.json()["erreur"]["message"]


def test_a_message_delivered_twice_is_answered_once(person):
    message = person.message(text="bonjour")
    person.post(message)
    person.post(message, person.message(text="suite"))
    person.wait(2)
    assert person.served.agent.heard == ["bonjour", "suite"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(400, {"error": {"code": 613}}),
        Answer(400, {"error": {"code": 100, "is_transient": True}}),
        Answer(500, {}),
    ],
)
def test_what_passes_is_tried_again(person, monkeypatch, answer):
    monkeypatch.setattr(outbox, "FIRST_PAUSE", 0.01)
    person.api.next.append(answer)
    assert person.says("bonjour")["text"] == "Entendu : bonjour"


def test_meta_asks_whether_the_address_is_ours(served):
    address = f"{served.url}/webhooks/messenger/webhook"
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    good = served.http.get(address, params={**asked, "hub.verify_token": VERIFICATION}, timeout=10)
    assert (good.status_code, good.text) == (200, "1158201444")
    bad = served.http.get(address, params={**asked, "hub.verify_token": "x"}, timeout=10)
    assert bad.status_code == 403
    assert served.http.get(address, timeout=10).status_code == 403


def test_an_emergency_is_answered(person):
    assert "15" in person.says(ALERT)["text"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Durée", "Durée"),
        ("Vingt caractères ici", "Vingt caractères ici"),
        ("Qui peut devenir assistant médical ?", "Qui peut devenir…"),
        ("Anticonstitutionnellement", "Anticonstitutionnel…"),
    ],
)
def test_titles_are_cut_after_a_word(title, shown):
    assert shortened(title) == shown
    assert len(shown) <= 20
