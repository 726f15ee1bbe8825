"""Every subject over the real servers: its own answer, its source, no figure from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant_am.dialogue.part import source_note
from assistant_am.knowledge import Fiche, answer, load

KNOWLEDGE = load(Path(__file__).resolve().parents[2] / "knowledge")
FICHES = sorted(KNOWLEDGE.fiches.values(), key=lambda fiche: fiche.id)
_EUROS = re.compile(r"\d[\d\u00a0 ]*(?:,\d+)?(?=\u00a0€)")

pytestmark = pytest.mark.e2e


def _said(messages) -> str:
    return "\n".join(message.text or "" for message in messages)


@pytest.mark.parametrize("fiche", [f for f in FICHES if not f.computation], ids=lambda f: f.id)
def test_a_button_brings_its_fiche(ask, fiche: Fiche):
    """The question behind a button brings that fiche's answer, with its sources."""
    expected = answer(KNOWLEDGE, fiche.id, {}, fiche.question)
    said = _said(ask(fiche.question, sender=f"bouton-{fiche.id}"))
    assert expected.text.split("\n")[0].replace("- ", "") in said
    assert not expected.sources or source_note(expected.sources).as_text() in said


@pytest.mark.parametrize("fiche", [f for f in FICHES if not f.computation], ids=lambda f: f.id)
def test_no_amount_that_knowledge_does_not_hold(ask, fiche: Fiche):
    """Each amount in euros of an answer is a fact of the knowledge base."""
    whole = answer(KNOWLEDGE, fiche.id, {}, fiche.question)
    known = set(_EUROS.findall(f"{whole.text}\n{whole.details or ''}"))
    said = _said(ask(fiche.question, sender=f"montant-{fiche.id}"))
    assert set(_EUROS.findall(said)) <= known
