"""What a visitor sees, and what is stored, when a part fails in the middle of a conversation."""

from __future__ import annotations

import threading
import time
import uuid

import pytest
import requests

from assistant_am.stores.conversations import RETRY_SECONDS
from tests.facts import CQP_DURATION
from tests.faults.cluster import (
    INCIDENT,
    QUESTION,
    freeze,
    is_well,
    kill,
    resume,
    together,
    until,
    words,
)

pytestmark = pytest.mark.e2e

EMERGENCY = "mon père fait un malaise, il ne respire plus"


def guided(visitor):
    """The first two steps of a guided estimate; the next question is what follows."""
    visitor.ask("je veux estimer l'aide")
    return visitor.ask("mi-temps")


def goes_on_with(visitor, question):
    """The estimate is where it was, with what was said before: the year comes next, once."""
    answer = visitor.ask("3e année")
    assert answer != question
    assert INCIDENT not in answer
    recalled = visitor.ask("que savez-vous de ma situation ?")
    assert "mi-temps" in recalled or "50" in recalled or "0,5" in recalled, recalled


def incident_soon(visitor, seconds, text="3e année", number=0):
    """An incident's sentence; returns after how long."""
    began, message = time.monotonic(), str(uuid.uuid4())
    answer = visitor.post(text, number, message)
    while answer.status_code == 202:
        answer = visitor.post(text, number, message)
    took = time.monotonic() - began
    assert INCIDENT in words(answer)
    assert took < seconds
    return took


def test_postgresql_restarted_in_the_middle_of_an_estimate(cluster, record_property):
    """A restart of a second or two: the visitor waits, and notices nothing else."""
    visitor = cluster.visitor()
    question = guided(visitor)
    cluster.postgres.stop()
    threading.Timer(1, cluster.postgres.start).start()
    began = time.monotonic()
    goes_on_with(visitor, question)
    record_property("secondes", time.monotonic() - began)
    assert len(visitor.said) == 4


def test_postgresql_away_then_back(cluster, record_property):
    visitor = cluster.visitor()
    question = guided(visitor)
    cluster.postgres.kill()
    record_property("incident", incident_soon(visitor, 15))
    # Those who come next are told at once, and an emergency is answered as ever.
    incident_soon(visitor, RETRY_SECONDS)
    assert "15" in visitor.ask(EMERGENCY)
    until(lambda: cluster.state()[0] == 503)
    assert cluster.state()[1]["conversations"] == "perdues"
    cluster.postgres.start()
    record_property("retour", until(lambda: is_well(cluster, 0)))
    goes_on_with(visitor, question)
    # The turns that were told as incidents are not stored; the emergency was no turn of theirs.
    assert visitor.said[:2] == ["je veux estimer l'aide", "mi-temps"]
    assert visitor.said[-2:] == ["3e année", "que savez-vous de ma situation ?"]
    assert visitor.said.count("3e année") == 1


def test_postgresql_slow(cluster, record_property):
    """Everything waits two seconds for a lock: late, and nothing else."""
    visitor = cluster.visitor()
    question = guided(visitor)
    with cluster.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
        message = str(uuid.uuid4())
        late = visitor.post("3e année", 0, message)
        assert (late.status_code, late.json()["etat"]) == (202, "en_cours")
        began = time.monotonic()
        assert "15" in cluster.visitor().ask(EMERGENCY)
        record_property("urgence", time.monotonic() - began)
        assert time.monotonic() - began < 2
    answer = visitor.ask("3e année", 0, message)
    assert INCIDENT not in answer
    assert answer != question
    assert visitor.said == ["je veux estimer l'aide", "mi-temps", "3e année"]


def test_postgresql_hangs(cluster, record_property):
    """A statement that is not done in five seconds is an incident, and is not done later."""
    visitor = cluster.visitor()
    question = guided(visitor)
    with cluster.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
        record_property("incident", incident_soon(visitor, 20))
        until(lambda: cluster.state()[0] == 503)
        assert cluster.state()[1]["conversations"] == "perdues"
    record_property("retour", until(lambda: is_well(cluster, 0)))
    goes_on_with(visitor, question)
    assert visitor.said.count("3e année") == 1


def test_redis_away_then_back(cluster, record_property):
    visitor = cluster.visitor()
    question = guided(visitor)
    cluster.redis.stop()
    record_property("incident", incident_soon(visitor, 10))
    assert "15" in visitor.ask(EMERGENCY)
    cluster.redis.start()
    record_property("retour", until(lambda: is_well(cluster, 0)))
    goes_on_with(visitor, question)
    assert visitor.said.count("3e année") == 1


