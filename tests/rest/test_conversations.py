"""Whole conversations over the real servers, as people type."""

from __future__ import annotations

import uuid

import pytest

from tests.facts import CQP_DURATION, CQP_HOURS

pytestmark = pytest.mark.e2e


@pytest.fixture
def say(ask):
    """Says something in one conversation and returns the text, plain spaces."""
    sender = f"conversation-{uuid.uuid4().hex}"

    def said(text: str) -> str:
        return "\n".join(m.text or "" for m in ask(text, sender)).replace("\u00a0", " ")

    return said


def test_a_student_on_a_phone(say):
    """SMS French, follow-ups without a subject."""
    assert "FAE" in say("slt jsui aide soignante jpe devenir assistante med ?")
    assert "98 heures" in say("et la formation sa dure cb de tps")
    assert "pris en charge" in say("c ki ki paye la formation")
    assert "1 801" in say("et apres on gagne cb")


def test_a_coordinator_asks_for_amounts(say):
    """Exact amounts, one thing changed at a time."""
    assert "13 000 €" in say("Quelle aide en 3e année pour un mi-temps, médecin au P92 ?")
    assert "26 000 €" in say("et à temps plein ?")
    assert "25 000 €" in say("et avec l'ancienne convention ?")


def test_an_emergency_in_the_middle_of_an_estimate(say):
    """15 and 112 first, whatever was going on; the bot then goes on."""
    say("tu peux calculer mon aide ?")
    answer = say("mon mari fait un malaise il respire plus")
    assert "15" in answer
    assert "112" in answer
    assert "€" not in answer
    assert CQP_DURATION in say("combien dure le CQP ?")


def test_two_conversations_do_not_mix(ask):
    """What one person says changes nothing for another."""
    ask("je suis infirmier", "premiere-personne")
    other = "\n".join(m.text or "" for m in ask("combien dure la formation ?", "autre-personne"))
    assert CQP_HOURS in other


def test_a_message_of_spaces_or_emojis_is_answered(say):
    """Never silence."""
    assert say("🙂🙂🙂")
    assert say("?")


def test_several_doctors_of_a_practice(say):
    """Each keeps a situation from one message to the next, and the sum is theirs together."""
    assert "57 000 €" in say("Dr A, P92, mi-temps ; Dr B, P60, temps plein : on aurait combien ?")
    assert "28 000 €" in say("et la 2e année pour le Dr B ?")
    answer = say("et au total pour la maison de santé la 3e année ?")
    assert "35 000 €" in answer and "Dr A" in answer and "Dr B" in answer


def test_two_questions_and_a_story(say):
    """Both questions are answered in order; the story before them is none."""
    answer = say(
        "Je suis secrétaire depuis dix ans et mon médecin a acheté un échographe. "
        "Combien de temps dure la formation d'assistant médical, et combien on gagne au début ?"
    )
    assert 0 <= answer.index(CQP_DURATION) < answer.index("brut par mois")
