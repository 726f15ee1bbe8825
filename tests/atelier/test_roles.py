"""From the intranet: its token says who it is, and what she may do."""

from __future__ import annotations

import re
import time

import jwt
import pytest
import requests

from assistant_am.atelier.intranet_gate import Gate
from assistant_am.channels.web.intranet import Intranet
from assistant_am.runtime.settings import JwtSettings

KEY = "k" * 40
ADDRESS = "https://atelier.msp.example"
FACT = "/faits/cqp_heures"


@pytest.fixture
def gate():
    intranet = Intranet(JwtSettings(key=KEY), b"")
    return Gate(ADDRESS, lambda token: intranet.claims(f"Bearer {token}"))


def token(role="redaction", key=KEY, **claims):
    given = {"sub": "anne", "name": "Anne", "aud": "assistant-am", "exp": time.time() + 600}
    return jwt.encode({**given, "role": role, **claims}, key, algorithm="HS256")


def behind_nginx(given):
    return {"Host": "atelier.msp.example", "Authorization": f"Bearer {given}"}


def send(address, given, path, **fields):
    """A form as a browser sends it: with the token of the page that holds it."""
    page = requests.get(address + FACT, headers=behind_nginx(given), timeout=60).text
    mine = re.search(r'name="jeton" value="([^"]+)"', page)[1]
    headers = {**behind_nginx(given), "Origin": ADDRESS}
    return requests.post(
        address + path, data={"jeton": mine, **fields}, headers=headers, timeout=60
    )


def test_each_request_with_a_token_is_of_that_person(address, workshop):
    page = requests.get(address + FACT, headers=behind_nginx(token()), timeout=60)
    assert page.status_code == 200
    assert "Anne" in page.text
    fields = re.findall(r'<input[^>]*name="empreinte" value="(\w+)"', page.text)
    done = send(address, token(), FACT, valeur="300", empreinte=fields[0], unite="heures")
    assert done.status_code == 200
    assert [each.who for each in workshop.draft.changes()] == ["Anne"]


def test_a_reader_sees_everything_tries_and_changes_nothing(address, workshop):
    given = token("lecture")
    page = requests.get(address + FACT, headers=behind_nginx(given), timeout=60)
    assert "Lecture seule" in page.text
    for path in (FACT, "/publier", "/apprendre", "/nouveau/faits", "/brouillon/retirer"):
        refused = send(address, given, path, valeur="300", pourquoi="x")
        assert refused.status_code == 403, path
        assert "rôle « lecture »" in refused.text
    assert send(address, given, "/essayer", message="le CQP ?", seul="oui").status_code == 200
    assert send(address, given, f"{FACT}/apercu", valeur="300").status_code == 200
    assert workshop.draft.changes() == ()


@pytest.mark.parametrize(
    "given",
    [
        token("autre"),
        token(["comptabilite"]),
        token(key="x" * 40),
        token(exp=time.time() - 3600),
        token(aud="ailleurs"),
        "n'importe quoi",
        "",
    ],
    ids=["role", "liste", "cle", "perime", "ailleurs", "texte", "vide"],
)
def test_no_role_or_no_good_token_opens_nothing(address, given):
    answer = requests.get(address + "/", headers=behind_nginx(given), timeout=60)
    assert answer.status_code == 403
    assert "cqp_heures" not in answer.text


def test_one_of_several_roles_is_enough(address):
    given = behind_nginx(token(["comptabilite", "redaction"]))
    assert requests.get(address + "/", headers=given, timeout=60).status_code == 200


def test_a_page_of_the_intranet_opens_a_session_with_a_form(address):
    answer = requests.post(
        f"{address}/entree/intranet",
        data={"jeton": token("lecture")},
        headers={"Host": "atelier.msp.example", "Origin": "https://intranet.msp.example"},
        allow_redirects=False,
        timeout=60,
    )
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    for part in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert part in cookie
    held = cookie.partition(";")[0]
    page = requests.get(address + "/", headers={"Cookie": held}, timeout=60)
    assert "Lecture seule" in page.text


def test_what_is_for_this_machine_alone_is_not_for_the_intranet(address, desk):
    for path in ("/inviter", "/apprendre/deposer"):
        assert send(address, token(), path).status_code == 404, path
    link = f"{address}/entree/{desk.doors.new_link()}"
    host = {"Host": "atelier.msp.example"}
    assert requests.get(link, headers=host, timeout=60).status_code == 403
    assert requests.get(link, timeout=60).status_code == 200


def test_a_cookie_with_the_name_of_somebody_opens_nothing(address):
    requests.get(address + "/", headers=behind_nginx(token()), timeout=60)
    for name in ("anne", '"intranet anne"'):
        answer = requests.get(address + "/", headers={"Cookie": f"atelier={name}"}, timeout=60)
        assert answer.status_code == 403
