"""Every euro said to the wordings kept apart is a figure of knowledge/, a sum or a gap of them."""

from __future__ import annotations

import datetime
import itertools
import re
from pathlib import Path

import pytest
import yaml

from assistant_am import aid
from assistant_am.knowledge import load

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = ("montant_aide", "estimer_aide", "second_assistant", "revalorisation", "duree_aide")
WORDINGS = yaml.safe_load((ROOT / "tests/kept_apart/sujets_aide.yml").read_text("utf-8"))
_EUROS = re.compile(r"(\d[\d\u00a0]*)(?:,\d\d)?(?=\u00a0€)")

pytestmark = pytest.mark.e2e


def figures() -> set[int]:
    """Amounts of every cell over one to ten years, their gaps, and the facts in euros."""
    parameters = aid.load(ROOT / "knowledge")
    today = datetime.date.today()
    found: set[int] = set()
    for fte, scale, band in itertools.product(
        (0.5, 1.0, 1.5, 2.0), ("ancien", "nouveau"), ("p30_p89", "p90_p94", "p95_plus")
    ):
        case = {"quotite": fte, "bareme": scale, "tranche": band}
        for years in range(1, 11):
            read = aid.Case.from_french({**case, "horizon": years}, parameters)
            estimate = aid.estimate(read, parameters, today)
            found |= {amount for year in estimate.years for amount in year.amounts}
            found |= {estimate.total_eur} if estimate.total_eur else set()
    found |= {abs(a - b) for a, b in itertools.combinations(sorted(found), 2)}
    facts = load(ROOT / "knowledge").facts.values()
    found |= {int(f.value) for f in facts if isinstance(f.value, int | float) and "euro" in f.unit}
    return found


@pytest.fixture(scope="module")
def known() -> set[int]:
    return figures()


@pytest.mark.parametrize("text", [text for subject in SUBJECTS for text in WORDINGS[subject]])
def test_no_euro_from_nowhere(ask, known, text):
    """0 wrong: each amount of the answer is one that the module or the facts give."""
    said = "\n".join(message.text or "" for message in ask(text))
    assert {int(re.sub(r"\D", "", each)) for each in _EUROS.findall(said)} <= known
