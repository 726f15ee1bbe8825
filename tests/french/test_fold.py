"""Plain forms of what people type."""

from __future__ import annotations

import pytest

from assistant_am.french.fold import fold, fold_keeping_offsets, straighten, strip_accents, words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Élève À NOËL", "eleve a noel"),
        ("cœur, ex æquo", "coeur, ex aequo"),
        ("l’aide", "l'aide"),
        ("36\u202f000\u00a0€", "36 000 €"),
        ("e\u0301le\u0300ve", "eleve"),
    ],
)
def test_folding_forgets_case_accents_and_typography(typed, expected):
    """Two ways of typing the same words fold to the same text."""
    assert expected == fold(typed)


@pytest.mark.parametrize("typed", ["Cœur d’ange", "ÉTÉ\u202f2024", "a😀b", "\u0301"])
def test_folding_can_keep_offsets(typed):
    """One character out for one character in, ligatures and symbols included."""
    assert len(typed) == len(fold_keeping_offsets(typed))


def test_straightening_keeps_the_length_and_the_accents():
    """Only apostrophes, hyphens and spaces change."""
    assert straighten("l’été à 8\u00a0h ‑ fin") == "l'été à 8 h - fin"


def test_accents_go_and_case_stays():
    """Accents alone are stripped."""
    assert strip_accents("Élève") == "Eleve"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0,5 ETP !", ["0,5", "etp"]),
        ("Qu’est-ce que c’est ?", ["qu", "est", "ce", "que", "c", "est"]),
        ("...", []),
        ("1.5 ou 2", ["1.5", "ou", "2"]),
    ],
)
def test_words_are_folded_and_decimals_whole(typed, expected):
    """A text is cut into folded words, punctuation left out."""
    assert expected == words(typed)
