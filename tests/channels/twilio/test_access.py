"""Forged, broken and repeated calls; refusals of Twilio's."""

from __future__ import annotations

import pytest

from tests.channels.shared.fake import Answer
from tests.channels.twilio.conftest import ADDRESS


def test_a_wrong_signature_gets_403_and_costs_nothing(sms):
    form = sms.form("bonjour")
    assert sms.post(form, token="un autre").status_code == 403
    assert sms.post(form, address="http://127.0.0.1/webhooks/twilio/webhook").status_code == 403
    assert sms.served.post("twilio", b"Body=bonjour", {}).status_code == 403
    assert sms.says("vrai") == "Entendu : vrai"
    assert sms.served.agent.heard == ["vrai"]
    assert len(sms.api.calls) == 1


def test_another_account_is_refused_even_signed(sms):
    assert sms.post(sms.form("bonjour", AccountSid="AC" + "1" * 32)).status_code == 403


def test_a_changed_field_is_refused(sms):
    form = sms.form("bonjour")
    signed = sms.post(form).request
    changed = signed.body.replace(b"bonjour", b"bonsoir")
    assert sms.served.post("twilio", changed, dict(signed.headers)).status_code == 403


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"&".join([b"a=1"] * 500), b"{}"])
def test_a_malformed_body_is_refused(sms, body):
    assert sms.post(body).status_code == 403


@pytest.mark.parametrize("missing", ["From", "To", "MessageSid"])
def test_a_signed_call_without_a_field_is_told_which(sms, missing):
    form = sms.form("bonjour")
    del form[missing]
    answer = sms.post(form)
    assert answer.status_code == 400
    assert missing in answer.json()["erreur"]["message"]


def test_accents_emojis_and_blanks_are_signed_alike(sms):
    text = "é + ç & = %20 🙂 fin"
    assert "fin" in sms.says(text)
    assert sms.served.agent.heard == [text]


def test_news_of_our_own_messages_is_not_answered(sms):
    assert sms.post(sms.form("", SmsStatus="delivered")).status_code == 200
    sms.says("bonjour")
    assert len(sms.api.calls) == 1


def test_a_message_delivered_twice_is_answered_once(sms):
    form = sms.form("bonjour")
    for _ in range(3):
        assert sms.post(form).status_code == 200
    sms.wait()
    sms.says("fin")
    assert sms.served.agent.heard == ["bonjour", "fin"]


def test_who_opted_out_is_not_written_to_again_and_again(sms):
    sms.api.next.append(Answer(400, {"code": 21610}))
    sms.send("bonjour")
    assert sms.says("suite") == "Entendu : suite"
    assert len(sms.api.calls) == 2


def test_the_query_of_the_address_is_signed_too(sms):
    form = sms.form("bonjour")
    answer = sms.post(form, address=f"{ADDRESS}?x=1")
    assert answer.status_code == 403
