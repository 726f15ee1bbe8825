"""Who may speak, in whose conversation, from which page, how often."""

from __future__ import annotations

import time
from dataclasses import replace

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.sessions import Offers, References, Sessions
from assistant_am.runtime.settings import JwtSettings
from tests.channels.web.server import ALERT, SECRET, code_of, new_id, serving

KEY = "k" * 32
PARTNER = "https://msp.example"


def token(**changes):
    claims = {"sub": "agent-7", "aud": "assistant-am", "exp": int(time.time()) + 600, **changes}
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, KEY, algorithm="HS256")


def bearer(value):
    return {"headers": {"Authorization": f"Bearer {value}"}}


@pytest.fixture(scope="module")
def _intranet(settings):
    jwt_settings = JwtSettings(key=KEY)
    origins = frozenset({PARTNER})
    with serving(replace(settings, jwt=jwt_settings, origins=origins, demo=True)) as running:
        yield running


@pytest.fixture
def intranet(_intranet):
    """A channel with an intranet, a partner and the demonstration's tokens."""
    _intranet.agent.forget()
    return _intranet


# --- sessions ------------------------------------------------------------------------------------


def forgeries(session):
    body, _, signature = session.rpartition(".")
    yield "x"
    yield body
    yield f"{body}.{signature[:-2]}AA"
    yield f"{body[:-2]}AA.{signature}"
    yield Sessions(b"another secret" * 3, 24).open()[1]


def test_a_forged_session_is_refused(served):
    for forged in forgeries(served.session()):
        answer = served.say("bonjour", forged)
        assert (answer.status_code, code_of(answer)) == (401, "session_invalide"), forged
    assert served.agent.said == []


def test_a_session_ends_when_it_says(served):
    long_ago = Sessions(SECRET.encode(), 24, clock=lambda: time.time() - 24 * 3600 - 1)
    answer = served.say("bonjour", long_ago.open()[1])
    assert (answer.status_code, code_of(answer)) == (401, "session_expiree")
    nearly = Sessions(SECRET.encode(), 24, clock=lambda: time.time() - 24 * 3600 + 60)
    assert served.say("bonjour", nearly.open()[1]).status_code == 200


def test_sessions_say_their_end_and_are_all_different(served):
    first, second = (served.post("session", {}).json() for _ in range(2))
    assert first["session"] != second["session"]
    end = time.mktime(time.strptime(first["expire"], "%Y-%m-%dT%H:%M:%SZ")) - time.timezone
    assert abs(end - time.time() - 24 * 3600) < 60
    assert (first["profil"], first["conservation_jours"]) == ("visiteur", 30)
    assert len(first["accueil"]["boutons"]) == 4


def test_a_payload_is_bound_to_secret_and_conversation():
    offers = Offers(b"secret one")
    payload = offers.sign("conversation", "dire")
    assert offers.read("conversation", payload) == "dire"
    for other, conversation in ((offers, "another"), (Offers(b"secret two"), "conversation")):
        with pytest.raises(WebError, match="charge_inconnue"):
            other.read(conversation, payload)


def test_a_reference_is_bound_to_secret_and_conversation():
    references = References(b"secret one")
    reference = references.make("conversation", "message")
    references.require_own("conversation", reference)
    for other, conversation in ((references, "x"), (References(b"secret two"), "conversation")):
        with pytest.raises(WebError, match="champ_invalide"):
            other.require_own(conversation, reference)


# --- intranet ------------------------------------------------------------------------------------


def test_the_conversation_belongs_to_the_tokens_subject(intranet):
    first = intranet.session(**bearer(token()))
    assert intranet.say("un", first, **bearer(token())).status_code == 200
    # Another browser of the same person, a renewed token: the same conversation.
    second = intranet.session(**bearer(token(jti="new")))
    assert intranet.say("deux", second, **bearer(token())).status_code == 200
    one, two = intranet.agent.said
    assert one.sender_id == two.sender_id
    assert one.sender_id.startswith("intranet-")
    assert "agent-7" not in one.sender_id


def test_another_subject_cannot_use_the_session(intranet):
    session = intranet.session(**bearer(token()))
    answer = intranet.say("bonjour", session, **bearer(token(sub="agent-8")))
    assert (answer.status_code, code_of(answer)) == (401, "session_invalide")
    assert intranet.agent.said == []


