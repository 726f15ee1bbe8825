"""How long answers are, over every tenth conversation of `data/conversations/`.

The labels stand for the reading: what is measured is what is said, whatever is understood.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.respond import Response, respond
from assistant_am.meaning import Meaning, Request
from assistant_am.rendering.blocks import SourceNote, as_text
from assistant_am.understanding.conversations import ACTS, NOT_COVERED
from tests.dialogue.conftest import ROOT

_EVERY = 10
_URGENT = ("urgence", "urgence_suicide")


def _conversations() -> Iterator[list[dict[str, Any]]]:
    found = []
    for file in sorted((ROOT / "data" / "conversations").glob("*.yml")):
        found += yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    yield from (each["turns"] for each in found[::_EVERY])


def _label(request: dict[str, Any]) -> str:
    if request["acte"] in ACTS:
        return ACTS[request["acte"]]
    subjects = request.get("sujet") or NOT_COVERED
    return subjects[0] if isinstance(subjects, list) else subjects


@pytest.fixture(scope="module")
def responses(world, reader) -> list[Response]:
    """Every answer of the sample, emergencies left out."""
    found = []
    for turns in _conversations():
        memory = Memory()
        for turn in turns:
            asked = turn.get("demandes") or []
            if any(request["acte"] in _URGENT for request in asked):
                continue
            labels = [_label(request) for request in asked] or ["aucune"]
            meaning = Meaning(
                turn["user"],
                tuple(Request(label, 0.9, "sur", ((label, 0.9),)) for label in labels),
                tuple(reader.read(turn["user"])),
                follows=float(not asked or any(request.get("suite") for request in asked)),
            )
            found.append(respond(world, meaning, memory))
            memory = Memory.from_slots(found[-1].memory.to_slots())
    return found


def _length(response: Response, *, sources: bool = True) -> int:
    blocks = response.reply.blocks
    kept = tuple(b for b in blocks if sources or not isinstance(b, SourceNote))
    return len(as_text(kept).replace("**", ""))


def test_answers_are_short(responses):
    """Half in 300 characters beside the line of sources, 95 % in 600 with it."""
    assert len(responses) > 1000
    assert statistics.median(_length(each, sources=False) for each in responses) <= 300
    lengths = sorted(_length(each) for each in responses)
    assert lengths[int(0.95 * len(lengths))] <= 600


def test_a_budget_is_short(responses):
    """500 characters beside its sources."""
    budgets = [each for each in responses if each.subjects == ("budget",)]
    assert len(budgets) > 5
    assert max(_length(each, sources=False) for each in budgets) <= 500


def test_the_steps_are_short(talk):
    """900 characters, sources included, for the longest of them: nothing said, five years."""
    talk.say("les 5 premières années ?", "demander_montant_aide")
    steps = talk.say("Montrez-moi le détail du calcul", "demander_calcul")
    assert steps.startswith("Calcul")
    assert len(steps) <= 900
