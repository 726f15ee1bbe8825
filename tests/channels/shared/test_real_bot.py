"""Telegram, SMS, WhatsApp and Messenger on the real Rasa and the real action server."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.channels.messenger.conftest import Person as MessengerPerson
from tests.channels.shared.fake import Answer
from tests.channels.shared.real import Town, town
from tests.channels.shared.serving import ALERT

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("messagerie")) as running:
        yield running


@pytest.fixture(autouse=True)
def no_fault(real: Town) -> Iterator[None]:
    """Whatever the bot said, the services would have taken it."""
    yield
    assert real.telegram.faults == real.twilio.faults == real.messenger.faults == []


def plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", text)).replace("\u00a0", " ")


def titles(shown):
    return [row[0]["text"] for row in shown["reply_markup"]["inline_keyboard"]]


def pressed(person, shown, preferred="P90 à P94"):
    """Press this button if it is there, else the first; return the text that ends the answer."""
    before, offered = len(person.shown()), titles(shown)
    person.press(shown, preferred if preferred in offered else offered[0])
    person.api.wait_until(lambda: len(person.shown()) > before and "text" in person.shown()[-1])
    return person.shown()[-1]


def test_telegram_greeting_question_button(real):
    person = real.telegram_person()
    welcome = person.says("/start")
    assert "automate" in welcome["text"]
    person.press(welcome, titles(welcome)[0])
    answer = person.wait(2)[1]
    assert "Source" in answer["text"]
    duration = plain(person.says("combien dure la formation ?")["text"])
    assert "heures" in duration
    assert "automate" not in duration


def test_telegram_guided_estimate_and_its_picture(real):
    person = real.telegram_person()
    shown = person.says("tu peux calculer mon aide ?")
    for _ in range(8):
        if any("photo" in given for given in person.shown()):
            break
        shown = pressed(person, shown)
    assert "€" in plain(shown["text"])
    (picture,) = [given for given in person.shown() if "photo" in given]
    assert picture["photo"].startswith("https://bot.example/estimation.png?quotite=")
    path = picture["photo"].removeprefix("https://bot.example")
    drawn = real.served.http.get(real.served.url + path, timeout=60)
    assert drawn.headers["Content-Type"] == "image/png"


def test_sms_by_numbers(real):
    phone = real.phone()
    asked = phone.says("estimer mon aide")
    assert "1. " in asked
    for _ in range(8):
        if "€" in asked:
            break
        asked = phone.says("le 1")
    assert "€" in asked
    assert "Source" in asked
    assert "\u00a0" not in asked


def test_whatsapp_answers_and_sends_the_picture(real):
    phone = real.phone("whatsapp:")
    phone.send("aide pour un mi-temps, patientèle P92 ?")
    picture, text = phone.wait(2)
    assert picture["MediaUrl"].startswith("https://bot.example/estimation.png?")
    assert "14 000 €" in text["Body"].replace("\u00a0", " ")


def test_messenger_answers_with_quick_replies(real):
    person = MessengerPerson(real.served, real.messenger)
    shown = person.says("qui peut devenir assistant médical ?")
    assert "Source" in shown["text"]
    assert shown["quick_replies"]


def test_over_long_text_bad_signature_malformed_body_duplicate(real):
    person = real.telegram_person()
    assert "1 000 caractères" in person.says("formation " * 200)["text"]
    assert person.post(person.update(text="bonjour"), "faux").status_code == 403
    assert person.post(b"{").status_code == 400
    update = person.update(text="combien dure la formation ?")
    for _ in range(2):
        assert person.post(update).status_code == 200
    person.wait(2)
    assert "15" in person.says(ALERT)["text"]
    assert len(person.shown()) == 3


def test_a_service_away_for_a_while_loses_nothing(real):
    phone = real.phone()
    real.twilio.next += [Answer(503), Answer(503)]
    phone.send("combien dure la formation ?")
    phone.send("et qui paie ?")
    first, second = (given["Body"] for given in phone.wait(2))
    assert "heures" in first
    assert first != second


def test_erasure_is_done_before_it_is_told(real):
    person = real.telegram_person()
    person.says("je suis aide-soignante, marque-unique-4711")
    assert stored(real.data, "marque-unique-4711")
    person.says("efface mes données")
    assert not stored(real.data, "marque-unique-4711")


def test_no_account_is_stored_or_logged(real):
    phone, person = real.phone(), real.telegram_person()
    phone.says("bonjour")
    person.says("bonjour")
    kept = [*real.data.rglob("*"), *real.bot.logs.iterdir()]
    contents = b"".join(path.read_bytes() for path in kept if path.is_file())
    assert b"twilio-" in contents
    for secret in (phone.number, str(person.id), "jeton-de-twilio", "secret-de-l-application"):
        assert secret.strip("+").encode() not in contents


def stored(data: Path, words: str) -> bool:
    with closing(sqlite3.connect(data / "conversations.db")) as database:
        query = "select count(*) from events where data like ?"
        return bool(database.execute(query, (f"%{words}%",)).fetchone()[0])
