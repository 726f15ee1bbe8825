"""An input of the aid stands in all its places, and what is said of it arrives at the computation.

`CONTRIBUTING.md`, « Ajouter une donnée de l'aide », lists the same places.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from assistant_am import aid
from assistant_am.aid.reading import _READERS
from assistant_am.commands.estimate import OPTIONS
from assistant_am.dialogue.memory import AID_SLOTS, Memory
from assistant_am.dialogue.world import situation_for_aid
from assistant_am.understanding.conversations import VALUES

ROOT = Path(__file__).resolve().parents[2]


def text(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


CASES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/aid/cas").glob("*.yml"))
ENGLISH = {french: english for english, french in aid.FRENCH_NAMES.items()}
PLACES: dict[str, Collection[str]] = {
    "assistant_am/aid/case.py": [
        aid.FRENCH_NAMES[field.name] for field in fields(aid.Case) if field.name in aid.FRENCH_NAMES
    ],
    "assistant_am/aid/vocabulary.py": ENGLISH,
    "assistant_am/aid/reading.py": [aid.FRENCH_NAMES[field] for field in _READERS],
    "tests/aid/cas": re.findall(r"\b([a-z]\w+): ", text(*CASES)),
    "assistant_am/commands/estimate.py": [name for name, _, _ in OPTIONS],
    "assistant_am/channels/web/openapi.yml": re.findall(
        r"name: (\w+), in: query", text("assistant_am/channels/web/openapi.yml")
    ),
    "domain.yml": yaml.safe_load(text("domain.yml"))["entities"],
    "tests/reading/messages.yml": re.findall(r"\{?(\w+): ", text("tests/reading/messages.yml")),
    "assistant_am/dialogue/memory.py": AID_SLOTS,
    "assistant_am/understanding/conversations.py": VALUES,
}
_OF_THE_COMPUTATION = {
    "assistant_am/aid/case.py", "assistant_am/aid/vocabulary.py", "assistant_am/aid/reading.py",
    "tests/aid/cas", "assistant_am/commands/estimate.py", "assistant_am/channels/web/openapi.yml",
    "assistant_am/understanding/conversations.py",
}  # fmt: skip
LACKS = {
    # What is known of a day that was not said, and a panel of before: no inputs of `Case`.
    "mois_contrat": _OF_THE_COMPUTATION,
    "annee_contrat": _OF_THE_COMPUTATION,
    "patients_avant": _OF_THE_COMPUTATION,
    # Only the command and the page ask for it.
    "atteinte": {
        "domain.yml", "tests/reading/messages.yml", "assistant_am/dialogue/memory.py",
        "assistant_am/understanding/conversations.py",
    },
    # Kept beside the inputs: it also changes what is said of doctors.
    "structure": {
        "tests/reading/messages.yml", "assistant_am/dialogue/memory.py",
        "assistant_am/understanding/conversations.py",
    },
    # A gross salary adds a budget: `test_budget.py` has its figures.
    "salaire_brut": {"tests/aid/cas"},
    # No conversation written so far says it.
    "premier_contrat_temps_plein": {"assistant_am/understanding/conversations.py"},
}  # fmt: skip


def lacking(name: str) -> set[str]:
    """The places in which an input is missing."""
    return {place for place, names in PLACES.items() if name not in names}


@pytest.mark.parametrize("name", sorted({*AID_SLOTS, *ENGLISH}))
def test_an_input_stands_in_all_its_places(name):
    assert lacking(name) == LACKS.get(name, set())


def test_a_new_input_would_be_told_of_each_place_and_the_page_names_them():
    page = text("CONTRIBUTING.md").partition("## Ajouter une donnée de l'aide")[2]
    section = page.partition("\n## ")[0]
    assert lacking("couleur_du_cabinet") == set(PLACES)
    assert [place for place in PLACES if f"`{place}`" not in section] == []


SAID = {
    "quotite": 0.5, "annee": 2, "horizon": 3, "tranche": "p92", "patients": 900,
    "bareme": "nouveau", "date_contrat": "2025-01-10", "specialite": "orl", "secteur": "secteur_1",
    "salaire_brut": 1900,
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in AID_SLOTS if name in ENGLISH])
def test_what_is_said_arrives_at_the_computation(name, world):
    """Lost in silence, it would give the amount of somebody else."""
    memory = Memory().with_situation({name: SAID.get(name, True)})
    kept = Memory.from_slots(memory.to_slots()).situation
    case = aid.Case.from_french(situation_for_aid(kept), world.parameters)
    assert getattr(case, ENGLISH[name]) not in (None, ())