def test_visitors_and_intranet_do_not_reach_each_other(intranet):
    visitor, internal = intranet.session(), intranet.session(**bearer(token()))
    without = intranet.say("bonjour", internal)
    assert (without.status_code, code_of(without)) == (401, "jeton_absent")
    with_token = intranet.say("bonjour", visitor, **bearer(token()))
    assert (with_token.status_code, code_of(with_token)) == (401, "session_invalide")
    for path in ("avis", "effacer"):
        body = {"session": internal}
        body |= {"reference": "x", "avis": "utile"} if path == "avis" else {}
        assert code_of(intranet.post(path, body)) == "jeton_absent"


def none_algorithm():
    claims = {"sub": "agent-7", "aud": "assistant-am", "exp": int(time.time()) + 600}
    return jwt.encode(claims, None, algorithm="none")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (lambda: token(exp=int(time.time()) - 60), "jeton_expire"),
        (lambda: token(exp=None), "jeton_invalide"),
        (lambda: token(sub=None), "jeton_invalide"),
        (lambda: token(sub=""), "jeton_invalide"),
        (lambda: token(sub="x" * 300), "jeton_invalide"),
        (lambda: token(aud="another"), "jeton_invalide"),
        (lambda: token(aud=None), "jeton_invalide"),
        (lambda: token(nbf=int(time.time()) + 600), "jeton_invalide"),
        (lambda: jwt.encode({"sub": "a"}, "w" * 32, algorithm="HS256"), "jeton_invalide"),
        (lambda: jwt.encode({"sub": "a"}, KEY * 2, algorithm="HS512"), "jeton_invalide"),
        (none_algorithm, "jeton_invalide"),
        (lambda: "x.y.z", "jeton_invalide"),
        (lambda: "", "jeton_invalide"),
        (lambda: "x" * 5000, "jeton_invalide"),
    ],
)
def test_a_token_that_is_not_good_opens_nothing(intranet, value, code):
    answer = intranet.post("session", {}, **bearer(value()))
    assert (answer.status_code, code_of(answer)) == (401, code)


def test_an_expired_token_is_told_during_a_conversation(intranet):
    session = intranet.session(**bearer(token()))
    answer = intranet.say("bonjour", session, **bearer(token(exp=int(time.time()) - 60)))
    assert (answer.status_code, code_of(answer)) == (401, "jeton_expire")


def test_a_token_means_nothing_without_intranet(served):
    answer = served.post("session", {}, **bearer(token()))
    assert (answer.status_code, code_of(answer)) == (401, "jeton_invalide")


def test_the_demonstrations_tokens_are_of_made_up_persons(intranet, served):
    values = [intranet.get("/demo/jeton").json()["jeton"] for _ in range(2)]
    for value in values:
        session = intranet.session(**bearer(value))
        assert intranet.say("bonjour", session, **bearer(value)).status_code == 200
    assert len({said.sender_id for said in intranet.agent.said}) == 2
    off = served.get("/demo/jeton")
    assert (off.status_code, code_of(off)) == (404, "introuvable")
    assert "AM_DEMO" in off.json()["erreur"]["message"]


def keys():
    yield rsa.generate_private_key(65537, 2048), "RS256"
    yield ec.generate_private_key(ec.SECP256R1()), "ES256"


@pytest.mark.parametrize(("private", "algorithm"), keys(), ids=["RS256", "ES256"])
def test_public_keys_and_the_confusion_of_algorithms(private, algorithm):
    from assistant_am.channels.web.intranet import Intranet

    pem = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    reader = Intranet(JwtSettings(public_key=pem.decode()), b"secret")
    claims = {"sub": "agent-7", "aud": "assistant-am", "exp": int(time.time()) + 600}
    good = jwt.encode(claims, private, algorithm=algorithm)
    assert reader.conversation(f"Bearer {good}").startswith("intranet-")
    # The public key is public: signing with it as a shared secret must not do.
    import base64
    import hashlib
    import hmac

    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=")
    body = good.split(".")[1].encode()
    mac = hmac.new(pem, head + b"." + body, hashlib.sha256).digest()
    forged = b".".join([head, body, base64.urlsafe_b64encode(mac).rstrip(b"=")]).decode()
    with pytest.raises(WebError, match="jeton_invalide"):
        reader.conversation(f"Bearer {forged}")


# --- origins -------------------------------------------------------------------------------------


