"""A medical emergency is answered, whatever else is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant_am.channels.web.sessions import Sessions
from tests.channels.web.server import ALERT, SECRET, code_of, new_id, serving


def alert_of(answer):
    assert answer.status_code == 200
    reply = answer.json()["reponse"]
    assert [block["type"] for block in reply["blocs"]] == ["alerte"]
    assert (reply["boutons"], reply["question"]) == ([], False)
    return reply["blocs"][0]["texte"]


def test_vital_and_suicide_have_their_own_numbers(served):
    session = served.session()
    assert "15" in alert_of(served.say(ALERT, session))
    assert "3114" in alert_of(served.say("je veux me suicider", session))


def test_the_alert_does_not_wait_and_the_turn_reaches_rasa(served):
    served.close()
    assert "15" in alert_of(served.say(ALERT, served.session()))
    assert served.agent.started.wait(10)
    (message,) = served.agent.said
    assert message.text == ALERT
    served.open()
    assert served.agent.ended.wait(10)


def test_asked_twice_it_runs_once_and_says_the_same(served):
    session, message = served.session(), new_id()
    first, second = (served.say(ALERT, session, message).json() for _ in range(2))
    assert first == second
    # Turns of a conversation run in order: when this one is answered, nothing is left to run.
    served.say("fin", session)
    assert [said.text for said in served.agent.said] == [ALERT, "fin"]


def expired():
    return Sessions(SECRET.encode(), -1).open()[1]


@pytest.mark.parametrize(
    "body",
    [
        {"texte": ALERT},
        {"session": "x", "id": new_id(), "texte": ALERT},
        {"session": expired(), "id": new_id(), "texte": ALERT},
        {"session": 5, "id": ["x"], "texte": ALERT},
        {"session": "x", "id": new_id(), "texte": ALERT, "charge": "x", "inconnu": None},
        {"session": "x", "id": "\x00<b>", "texte": "/" + ALERT},
        {"session": "x", "id": "x" * 7000, "texte": f"\u202e{ALERT}\x00"},
        {"session": "x", "id": new_id(), "texte": "bonjour " * 600 + ALERT},
    ],
)
def test_no_refusal_hides_an_alert(served, body):
    answer = served.post("message", body)
    assert "15" in alert_of(answer)
    assert len(answer.json()["id"]) <= 64


def test_without_model_nor_actions(served):
    served.agent.ready = False
    assert "15" in alert_of(served.say(ALERT, served.session()))
    assert served.agent.said == []


def test_a_long_alert_is_answered_but_not_passed_on(served):
    session = served.session()
    assert alert_of(served.say("bonjour " * 600 + ALERT, session))
    served.say("fin", session)
    assert [said.text for said in served.agent.said] == ["fin"]


def test_what_is_no_emergency_goes_its_way(served):
    answer = served.say("je prends une pause en urgence administrative", served.session())
    assert answer.json()["reponse"]["blocs"][0]["type"] == "paragraphe"


def test_a_flood_of_long_texts_is_not_looked_through(settings):
    with serving(replace(settings, address_limit="60/hour")) as limited:
        long_alert = "bonjour " * 600 + ALERT
        codes = [limited.say(long_alert, "x").status_code for _ in range(3)]
        assert codes == [200, 200, 401]
        # What a person types in danger always is.
        assert alert_of(limited.say(ALERT, "x"))


def test_a_flood_of_alerts_without_session_is_refused_as_the_rest_is(settings):
    with serving(replace(settings, address_limit="5/hour")) as limited:
        answers = [limited.say(ALERT, "x") for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert code_of(answers[-1]) == "trop_de_messages"
        # Whoever is in danger reads what to do.
        assert "15" in answers[-1].json()["erreur"]["message"]
        # Another person behind the same address has a session.
        assert alert_of(limited.say(ALERT, limited.session()))


@pytest.mark.parametrize("body", [{}, {"session": None}, {"session": 5}, {"session": "x" * 50}])
def test_whatever_stands_for_a_session(settings, body):
    with serving(replace(settings, address_limit="2/hour")) as limited:
        answers = [limited.post("message", {**body, "texte": "bonjour"}) for _ in range(4)]
        assert [answer.status_code for answer in answers][2:] == [429, 429]
