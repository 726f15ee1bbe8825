"""One message: what comes back, that it is no command, that it runs once."""

from __future__ import annotations

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from tests.channels.web.server import code_of, new_id, serving


def texts(answer):
    return [block.get("texte") for block in answer.json()["reponse"]["blocs"]]


def test_an_answer_has_blocks_buttons_and_a_reference(served):
    answer = served.say("bonjour", served.session())
    assert answer.status_code == 200
    reply = answer.json()["reponse"]
    assert set(reply) == {"reference", "blocs", "boutons", "question"}
    assert reply["blocs"] == [{"type": "paragraphe", "texte": "Entendu : bonjour"}]
    assert [button["titre"] for button in reply["boutons"]] == ["Et après ?"]


def test_a_button_says_its_words_in_its_own_conversation_only(served):
    mine, other = served.session(), served.session()
    (button,) = served.say("bonjour", mine).json()["reponse"]["boutons"]
    pressed = served.press(button["charge"], mine)
    assert texts(pressed) == ["Entendu : et après"]
    stolen = served.press(button["charge"], other)
    assert (stolen.status_code, code_of(stolen)) == (400, "charge_inconnue")
    assert len(served.agent.said) == 2


@pytest.mark.parametrize("payload", ["/restart", "et après", "ImV0IGFwcsOocyI.x", "é"])
def test_a_payload_that_was_never_offered_is_refused(served, payload):
    answer = served.press(payload, served.session())
    assert answer.status_code == 400
    assert served.agent.said == []


def test_words_put_in_the_place_of_a_session_are_no_payload(served):
    """What one key signs, no other accepts."""
    session = served.session()
    answer = served.press(session, session)
    assert code_of(answer) == "charge_inconnue"


@pytest.mark.parametrize(
    "typed",
    [
        "/recommencer",
        '/demander_montant_aide{"quotite":1}',
        "  /restart",
        "// / /restart",
        "\u200b/restart",
        "\x00/restart",
        "/\u200b/restart",
        "\ufeff \u2060/restart",
    ],
)
def test_what_is_typed_is_never_a_command(served, typed):
    answer = served.say(typed, served.session())
    assert answer.status_code == 200
    (message,) = served.agent.said
    assert message.text.strip()[0].isalpha()


@pytest.mark.parametrize("typed", ["", "   ", "///", "\u200b", "\x07", "\ud800"])
def test_nothing_typed_is_refused_with_a_sentence(served, typed):
    answer = served.raw(
        "message",
        json.dumps({"session": served.session(), "id": new_id(), "texte": typed}).encode(),
        Content_Type="application/json",
    )
    assert (answer.status_code, code_of(answer)) == (400, "champ_invalide")
    assert "texte" in answer.json()["erreur"]["message"]
    assert served.agent.said == []


def test_control_characters_and_lone_surrogates_are_dropped(served):
    typed = json.dumps("bon\x00jour\ud800 \u202eà\x1b tous\nles deux").encode()
    body = b'{"session":"%s","id":"%s","texte":%s}' % (
        served.session().encode(),
        new_id().encode(),
        typed,
    )
    answer = served.raw("message", body, Content_Type="application/json")
    assert answer.status_code == 200
    assert served.agent.said[0].text == "bonjour à tous\nles deux"


def test_a_thousand_characters_pass_and_one_more_does_not(served):
    session = served.session()
    assert served.say("é" * 1000, session).status_code == 200
    assert served.say("  " + "é" * 1000 + "  ", session).status_code == 200
    refused = served.say("é" * 1001, session)
    assert (refused.status_code, code_of(refused)) == (413, "trop_long")


def test_the_server_decides_who_speaks(served):
    served.say("bonjour", served.session())
    (message,) = served.agent.said
    assert message.input_channel == "web"
    assert message.sender_id.startswith("visiteur-")
    assert message.metadata == {"accueil_lu": True}


def test_the_same_message_twice_is_answered_once(served):
    session, message = served.session(), new_id()
    first = served.say("bonjour", session, message)
    again = served.say("bonjour", session, message)
    assert first.json() == again.json()
    assert len(served.agent.said) == 1


def test_the_same_id_in_two_conversations_is_two_messages(served):
    message = new_id()
    served.say("bonjour", served.session(), message)
    served.say("bonsoir", served.session(), message)
    assert [said.text for said in served.agent.said] == ["bonjour", "bonsoir"]


def test_ten_deliveries_at_once_are_answered_once(served):
    session, message = served.session(), new_id()
    served.close()
    with ThreadPoolExecutor(10) as pool:
        sent = [pool.submit(served.say, "bonjour", session, message) for _ in range(10)]
        assert served.agent.started.wait(10)
        served.open()
        answers = [future.result().json() for future in sent]
    assert all(answer == answers[0] for answer in answers)
    assert len(served.agent.said) == 1


