"""Pages, widget, estimates: what they carry, how they are kept, what they refuse."""

from __future__ import annotations

import gzip
import os
import re
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.headers import framed_by
from assistant_am.channels.web.pages import FOLDER, Pages
from assistant_am.knowledge import read_checked
from assistant_am.runtime.settings import KNOWLEDGE
from tests.channels.web.server import code_of

EVERYWHERE = (
    "/", "/confidentialite", "/widget.js", "/estimation?quotite=1", "/estimation.png?quotite=1",
    "/estimation.svg?quotite=1", "/sante", "/vivant", "/openapi.json", "/nope",
    "/webhooks/web/message", "/estimation?quotite=x", "/chat", "/estimation.json",
    "/estimation.ics",
)  # fmt: skip


def style_of(answer):
    return re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)[1]


def policy(answer):
    return dict(
        directive.strip().partition(" ")[::2]
        for directive in answer.headers["Content-Security-Policy"].split(";")
    )


@pytest.mark.parametrize("path", EVERYWHERE)
def test_security_headers_are_everywhere(served, path):
    answer = served.get(path)
    rules = policy(answer)
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in rules.get("script-src", "")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "anic" not in str(answer.headers) + answer.text[:200]
    # No source but this server.
    assert not re.search(r"https?://", answer.headers["Content-Security-Policy"])
    assert (answer.headers.get("X-Frame-Options") == "SAMEORIGIN") == (path != "/chat")


@pytest.mark.parametrize(
    "path", ["/", "/confidentialite", "/widget.js", "/chat", "/chat.webmanifest"]
)
def test_shipped_files_are_served_and_revalidated(served, path):
    answer = served.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = served.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "{{conservation_jours}}" not in answer.text


def test_shipped_pages_ask_nothing_of_others_and_hold_no_inline_code():
    pages = sorted(FOLDER.glob("*.html"))
    assert pages
    for page in pages:
        html = page.read_text(encoding="utf-8")
        loaded = re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"([^\"]+)", html)
        # Under a partner's « /assistant/ », too: no address starts at the root.
        assert all(re.match(r"[a-z]", address) for address in loaded), page.name
        assert not any(":" in address for address in loaded), page.name
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script>", html), page.name


def test_the_chat_page_may_be_framed_by_partners_and_by_nobody_else():
    assert framed_by(["https://msp.example"]).split("; ")[-2:] == [
        "frame-ancestors 'self' https://msp.example", "manifest-src 'self'",
    ]  # fmt: skip


def test_what_the_manifest_names_is_served(served):
    """Else a phone does not offer to install it."""
    manifest = served.get("/chat.webmanifest").json()
    for address in (manifest["start_url"], *(icon["src"] for icon in manifest["icons"])):
        assert served.get(f"/{address}").status_code == 200, address


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "static"
    (folder / "sub").mkdir(parents=True)
    (folder / "widget.js").write_text("one();", encoding="utf-8")
    (folder / "page.html").write_text("{{conservation_jours}} jours", encoding="utf-8")
    for hidden in (folder / "secret.txt", folder / "sub" / "x.js", tmp_path / "x.js"):
        hidden.write_text("no", encoding="utf-8")
    return folder


def settings():
    return read_checked(KNOWLEDGE, "site.yml", "site")


def asked(**headers):
    return SimpleNamespace(headers={key.replace("_", "-"): text for key, text in headers.items()})


def test_a_file_built_again_is_served_at_once(folder):
    pages = Pages(settings, folder)
    first = pages.serve(asked(), "widget.js", for_partners=True)
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    packed = pages.serve(asked(accept_encoding="br, gzip"), "widget.js")
    assert gzip.decompress(packed.body) == first.body == b"one();"
    (folder / "widget.js").write_text("two();", encoding="utf-8")
    os.utime(folder / "widget.js", ns=(1, 1))
    second = pages.serve(asked(if_none_match=first.headers["ETag"]), "widget.js")
    assert (second.status, second.body) == (200, b"two();")


def test_the_words_of_the_site_are_written_into_pages_and_follow_its_settings(folder):
    """What the chat says after a reload, the page says as well."""
    known = {**settings(), "conservation_jours": 45}
    pages = Pages(lambda: known, folder)
    assert pages.serve(asked(), "page.html").body == b"45 jours"
    known = {**known, "conservation_jours": 60}
    assert pages.serve(asked(), "page.html").body == b"60 jours"


def test_the_notice_says_nothing_of_a_site_but_its_settings():
    """Every setting is shown, escaped; nothing is left of the shipped ones."""
    known = {
        "hebergeur": "la MSP « A & B »",
        "contact_nom": "Centre <72>",
        "contact_territoire": "en Sarthe",
        "contact_telephone": "02 43 00 00 72",
        "contact_courriel": "am@msp72.example",
        "contact_adresse_web": "https://msp72.example/?a=1&b=2",
        "donnees_contact_nom": "La déléguée",
        "donnees_contact_courriel": "dpo@msp72.example",
        "conservation_jours": 17,
    }
    page = Pages(lambda: known).serve(asked(), "confidentialite.html").body.decode()
    for said in (
        "la MSP « A &amp; B »", "Centre &lt;72&gt;, en Sarthe", "tel:+33243000072", "17 jours",
        "https://msp72.example/?a=1&amp;b=2", "mailto:am@msp72.example", "La déléguée",
        "mailto:dpo@msp72.example",
    ):  # fmt: skip
        assert said in page, said
    assert "{{" not in page
    assert not re.search(r"mayenne|may.santé|maysante|30 jours", page, re.IGNORECASE)
    del known["contact_adresse_web"]
    page = Pages(lambda: known).serve(asked(), "confidentialite.html").body.decode()
    assert "a=1" not in page
    assert "{{" not in page


