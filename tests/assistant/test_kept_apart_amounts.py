"""Every euro said to the wordings kept apart is of knowledge/: a cell, a total, or a shown gap."""

from __future__ import annotations

import datetime
import itertools
import re
from pathlib import Path

import pytest
import yaml

from assistant_am import aid
from assistant_am.assistant import Assistant
from assistant_am.dialogue.world import load_world
from assistant_am.meaning import Context, Entity, Meaning, Request
from assistant_am.reading.situation import Reader
from assistant_am.understanding.listener import Listener

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 22)
SUBJECTS = ("montant_aide", "estimer_aide", "second_assistant", "revalorisation", "duree_aide")
WORDINGS = yaml.safe_load((ROOT / "tests/kept_apart/sujets_aide.yml").read_text("utf-8"))
_EUROS = re.compile(r"(\d[\d\u00a0]*)(?:,\d\d)?(?=\u00a0€)")


class Told:
    """Reads each wording as its own subject, as the best trained model would."""

    subject = ""

    def read(self, text: str, context: Context, bare: str = "") -> Meaning:
        return Meaning(text, (Request(self.subject, 0.9, "sur", ((self.subject, 0.9),)),), 0.0)

    def own(self, text: str, entity: Entity) -> bool:
        return True


@pytest.fixture(scope="module")
def assistant():
    entities = yaml.safe_load((ROOT / "knowledge/lexique/entites.yml").read_text("utf-8"))
    listener = Listener(Told(), Reader(entities), lambda text: None)
    return Assistant(load_world(ROOT / "knowledge", TODAY), listener, TODAY)


@pytest.fixture(scope="module")
def known(assistant) -> set[int]:
    """The amounts of every cell, their totals over one to ten years, and the facts in euros."""
    parameters = assistant.world.parameters
    found: set[int] = set()
    for fte, scale, band, years in itertools.product(
        (0.5, 1.0, 1.5, 2.0),
        ("ancien", "nouveau"),
        ("p30_p89", "p90_p94", "p95_plus"),
        range(1, 11),
    ):
        case = {"quotite": fte, "bareme": scale, "tranche": band, "horizon": years}
        estimate = aid.estimate(aid.Case.from_french(case, parameters), parameters, TODAY)
        found |= {amount for year in estimate.years for amount in year.amounts}
        found |= {estimate.total_eur} if estimate.total_eur else set()
    facts = assistant.world.knowledge.facts.values()
    return found | {
        int(fact.value)
        for fact in facts
        if isinstance(fact.value, int | float) and "euro" in fact.unit
    }


def euros(text: str) -> set[int]:
    return {int(re.sub(r"\D", "", each)) for each in _EUROS.findall(text)}


def from_nowhere(text: str, known: set[int]) -> set[int]:
    """The amounts that are neither known nor the gap of two known ones said in the same answer."""
    said = euros(text)
    gaps = {abs(one - other) for one, other in itertools.combinations(said & known, 2)}
    return said - known - gaps


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_euro_from_nowhere(subject, assistant, known, monkeypatch):
    monkeypatch.setattr(Told, "subject", subject)
    answers = {text: assistant.conversation().say(text).text for text in WORDINGS[subject]}
    wrong = {text: from_nowhere(said, known) for text, said in answers.items()}
    assert {text: found for text, found in wrong.items() if found} == {}
    if subject == "montant_aide":
        assert any(euros(said) for said in answers.values())


def test_an_amount_that_is_a_little_wrong_would_be_seen(known):
    """Most plausible amounts are none of ours: the sieve is fine enough to stop them."""
    right = "38\u00a0000\u00a0€ au lieu de 36\u00a0000\u00a0€, soit 2\u00a0000\u00a0€ de plus"
    assert from_nowhere(right, known) == set()
    assert from_nowhere(right.replace("38", "37"), known) == {37000}
    assert from_nowhere("38\u00a0500\u00a0€", known) == {38500}
    passing = sum(amount in known for amount in range(500, 100_001, 500))
    assert passing < 60, f"{passing} montants sur 200 passeraient"