def test_redis_restarted_between_two_turns(cluster):
    visitor = cluster.visitor()
    question = guided(visitor)
    cluster.redis.stop()
    cluster.redis.start()
    goes_on_with(visitor, question)


def test_action_server_dead_then_back(cluster, record_property):
    visitor = cluster.visitor()
    question = guided(visitor)
    kill(cluster.actions)
    record_property("incident", incident_soon(visitor, 10, text="et pour 2 ans ?"))
    assert "15" in visitor.ask(EMERGENCY)
    until(lambda: cluster.state()[0] == 503)
    assert cluster.state()[1]["serveur_actions"] == "ne_repond_pas"
    cluster.actions.start()
    record_property("retour", until(lambda: is_well(cluster, 0)))
    goes_on_with(visitor, question)


def test_action_server_killed_in_mid_turn(cluster, record_property):
    visitor, message = cluster.visitor(), str(uuid.uuid4())
    question = guided(visitor)
    freeze(cluster.actions)
    assert visitor.post("et à temps plein ?", 0, message).status_code == 202
    kill(cluster.actions)
    assert INCIDENT in visitor.ask("et à temps plein ?", 0, message)
    cluster.actions.start()
    record_property("retour", until(lambda: is_well(cluster, 0)))
    goes_on_with(visitor, question)


def test_action_server_slow(cluster):
    """Its turn is announced, an emergency and other routes answer meanwhile."""
    visitor, message = cluster.visitor(), str(uuid.uuid4())
    freeze(cluster.actions)
    try:
        late = visitor.post(QUESTION, 0, message)
        assert (late.status_code, late.json()["etat"]) == (202, "en_cours")
        began = time.monotonic()
        assert "15" in cluster.visitor().ask(EMERGENCY)
        assert time.monotonic() - began < 10
    finally:
        resume(cluster.actions)
    assert CQP_DURATION in visitor.ask(QUESTION, 0, message)
    assert visitor.said == [QUESTION]


def test_long_messages_while_others_are_served(cluster, record_property):
    """1 MB and 100 000 characters are refused at once; nobody waits for them."""
    visitor, other = cluster.visitor(), cluster.visitor()
    usual = timed(lambda: other.ask(QUESTION))[1]
    sizes = [1_000_000, 100_000, 9_000] * 4

    def send(size):
        try:
            return visitor.post("x " * (size // 2)).status_code
        except requests.ConnectionError:
            # Too much to be read at all: the connection is closed.
            return 413

    calls = [lambda size=size: send(size) for size in sizes]
    *codes, (answer, took) = together([*calls, lambda: timed(lambda: other.ask(QUESTION))])
    assert set(codes) == {413}
    assert CQP_DURATION in answer
    record_property("secondes", took)
    assert took < usual + 10
    assert visitor.said == []


def timed(call):
    began = time.monotonic()
    return call(), time.monotonic() - began


def test_garbage_is_refused_in_french(cluster):
    address = f"{cluster.urls[0]}/webhooks/web/message"
    deep = b"[" * 4000 + b"]" * 4000
    for body in (b"", b"{", b"\xff\xfe\x00", deep, b'{"texte": "\\ud800"}', b"null", b"[]"):
        answer = requests.post(
            address, data=body, headers={"Content-Type": "application/json"}, timeout=10
        )
        assert 400 <= answer.status_code < 500, body[:20]
        assert answer.json()["erreur"]["message"]
    answer = requests.post(
        address, data=b"texte", headers={"Content-Type": "text/plain"}, timeout=10
    )
    assert answer.status_code == 415


def test_200_connections(cluster):
    """Each gets an answer: its state, a session or a polite refusal."""

    def ask(number):
        return requests.get(f"{cluster.urls[number % 2]}/vivant", timeout=60).status_code

    assert together([lambda n=n: ask(n) for n in range(200)]) == [200] * 200


def test_a_process_killed_and_started_again(cluster, record_property):
    visitor = cluster.visitor()
    question = guided(visitor)
    kill(cluster.rasa(0))
    # The other one knows the conversation at once.
    answer = visitor.ask("3e année", 1)
    assert INCIDENT not in answer
    assert answer != question
    cluster.rasa(0).start()
    record_property("retour", until(lambda: is_well(cluster, 0), 180))
    assert visitor.said == ["je veux estimer l'aide", "mi-temps", "3e année"]
    assert INCIDENT not in visitor.ask("et à temps plein ?", 0)
