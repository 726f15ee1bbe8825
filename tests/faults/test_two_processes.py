"""Two Rasa processes behave as one."""

from __future__ import annotations

import datetime
import threading
import time
import uuid

import pytest
import requests

from assistant_am.operations.errors import ServiceError
from assistant_am.operations.project import Project
from assistant_am.operations.reload import reload
from assistant_am.runtime.secrets import internal_key, load_secret
from tests.facts import CQP_DURATION
from tests.faults.cluster import QUESTION, freeze, kill, resume, together, until, words

pytestmark = pytest.mark.e2e


def test_50_messages_of_one_person_at_once(cluster, record_property):
    """50 answered, 50 stored, each once, one session."""
    visitor = cluster.visitor()
    asked = [f"{QUESTION} ({n})" for n in range(50)]
    ids = [str(uuid.uuid4()) for _ in asked]

    def ask(n):
        answer = visitor.post(asked[n], n % 2, ids[n])
        while answer.status_code == 202:
            # The other process knows the late answer as well.
            answer = visitor.post(asked[n], (n + 1) % 2, ids[n])
        return answer

    began = time.monotonic()
    answers = together([lambda n=n: ask(n) for n in range(50)])
    record_property("secondes", time.monotonic() - began)
    assert [answer.status_code for answer in answers] == [200] * 50
    assert all(CQP_DURATION in words(answer) for answer in answers)
    assert sorted(visitor.said) == sorted(asked)
    events = cluster.stored(visitor.conversation)
    assert sum(event["event"] == "session_started" for event in events) == 1
    # Every question is followed by its own answer.
    kinds = [event["event"] for event in events if event["event"] in ("user", "bot")]
    assert kinds == ["user", "bot"] * 50


def test_messages_one_after_the_other_stay_in_order(cluster):
    visitor = cluster.visitor()
    asked = [f"{QUESTION} ({n})" for n in range(12)]
    threads = []
    for n, text in enumerate(asked):
        number = (0, 0, 1)[n % 3]
        threads.append(threading.Thread(target=visitor.post, args=(text, number)))
        threads[-1].start()
        time.sleep(0.2)  # nobody types faster
    for thread in threads:
        thread.join()
    until(lambda: len(visitor.said) == 12)
    assert visitor.said == asked


def test_the_same_message_to_both_is_done_once(cluster):
    visitor, message = cluster.visitor(), str(uuid.uuid4())
    first, second = together([lambda n=n: visitor.post(QUESTION, n, message) for n in (0, 1)])
    assert first.json()["reponse"]["blocs"] == second.json()["reponse"]["blocs"]
    assert visitor.said == [QUESTION]


def test_a_late_answer_is_got_from_the_other_process(cluster):
    visitor, message = cluster.visitor(), str(uuid.uuid4())
    freeze(cluster.actions)
    try:
        assert visitor.post(QUESTION, 0, message).status_code == 202
    finally:
        resume(cluster.actions)
    assert CQP_DURATION in visitor.ask(QUESTION, 1, message)
    assert visitor.said == [QUESTION]


def test_a_button_and_a_session_are_good_in_both(cluster):
    visitor = cluster.visitor()
    buttons = visitor.post("tu peux calculer mon aide ?", 0).json()["reponse"]["boutons"]
    body = {"session": visitor.session, "id": str(uuid.uuid4()), "charge": buttons[0]["charge"]}
    answer = requests.post(f"{cluster.urls[1]}/webhooks/web/message", json=body, timeout=30)
    assert answer.status_code == 200
    assert len(visitor.said) == 2


def test_limits_are_counted_over_both(cluster):
    visitor = cluster.visitor()
    reference = visitor.post(QUESTION).json()["reponse"]["reference"]
    body = {"session": visitor.session, "reference": reference, "avis": "utile"}
    codes = [
        requests.post(f"{cluster.urls[n % 2]}/webhooks/web/avis", json=body, timeout=20).status_code
        for n in range(62)
    ]
    assert codes == [204] * 60 + [429] * 2


@pytest.mark.parametrize("again", [0, 1])
def test_killed_in_mid_turn_delays_by_seconds(cluster, again, record_property):
    """The process that holds the conversation dies; the message is sent again with its id."""
    visitor, message = cluster.visitor(), str(uuid.uuid4())
    visitor.ask("bonjour", again)
    freeze(cluster.actions)
    lost = threading.Thread(target=post_and_lose, args=(visitor, 1 - again, message))
    lost.start()
    until(lambda: is_waiting(cluster, visitor))
    kill(cluster.rasa(1 - again))
    resume(cluster.actions)
    lost.join()
    began = time.monotonic()
    answer = visitor.post(QUESTION, again, message)
    while answer.status_code == 202:
        answer = visitor.post(QUESTION, again, message)
    assert CQP_DURATION in words(answer)
    record_property("secondes", time.monotonic() - began)
    assert time.monotonic() - began < 30
    assert visitor.said == ["bonjour", QUESTION]


def post_and_lose(visitor, number, message):
    with pytest.raises(requests.ConnectionError):
        visitor.post(QUESTION, number, message)


def is_waiting(cluster, visitor):
    import redis

    client = redis.Redis.from_url(cluster.redis.address)
    return client.llen(f"am:file:{visitor.conversation}") == 1


def test_killed_after_the_save_answers_from_the_conversation(cluster):
    """The turn was stored, its answer never left: the same id gets it, nothing is done twice."""
    visitor, message = cluster.visitor(), str(uuid.uuid4())
    said = visitor.ask(QUESTION, 0, message)
    kill(cluster.rasa(0))
    assert visitor.ask(QUESTION, 1, message) == said
    assert visitor.said == [QUESTION]


def test_a_reload_reaches_every_process(cluster):
    """Each says which model it has; one that does not answer is named, with what it keeps."""
    project, settings = Project.here(), cluster.bot.settings
    key = internal_key(load_secret(None, cluster.settings.data))
    done = reload(project, settings, key, datetime.date.today())
    assert list(done.models) == list(settings.ports)
    assert len(set(done.models.values())) == 1
    kill(cluster.rasa(1))
    with pytest.raises(ServiceError, match=rf"port {settings.ports[1]} garde tout comme avant"):
        reload(project, settings, key, datetime.date.today())