@pytest.mark.parametrize("name", ["secret.txt", "../x.js", "sub", "sub/x.js", "x.js", ".", ""])
def test_nothing_else_is_served(folder, name):
    with pytest.raises(WebError, match="introuvable"):
        Pages(settings, folder).serve(asked(), name)


def test_no_folder_can_be_left_through_the_address(served):
    for path in ("/demo/..%2fopenapi.yml", "/demo/../openapi.yml", "/demo/openapi.yml"):
        assert code_of(served.get(path)) == "introuvable"


# --- estimates -----------------------------------------------------------------------------------


def test_the_page_prints_the_case_of_its_address(served):
    answer = served.get("/estimation?quotite=0.5&tranche=p90_p94&annee=3")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "0,5" in answer.text
    assert "P90 à P94" in answer.text
    rules = policy(answer)
    for style in re.findall(r"<style[^>]*>(.*?)</style>", answer.text, re.DOTALL):
        assert b64encode(sha256(style.encode()).digest()).decode() in rules["style-src"]
    assert "script-src" not in rules


def test_the_page_says_who_proposes_it_and_links_to_its_sources(served):
    page = served.get("/estimation?quotite=1&annee=1&date_contrat=2025-01-31").text
    assert "Proposé par l&#x27;organisme qui publie cette page" in page
    assert re.search(r'<a href="https://www\.ameli\.fr[^"]+"', page)
    for address in ("chat", "estimation.ics"):
        assert f'<a href="{address}' in page, address


@pytest.mark.parametrize(
    ("form", "start"), [("png", b"\x89PNG\r\n"), ("svg", b'<?xml version="1.0"')]
)
def test_pictures_are_pictures(served, form, start):
    path = f"/estimation.{form}?quotite=1&tranche=p95_plus"
    answer = served.get(path)
    assert answer.content.startswith(start)
    if form == "svg":
        assert ElementTree.fromstring(answer.content).tag == "{http://www.w3.org/2000/svg}svg"
    # Widgets on partners' pages show them.
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = served.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("quotite=7", "quotite"),
        ("quotite=abc", "quotite"),
        ("annee=99", "annee"),
        ("quotite=1&quotite=0.5", "quotite"),
        ("nom=Dupont", "nom"),
        ("tranche=%3Cscript%3E", "tranche"),
        ("date_contrat=2025-99-01", "date_contrat"),
        (f"patients={'9' * 80}", "patients"),
        ("%00=1", ""),
        ("quotite=1%00", "quotite"),
    ],
)
@pytest.mark.parametrize("form", ["", ".png", ".svg"])
def test_a_wrong_input_is_named(served, form, query, field):
    answer = served.get(f"/estimation{form}?{query}")
    assert (answer.status_code, code_of(answer)) == (400, "champ_invalide")
    assert f"« {field} »" in answer.json()["erreur"]["message"]


def test_browsers_get_a_page_for_a_wrong_input(served):
    accepted = {"Accept": "text/html,application/xhtml+xml"}
    answer = served.get("/estimation?tranche=<script>alert(1)</script>", headers=accepted)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<script" not in answer.text
    assert "Tranche de patientèle" in answer.text
    digest = sha256(style_of(answer).encode()).digest()
    assert b64encode(digest).decode() in policy(answer)["style-src"]


def test_a_refusal_has_a_page_and_no_picture(served):
    query = "quotite=1&secteur=non_conventionne"
    assert served.get(f"/estimation?{query}").status_code == 200
    answer = served.get(f"/estimation.png?{query}")
    assert (answer.status_code, code_of(answer)) == (404, "introuvable")


def test_an_address_that_is_too_long_is_refused(served):
    answer = served.get("/estimation?quotite=" + "1" * 2000)
    assert (answer.status_code, code_of(answer)) == (413, "trop_long")


def test_asked_by_many_at_once_it_is_drawn_once(served, monkeypatch):
    from assistant_am.rendering import picture

    drawn = []
    real = picture.svg
    monkeypatch.setattr(picture, "svg", lambda it: drawn.append(it) or real(it))
    path = "/estimation.svg?quotite=1&annee=2"
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(served.get, [path] * 6))
    assert {answer.content for answer in answers} == {answers[0].content}
    assert served.get(path).status_code == 200
    assert len(drawn) == 1


# --- state ---------------------------------------------------------------------------------------


def test_alive_is_not_ready(served):
    assert served.get("/vivant").text == "ok"
    served.agent.ready = False
    answer = served.get("/sante")
    assert (answer.status_code, code_of(answer)) == (503, "incident")
    assert served.http.head(f"{served.url}/vivant", timeout=10).status_code == 200
    assert served.http.head(f"{served.url}/", timeout=10).status_code == 200


def test_every_route_is_described(served):
    described = served.get("/openapi.json").json()["paths"]
    assert {"/webhooks/web/session", "/webhooks/web/message", "/webhooks/web/avis"} < set(described)
    for path, operations in described.items():
        for verb in operations:
            answer = served.http.request(verb, served.url + path, json={}, timeout=20)
            assert answer.status_code not in (404, 405), path