def test_messages_of_one_conversation_run_in_order(served):
    session = served.session()
    served.close()
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(served.say, "un", session)
        assert served.agent.started.wait(10)
        second = pool.submit(served.say, "deux", session)
        # Another person is served meanwhile, up to the closed gate.
        other = pool.submit(served.say, "autre", served.session())
        served.open()
        assert [future.result().status_code for future in (first, second, other)] == [200] * 3
    assert [said.text for said in served.agent.said if said.text != "autre"] == ["un", "deux"]


@pytest.fixture
def hasty(settings):
    """A channel that waits a tenth of a second for an answer."""
    with serving(replace(settings, deadline=0.1)) as running:
        yield running


def test_a_late_answer_is_there_when_asked_again(hasty):
    session, message = hasty.session(), new_id()
    hasty.close()
    late = hasty.say("bonjour", session, message)
    assert late.status_code == 202
    assert late.json() == {"id": message, "etat": "en_cours", "reessayer_dans": 2}
    hasty.open()
    assert hasty.agent.ended.wait(10)
    assert texts(hasty.say("bonjour", session, message)) == ["Entendu : bonjour"]
    assert len(hasty.agent.said) == 1


def test_a_client_that_leaves_does_not_stop_its_turn(served):
    session, message = served.session(), new_id()
    served.close()
    body = json.dumps({"session": session, "id": message, "texte": "bonjour"}).encode()
    place = urlsplit(served.url)
    with socket.create_connection((place.hostname, place.port)) as client:
        client.sendall(
            b"POST /webhooks/web/message HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        )
        assert served.agent.started.wait(10)
    # Answered by the loop after it saw the connection close.
    assert served.get("/vivant").text == "ok"
    served.open()
    assert served.agent.ended.wait(10)
    assert texts(served.say("bonjour", session, message)) == ["Entendu : bonjour"]
    assert len(served.agent.said) == 1


@pytest.mark.parametrize("typed", ["plantage", "silence", "panne"])
def test_when_nothing_comes_back_an_incident_is_said_in_french(served, typed, caplog):
    session = served.session()
    answer = served.say(typed, session)
    assert answer.status_code == 200
    assert "incident technique" in texts(answer)[0]
    (retry,) = answer.json()["reponse"]["boutons"]
    assert retry["titre"] == "Réessayer"
    assert "confidentiel-plantage" not in answer.text + caplog.text


def test_a_turn_that_never_ends_is_given_up(served, monkeypatch):
    monkeypatch.setattr("assistant_am.channels.shared.turn.LONGEST_TURN", 0.1)
    served.close()
    answer = served.say("bonjour", served.session())
    served.open()
    assert "incident technique" in texts(answer)[0]


def test_no_model_is_an_incident_and_the_same_id_works_later(served):
    session, message = served.session(), new_id()
    served.agent.ready = False
    answer = served.say("bonjour", session, message)
    assert (answer.status_code, code_of(answer)) == (503, "incident")
    assert answer.json()["erreur"]["reessayer_dans"] > 0
    served.agent.ready = True
    assert texts(served.say("bonjour", session, message)) == ["Entendu : bonjour"]


def test_erasing_forgets_answers_and_events_and_keeps_the_session(served):
    session, message = served.session(), new_id()
    served.say("bonjour", session, message)
    (said,) = served.agent.said
    served.agent.tracker_store.store[said.sender_id] = "{}"
    answer = served.post("effacer", {"session": session})
    assert (answer.status_code, answer.content) == (204, b"")
    assert said.sender_id not in served.agent.tracker_store.store
    # Asked again, the same message is a new one.
    assert served.say("bonjour", session, message).status_code == 200
    assert len(served.agent.said) == 2


def test_an_opinion_is_kept_changed_and_erased(served):
    import sqlite3

    session = served.session()
    reference = served.say("bonjour", session).json()["reponse"]["reference"]
    for opinion, reason in (("utile", ""), ("inutile", "trop long")):
        body = {"session": session, "reference": reference, "avis": opinion, "raison": reason}
        assert served.post("avis", body).status_code == 204

    def rows():
        with sqlite3.connect(served.data / "avis.db") as database:
            return database.execute("select avis, raison from avis").fetchall()

    assert rows() == [("inutile", "trop long")]
    assert (served.data / "avis.db").stat().st_mode & 0o077 == 0
    served.post("effacer", {"session": session})
    assert rows() == []


def test_an_opinion_is_given_on_ones_own_answers_only(served):
    mine, other = served.session(), served.session()
    reference = served.say("bonjour", mine).json()["reponse"]["reference"]
    body = {"session": other, "reference": reference, "avis": "utile"}
    answer = served.post("avis", body)
    assert (answer.status_code, code_of(answer)) == (400, "champ_invalide")
