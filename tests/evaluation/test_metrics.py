"""The figures, on cases small enough to be counted by hand."""

from __future__ import annotations

import pytest

from assistant_am.evaluation.metrics import (
    Confusion,
    Share,
    classification,
    percentile,
    sets_quality,
    several_questions,
    share,
)


def test_a_share_of_nothing_is_zero():
    assert share([]) == Share(0, 0)
    assert Share(0, 0).ratio == 0


def test_a_share_counts_what_is_true():
    assert share([True, False, True, True]) == Share(3, 4)


def test_accuracy_and_macro_f1():
    expected = ["a", "a", "a", "b", "b", "c"]
    read = ["a", "a", "b", "b", "c", "d"]
    scores = classification(expected, read)
    assert scores.accuracy == Share(3, 6)
    by_name = {quality.name: quality for quality in scores.classes}
    assert by_name["a"].precision == 1
    assert by_name["a"].recall == pytest.approx(2 / 3)
    assert by_name["a"].f1 == pytest.approx(0.8)
    assert by_name["b"].f1 == pytest.approx(0.5)
    assert by_name["c"].f1 == 0
    # « d » was never expected: it costs « c » its recall, and is no class of its own.
    assert scores.macro_f1 == pytest.approx((0.8 + 0.5 + 0) / 3)


def test_confusions_come_by_frequency_then_by_name():
    scores = classification(["a", "a", "c", "b"], ["b", "b", "a", "a"])
    assert scores.confusions == (
        Confusion("a", "b", 2),
        Confusion("b", "a", 1),
        Confusion("c", "a", 1),
    )


def test_nothing_to_classify():
    scores = classification([], [])
    assert (scores.accuracy, scores.macro_f1, scores.confusions) == (Share(0, 0), 0, ())


def test_lists_of_different_lengths_are_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        classification(["a"], [])


def test_sets_quality():
    quality = sets_quality([{1, 2}, {3}, set()], [{1, 4}, {3}, {5}])
    assert (quality.hits, quality.false_hits, quality.misses) == (2, 2, 1)
    assert quality.precision == 0.5
    assert quality.recall == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("wanted", "found", "all_found", "none_invented", "in_order", "exact"),
    [
        (["a", "b"], ["a", "b"], 1, 1, 1, 1),
        (["a", "b"], ["b", "a"], 1, 1, 0, 0),
        (["a", "b"], ["a", "x", "b"], 1, 0, 1, 0),
        (["a", "b"], ["a"], 0, 1, 0, 0),
        (["a", "b"], [], 0, 1, 0, 0),
        (["a"], ["a"], 1, 1, 1, 1),
        (["a"], ["x"], 0, 0, 0, 0),
    ],
)
def test_several_questions(wanted, found, all_found, none_invented, in_order, exact):
    scores = several_questions([wanted], [found])
    assert scores.all_found.count == all_found
    assert scores.none_invented.count == none_invented
    assert (scores.in_order.count, scores.in_order.total) == (in_order, all_found)
    assert scores.exact.count == exact


def test_percentile():
    assert percentile([], 50) == 0
    assert percentile([3, 1, 2], 50) == 2
    assert percentile(range(101), 95) == 95
