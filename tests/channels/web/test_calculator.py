"""The calculator's card, the calendar of a contract, an estimate at its own date."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

from tests.channels.web.server import code_of

QUERY = "quotite=0.5&tranche=p90_p94&horizon=5"


def test_the_card_is_filled_with_its_address_and_any_page_may_read_it(served):
    answer = served.get(f"/estimation.json?{QUERY}", headers={"Origin": "https://msp.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    card = answer.json()
    assert {field["cle"]: field["valeur"] for field in card["champs"]} == {
        "quotite": "quotite=0.5", "secteur": "", "tranche": "tranche=p90_p94",
        "annee": "horizon=5", "date_contrat": "",
    }  # fmt: skip
    assert "72\u00a0000\u00a0€" in card["blocs"][0]["texte"]
    assert card["agenda"] is None


@pytest.mark.parametrize("form", ["json", "ics"])
@pytest.mark.parametrize(
    ("query", "field"),
    [("quotite=abc", "quotite"), ("nom=Dupont", "nom"), ("calcule_le=demain", "calcule_le"),
     ("calcule_le=2999-01-01", "calcule_le"), ("calcule_le=2001-01-01", "calcule_le")],
)  # fmt: skip
def test_a_wrong_input_is_named(served, form, query, field):
    answer = served.get(f"/estimation.{form}?{query}")
    assert (answer.status_code, code_of(answer)) == (400, "champ_invalide")
    assert f"« {field} »" in answer.json()["erreur"]["message"]


def test_the_calendar_holds_the_anniversaries_and_the_last_day_of_the_training(served):
    card = served.get("/estimation.json?quotite=1&annee=2&date_contrat=2024-02-29").json()
    answer = served.get(card["agenda"])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    days = {str(event["uid"]).split("-", 3)[3]: event.decoded("dtstart") for event in events}
    assert days == {
        "annee-1@assistant-am": date(2024, 2, 29),
        "annee-2@assistant-am": date(2025, 2, 28),
        "annee-3@assistant-am": date(2026, 2, 28),
        "annee-4@assistant-am": date(2027, 2, 28),
        "annee-5@assistant-am": date(2028, 2, 29),
        "formation@assistant-am": date(2026, 2, 28),
    }
    assert all("seule votre CPAM décide" in str(event["description"]) for event in events)
    # Taken again on the same day, it replaces itself.
    assert served.get(card["agenda"]).content == answer.content


def test_without_its_day_or_without_aid_a_contract_has_no_calendar(served):
    assert code_of(served.get("/estimation.ics?quotite=1")) == "champ_invalide"
    refused = "/estimation.ics?secteur=non_conventionne&date_contrat=2025-01-01"
    assert code_of(served.get(refused)) == "introuvable"


def test_an_estimate_keeps_the_day_it_was_made(served):
    """Its address shows the same page years later, and says that time has passed."""
    page = served.get("/estimation?quotite=1&annee=1&calcule_le=2024-01-15").text
    assert "15\u00a0janvier\u00a02024" in page
    assert "Refaire ce calcul" in page
    assert "Refaire ce calcul" not in served.get("/estimation?quotite=1&annee=1").text
