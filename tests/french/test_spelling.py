"""What people type is put right; what is right is left alone."""

from __future__ import annotations

import time

import pytest

from assistant_am.french.spelling import MAX_CHARACTERS, Speller

WORDS = ["un", "assistant", "aide", "combien", "quoi", "pendant", "pendre", "montre", "cote",
         "côté",
         "médecin", "salaire", "c'est", "est", "que", "les", "informatique", "avc",
         ]  # fmt: skip
VOCABULARY = ["médical", "médecin", "formation", "assistant", "percentile", "conventionnement"]
SMS = {"c": "c'est", "koi": "quoi", "cb": "combien", "am": "assistant médical", "pr": "pour",
       "sa fait": "ça fait", "j": "je"}  # fmt: skip


@pytest.fixture(scope="module")
def put_right() -> Speller:
    return Speller(WORDS, VOCABULARY, SMS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("medecin", "médecin"),
        ("MEDICAL", "médical"),
        ("médecin", "médecin"),
    ],
)
def test_lost_accents_come_back(put_right, typed, expected):
    """A word typed without its accents gets them back."""
    assert expected == put_right(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("c koi", "c'est quoi"),
        ("cb pr un am", "combien pour un assistant médical"),
        ("sa fait cb", "ça fait combien"),
    ],
)
def test_sms_is_written_out(put_right, typed, expected):
    """Abbreviations of one word or several are written in full."""
    assert expected == put_right(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("formtion", "formation"),
        ("fromation", "formation"),
        ("assisstant", "assistant"),
        ("percentiel", "percentile"),
        ("conventionement", "conventionnement"),
        ("formaaaaation", "formation"),
    ],
)
def test_typos_go_to_the_words_of_the_domain(put_right, typed, expected):
    """An unknown word becomes the word of the domain that it misspells."""
    assert expected == put_right(typed)


@pytest.mark.parametrize(
    "typed", ["pendant", "montre", "informatique", "salaire", "p92", "1200", "xyz", "côté"]
)
def test_real_words_and_codes_are_left_alone(put_right, typed):
    """A French word, a figure or a short unknown word is never rewritten."""
    assert typed == put_right(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("c'est", "c'est"),
        ("l’aide", "l'aide"),
        ("j'ai", "j'ai"),
        ("qu'est-ce que c'est", "qu'est-ce que c'est"),
    ],
)
def test_elisions_are_not_abbreviations(put_right, typed, expected):
    """The « c » of « c'est » and the « j » of « j'ai » are not SMS."""
    assert expected == put_right(typed)


def test_putting_right_twice_changes_nothing_more(put_right):
    """What was put right stays as it is."""
    once = put_right("C koi la formtion d'assisstant medical ?")
    assert once == put_right(once)


def test_a_huge_text_is_cut_and_read_fast(put_right):
    """Of a hundred thousand characters only the first thousand are read, in a moment."""
    start = time.perf_counter()
    read = put_right("formtion " * 11_200)
    assert time.perf_counter() - start < 1
    assert len(read) < MAX_CHARACTERS + MAX_CHARACTERS / 5
    assert read.startswith("formation formation")


@pytest.mark.parametrize("typed", ["", " ", "?!", "😀", "مرحبا"])
def test_odd_texts_raise_nothing(put_right, typed):
    """Nothing, punctuation or another alphabet is no error."""
    assert isinstance(put_right(typed), str)
