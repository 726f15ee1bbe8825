"""Spoilt sentences: the same each time, and spoilt in the way that their name says."""

from __future__ import annotations

import pytest

from assistant_am.evaluation.metrics import Share
from assistant_am.evaluation.perturb import (
    PERTURBATIONS,
    as_sms,
    polite,
    swap_letters,
    with_emojis,
    without_punctuation,
)
from assistant_am.evaluation.robustness import robustness, sample

SENTENCE = "Est-ce qu'il faut un diplôme pour être assistant médical ?"


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_same_sentence_is_always_spoilt_alike(name):
    assert PERTURBATIONS[name](SENTENCE) == PERTURBATIONS[name](SENTENCE) != SENTENCE


@pytest.mark.parametrize("name", PERTURBATIONS)
@pytest.mark.parametrize("text", ["", "?", "ok", "🙏", "1,5 ETP"])
def test_odd_texts_do_not_stop_it(name, text):
    assert isinstance(PERTURBATIONS[name](text), str)


def test_swapped_letters_are_the_same_letters():
    spoilt = swap_letters(SENTENCE)
    assert sorted(spoilt) == sorted(SENTENCE)
    pairs = zip(spoilt.split(), SENTENCE.split(), strict=True)
    assert [sorted(a) == sorted(b) for a, b in pairs] == [True] * len(SENTENCE.split())


def test_sms():
    assert as_sms("Combien gagne une secrétaire ?") == "cb gagne 1 secretaire ?"
    assert as_sms("C’est quoi les missions ?") == "c koi les mission ?"


def test_punctuation_inside_figures_stays():
    assert without_punctuation("Et pour 1,5 ETP, combien ?") == "et pour 1,5 etp combien"


def test_politeness_and_emojis_keep_the_sentence():
    assert SENTENCE in polite(SENTENCE)
    assert with_emojis(SENTENCE).startswith(f"{SENTENCE} ")


def test_robustness_counts_by_way_and_by_label():
    """A reader that knows words in lower case only: upper case costs it everything."""

    def read(texts):
        return ["duree" if "duree" in text else "autre" for text in texts]

    found = robustness(["la duree", "bonjour"], ["duree", "autre"], read)
    rows = {row.name: row for row in found.rows}
    assert rows["majuscules"].before == Share(2, 2)
    assert rows["majuscules"].after == rows["majuscules"].same == Share(1, 2)
    assert rows["emojis"].after == Share(2, 2)
    assert found.labels[0][0] == "duree"
    assert found.labels[-1][2] == Share(len(PERTURBATIONS), len(PERTURBATIONS))


def test_the_sample_is_spread_over_each_label():
    labels = ["a"] * 10 + ["b"] * 2
    assert sample(labels, 5) == [0, 2, 4, 6, 8, 10, 11]
