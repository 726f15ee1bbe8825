"""Whatever comes in gets an answer of the contract: never a traceback, never HTML, never a 5xx."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant_am.channels.web.errors import STATUSES
from tests.channels.web.server import code_of, new_id

PATHS = ("session", "message", "avis", "effacer")
JSON = {"Content_Type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"5",
        b'"texte"',
        b"\xff\xfe{}",
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b"[" * 8000,
        b'{"a":' * 1500,
        b"1" * 8000,
    ],
)
@pytest.mark.parametrize("path", PATHS)
def test_what_is_no_json_object_is_refused(served, path, body):
    answer = served.raw(path, body, **JSON)
    assert (answer.status_code, code_of(answer)) == (400, "json_invalide")


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "",
     "application/json; charset=latin-1", "application/jsonp", "text/plain; application/json"],
)  # fmt: skip
def test_other_kinds_of_body_are_refused(served, kind):
    """A form or a text could be posted by any site without asking first."""
    answer = served.raw("session", b"{}", Content_Type=kind)
    assert (answer.status_code, code_of(answer)) == (415, "type_refuse")


def test_eight_kilobytes_pass_and_one_byte_more_does_not(served):
    def send(size):
        body = b'{"session":"x","id":"12345678","texte":"%s"}'
        return served.raw("message", body % (b"a" * (size - len(body) + 2)), **JSON)

    assert code_of(send(8192)) != "trop_long"
    for size in (8193, 20_000, 70_000):
        answer = send(size)
        assert (answer.status_code, code_of(answer)) == (413, "trop_long")


def message(**changes):
    body = {"session": "x", "id": new_id(), "texte": "bonjour", **changes}
    return {name: value for name, value in body.items() if value is not ...}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("session", {"sender": "x"}, "sender"),
        ("message", message(session=...), "session"),
        ("message", message(id=...), "id"),
        ("message", message(texte=...), "texte"),
        ("message", message(charge="x"), "texte"),
        ("message", message(metadata="x"), "metadata"),
        ("message", message(sender="x"), "sender"),
        ("message", message(texte=5), "texte"),
        ("message", message(texte=None), "texte"),
        ("message", message(texte=["x"]), "texte"),
        ("message", message(session={}), "session"),
        ("message", message(session=""), "session"),
        ("message", message(session="é"), "session"),
        ("message", message(session="x" * 4097), "session"),
        ("avis", {"session": "x", "reference": "x"}, "avis"),
        ("effacer", {}, "session"),
    ],
)
def test_a_wrong_field_is_named(served, path, body, field):
    answer = served.post(path, body)
    assert (answer.status_code, code_of(answer)) == (400, "champ_invalide")
    assert f"« {field} »" in answer.json()["erreur"]["message"]


@pytest.mark.parametrize("value", ["", "court", "-1234567", "a b c d e", "x" * 65, "é" * 10])
def test_a_wrong_id_is_named(served, value):
    answer = served.say("bonjour", served.session(), value or " ")
    assert code_of(answer) == "champ_invalide"
    assert "« id »" in answer.json()["erreur"]["message"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"avis": "bof"}, "avis"),
        ({"raison": "x" * 301}, "raison"),
        ({"reference": "é"}, "reference"),
    ],
)
def test_a_wrong_opinion_is_named(served, changes, field):
    session = served.session()
    reference = served.say("bonjour", session).json()["reponse"]["reference"]
    body = {"session": session, "reference": reference, "avis": "utile", **changes}
    answer = served.post("avis", body)
    assert code_of(answer) == "champ_invalide"
    assert f"« {field} »" in answer.json()["erreur"]["message"]


def test_unknown_pages_and_methods_have_the_same_shape(served):
    assert code_of(served.get("/nope")) == "introuvable"
    assert code_of(served.get("/webhooks/web/nope")) == "introuvable"
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = served.http.request(method, f"{served.url}/webhooks/web/message", timeout=10)
        assert (answer.status_code, code_of(answer)) == (405, "methode")
        assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /webhooks/web/message HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_http_is_the_senders_fault(served, sent):
    place = urlsplit(served.url)
    with socket.create_connection((place.hostname, place.port), timeout=10) as client:
        client.sendall(sent)
        answer = client.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'{"erreur":{"code":"json_invalide"' in answer


def test_an_unexpected_failure_leaks_nothing(served, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError("-".join(("confidentiel", "plantage")))

    monkeypatch.setattr("assistant_am.channels.web.requests.require_fields", fail)
    answer = served.post("session", {})
    assert (answer.status_code, code_of(answer)) == (500, "incident")
    assert "RuntimeError" in caplog.text
    assert "confidentiel-plantage" not in answer.text + caplog.text


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["session", "id", "texte", "charge", "avis", "raison", "reference", "metadata", "sender"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(PATHS),
    body=st.dictionaries(FIELDS | st.text(max_size=8), VALUES, max_size=5),
    valid=st.booleans(),
)
def test_any_json_gets_a_known_answer(served, path, body, valid):
    if valid:
        body["session"] = served.session()
    answer = served.raw(path, json.dumps(body).encode(), **JSON)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        code = code_of(answer)
        assert answer.status_code == STATUSES[code][0]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(PATHS), body=st.binary(max_size=300))
def test_any_bytes_get_a_known_answer(served, path, body):
    answer = served.raw(path, body, **JSON)
    assert answer.status_code in (400, 201)
    if answer.status_code == 400:
        code_of(answer)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.text(st.characters(blacklist_categories=()), min_size=1, max_size=200))
def test_any_text_reaches_rasa_as_plain_text(served, typed):
    served.agent.said.clear()
    body = json.dumps({"session": served.session(), "id": new_id(), "texte": typed}).encode()
    answer = served.raw("message", body, **JSON)
    assert answer.status_code in (200, 400)
    for said in served.agent.said:
        assert not said.text.strip().startswith("/")
        said.text.encode("utf-8")
        assert "\x00" not in said.text
