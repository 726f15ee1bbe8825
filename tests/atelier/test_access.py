"""The door: one link for one person, forms of our own pages only, nothing from elsewhere."""

from __future__ import annotations

import requests

FACT = "/faits/cqp_heures"


def test_without_a_session_nothing_is_shown(address):
    for path in ("/", FACT, "/publier", "/historique", "/essayer"):
        answer = requests.get(address + path, timeout=60)
        assert answer.status_code == 403
        assert "Entrez par le lien" in answer.text


def test_a_link_serves_once_and_looking_at_it_does_not_use_it_up(address, desk):
    path = f"{address}/entree/{desk.doors.new_link()}"
    assert requests.get(path, timeout=60).status_code == 200
    first = requests.post(path, data={"nom": "Anne"}, timeout=60, allow_redirects=False)
    assert first.status_code == 303
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert requests.post(path, data={"nom": "Béa"}, timeout=60).status_code == 403


def test_a_form_of_another_page_is_refused(anne, workshop):
    anne.get(FACT)
    anne.send(FACT, {"valeur": "300", "jeton": "deviné"})
    assert anne.status == 403
    anne.get(FACT)
    anne.http.headers["Origin"] = "https://ailleurs.example"
    anne.send(FACT, {"valeur": "300"})
    assert anne.status == 403
    assert workshop.draft.changes() == ()


def test_another_name_of_this_machine_is_refused(anne):
    answer = anne.http.get(anne.address + "/", headers={"Host": "ailleurs.example"}, timeout=60)
    assert answer.status_code == 421


def test_the_policy_lets_only_our_own_files_in(anne):
    answer = anne.get(FACT)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in anne.page
    assert "onclick" not in anne.page


def test_what_somebody_writes_is_never_markup(anne):
    anne.get(FACT)
    anne.send(FACT, {"libelle": "<script>alert(1)</script>"})
    for path in (FACT, "/publier", "/?q=alert"):
        anne.get(path)
        assert "<script>alert" not in anne.page
    anne.get("/essayer")
    anne.send("/essayer", {"message": "<b>gras</b>"})
    assert "<b>gras" not in anne.page


def test_too_much_at_once_is_refused(anne):
    anne.get(FACT)
    anne.send(FACT, {"libelle": "x" * 500_000})
    assert anne.status == 413


def test_unknown_pages_and_paths(anne):
    for path in ("/faits/rien", "/faits/..%2Fsite", "/montants/rien", "/statique/..%2Fserver.py"):
        assert anne.get(path).status_code == 404, path
