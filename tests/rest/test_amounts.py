"""The amounts that the bot says over REST are those of the module: the whole table, in words."""

from __future__ import annotations

import datetime
import itertools
import re
from pathlib import Path

import pytest

from assistant_am import aid

PARAMETERS = aid.load(Path(__file__).resolve().parents[2] / "knowledge")
TODAY = datetime.date.today()
FTES = {0.5: "un mi-temps", 1.0: "un temps plein", 1.5: "l'option 1,5 ETP", 2.0: "l'option 2 ETP"}
BANDS = {"p30_p89": "P60", "p90_p94": "P92", "p95_plus": "P97"}
SCALES = {"ancien": "ancienne convention", "nouveau": "nouvelle convention"}
CASES = list(itertools.product(FTES, BANDS, (1, 2, 3, 5), SCALES))

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(("fte", "band", "year", "scale"), CASES)
def test_every_cell_of_the_table(ask, fte, band, year, scale):
    """Bold figures are the module's; a refused option promises no amount of its own."""
    situation = f"{FTES[fte]}, année {year}, {BANDS[band]}, {SCALES[scale]}"
    text = f"quel est le montant de l'aide pour {situation} ?"
    said = "\n".join(message.text or "" for message in ask(text))
    case = aid.Case.from_french(
        {"quotite": fte, "annee": [year], "tranche": band, "bareme": scale}, PARAMETERS
    )
    estimate = aid.estimate(case, PARAMETERS, TODAY)
    bold = [
        int(re.sub(r"\D", "", figure)) for figure in re.findall(r"\*\*([\d\u00a0]+)\u00a0€", said)
    ]
    if estimate.status == "not_eligible":
        assert bold == []
        assert "Pas d'aide" in said
    else:
        assert bold == [estimate.years[0].max_eur]
