"""Formulas around a question are taken off, the question is left."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant_am.understanding.courtesy import CourtesyRemover

LEXICON = Path(__file__).resolve().parents[2] / "knowledge/lexique/politesse.yml"


@pytest.fixture(scope="module")
def strip() -> CourtesyRemover:
    return CourtesyRemover(yaml.safe_load(LEXICON.read_text("utf-8")))


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Bonjour, combien gagne une AM ?", "combien gagne une AM ?"),
        ("Bonsoir pourriez-vous me dire où se former s'il vous plaît ?", "où se former?"),
        ("combien dure la formation, merci d'avance", "combien dure la formation"),
        ("salut j'ai une question c'est quoi le CQP", "c'est quoi le CQP"),
    ],
)
def test_formulas_go_and_the_question_stays(strip, typed, left):
    """From both ends, several in a row."""
    assert strip(typed) == left


@pytest.mark.parametrize(
    "typed", ["bonjour", "merci beaucoup", "Bonjour madame", "au revoir merci"]
)
def test_a_formula_alone_is_the_message(strip, typed):
    """« bonjour » is a greeting, not an empty question."""
    assert strip(typed)


def test_a_formula_in_the_middle_is_left_alone(strip):
    """Only the ends are courtesy."""
    assert strip("dois-je dire bonjour au patient qui arrive") == (
        "dois-je dire bonjour au patient qui arrive"
    )