def test_a_partners_page_may_read_answers_and_another_may_not_ask(intranet):
    session = intranet.session()
    partner = intranet.say("bonjour", session, headers={"Origin": PARTNER})
    assert partner.status_code == 200
    assert partner.headers["Access-Control-Allow-Origin"] == PARTNER
    assert partner.headers["Vary"] == "Origin"
    for origin in ("https://evil.example", "null", "http://msp.example", f"{PARTNER}.evil", "x"):
        other = intranet.say("bonjour", session, headers={"Origin": origin})
        assert (other.status_code, code_of(other)) == (403, "origine_refusee")
        assert "Access-Control-Allow-Origin" not in other.headers
    assert len(intranet.agent.said) == 1


def test_its_own_page_is_always_allowed(served):
    answer = served.post("session", {}, headers={"Origin": served.url})
    assert answer.status_code == 201
    assert answer.headers["Access-Control-Allow-Origin"] == served.url


@pytest.mark.parametrize("path", ["session", "message", "avis", "effacer"])
def test_preflights_allow_what_the_widget_sends(intranet, path):
    def ask(origin):
        address = f"{intranet.url}/webhooks/web/{path}"
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        return intranet.http.options(address, headers=headers, timeout=10)

    allowed = ask(PARTNER)
    assert allowed.ok
    assert allowed.headers["Access-Control-Allow-Origin"] == PARTNER
    assert allowed.headers["Access-Control-Allow-Methods"] == "POST"
    assert allowed.headers["Access-Control-Allow-Headers"] == "Content-Type, Authorization"
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    assert "Access-Control-Allow-Origin" not in ask("https://evil.example").headers


def test_errors_can_be_read_by_partners_too(intranet):
    answer = intranet.say("", intranet.session(), headers={"Origin": PARTNER})
    assert answer.status_code == 400
    assert answer.headers["Access-Control-Allow-Origin"] == PARTNER


# --- limits --------------------------------------------------------------------------------------


@pytest.fixture
def strict(settings):
    """Three messages an hour for a conversation, seven requests of a kind for an address."""
    changed = replace(settings, conversation_limit="3/hour", address_limit="7/hour")
    with serving(changed) as running:
        yield running


def refused(answer):
    assert (answer.status_code, code_of(answer)) == (429, "trop_de_messages")
    wait = answer.json()["erreur"]["reessayer_dans"]
    assert 0 < wait <= 3600
    assert answer.headers["Retry-After"] == str(wait)


def test_limits_by_conversation_then_by_address(strict):
    first, second = strict.session(), strict.session()
    known = new_id()
    assert strict.say("un", first, known).status_code == 200
    assert strict.say("deux", first).status_code == 200
    assert strict.say("trois", first).status_code == 200
    refused(strict.say("quatre", first))
    # Asking again for an answer is no new message.
    assert strict.say("un", first, known).status_code == 200
    # Another conversation goes on, until the address has had its share.
    assert strict.say("un", second).status_code == 200
    assert strict.say("deux", second).status_code == 200
    assert strict.say("trois", second).status_code == 200
    refused(strict.say("un", strict.session()))
    # In danger, one is answered all the same, and the refused ones did not reach Rasa.
    assert strict.say(ALERT, first).json()["reponse"]["blocs"][0]["type"] == "alerte"
    assert len(strict.agent.said) == 6


def test_opening_sessions_and_drawing_are_limited(strict):
    for _ in range(7):
        assert strict.post("session", {}).status_code == 201
        assert strict.get("/estimation?quotite=9").status_code == 400
    refused(strict.post("session", {}))
    refused(strict.get("/estimation?quotite=9"))


def test_behind_a_proxy_the_address_it_saw_counts(settings):
    with serving(replace(settings, address_limit="2/hour", proxies=1)) as behind:

        def open_from(seen):
            return behind.post("session", {}, headers={"X-Forwarded-For": seen}).status_code

        assert [open_from("10.0.0.1") for _ in range(3)] == [201, 201, 429]
        # What the client wrote itself, before the proxy added what it saw, is not believed.
        assert open_from("1.2.3.4, 10.0.0.1") == 429
        assert open_from("10.0.0.2") == 201


def test_every_site_may_learn_whether_it_is_allowed(intranet):
    """A browser hides from a page why it is refused: this answer it may read."""
    for origin, allowed in ((PARTNER, True), ("https://evil.example", False)):
        reply = intranet.get("/webhooks/web/origine", headers={"Origin": origin})
        assert reply.json() == {"autorisee": allowed}
        assert reply.headers["access-control-allow-origin"] in ("*", origin)
