"""Numbers written in letters become digits, and the way back to the typed text is kept."""

from __future__ import annotations

import pytest

from assistant_am.french.numbers import view


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("deux", "2"),
        ("vingt et un", "21"),
        ("soixante et onze", "71"),
        ("quatre-vingt-dix", "90"),
        ("quatre vingt quinze", "95"),
        ("septante", "70"),
        ("trois cent cinquante-deux", "352"),
        ("mille deux cents", "1200"),
        ("deux mille cinq cents patients", "2500 patients"),
        ("zéro virgule cinq", "0,5"),
        ("un virgule cinq ETP", "1,5 etp"),
        ("l'an deux mille vingt-quatre", "l'an 2024"),
    ],
)
def test_spelled_numbers_become_digits(typed, expected):
    """A number in letters is read as its digits, with or without hyphens."""
    assert expected == view(typed).text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("première année", "1e annee"),
        ("deuxième", "2e"),
        ("troisiem annee", "3e annee"),
        ("trosième année", "3e annee"),
        ("deuxeme", "2e"),
        ("vingtième percentile", "20e percentile"),
        ("vingt et unième", "21e"),
        ("quatre-vingt-douzième percentile", "92e percentile"),
        ("un deuxième assistant", "un 2e assistant"),
    ],
)
def test_ordinals_keep_their_mark(typed, expected):
    """An ordinal becomes its digits and « e », even with one slip in it."""
    assert expected == view(typed).text


@pytest.mark.parametrize(
    "typed", ["un", "une aide", "un assistant et une secretaire", "le systeme", "un probleme"]
)
def test_articles_and_words_stay_words(typed):
    """« un » and « une » alone are articles; a word that looks like an ordinal is left alone."""
    assert typed == view(typed).text


@pytest.mark.parametrize(
    ("typed", "digits", "words"),
    [
        ("aide pour mille deux cents patients", "1200", "mille deux cents"),
        ("Cœur et âme : la deuxième année", "2e", "deuxième"),
        ("au QUATRE-VINGT-DOUZIÈME percentile", "92e", "QUATRE-VINGT-DOUZIÈME"),
        ("déjà 775 patients", "775", "775"),
        ("deux", "2", "deux"),
    ],
)
def test_offsets_lead_back_to_the_typed_text(typed, digits, words):
    """The span of digits in the view is that of the words as they were typed."""
    seen = view(typed)
    start = seen.text.index(digits)
    first, last = seen.span(start, start + len(digits))
    assert words == typed[first:last]


def test_an_empty_text_has_a_view():
    """Nothing typed is nothing read."""
    assert view("").text == ""
