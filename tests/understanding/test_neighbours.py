"""The learnt examples nearest to a message say what it is about."""

from __future__ import annotations

import numpy as np
import pytest

from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.neighbours import FILE, Neighbours


@pytest.fixture(scope="module")
def two_places() -> tuple[Neighbours, np.ndarray, np.ndarray]:
    """One label in two places far apart, another between them: no straight line tells them."""
    dice = np.random.default_rng(0)
    places = np.repeat(np.array([[3, 0, 1], [-3, 0, 1], [0, 3, 1]], dtype=np.float32), 20, axis=0)
    vectors = places + dice.normal(0, 0.1, places.shape).astype(np.float32)
    wanted = np.zeros((60, 2), dtype=np.float32)
    wanted[:40, 0] = wanted[40:, 1] = 1
    return Neighbours.of(vectors, wanted), vectors, wanted


def test_a_label_may_be_in_several_places(two_places):
    near, vectors, wanted = two_places
    read = near.read(vectors)
    assert (read.argmax(1) == wanted.argmax(1)).all()
    assert read.sum(1) == pytest.approx(1.0)


def test_an_example_of_two_labels_counts_for_both():
    """Half for each: either answer is right there."""
    vectors = np.array([[4, 0, 0], [0, 4, 0], [0, 0, 4]], dtype=np.float32)
    wanted = np.array([[1, 0], [0.5, 0.5], [0, 1]], dtype=np.float32)
    read = Neighbours.of(vectors, wanted).read(vectors)
    assert read[1] == pytest.approx([0.5, 0.5], abs=0.01)
    assert read[0, 0] > 0.99


def test_it_is_read_back_as_it_was(two_places, tmp_path):
    near, vectors, _ = two_places
    near.save(tmp_path)
    assert Neighbours.load(tmp_path).read(vectors) == pytest.approx(near.read(vectors), abs=0.01)


def test_a_damaged_file_says_what_to_do(two_places, tmp_path):
    two_places[0].save(tmp_path)
    kept = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(kept[: len(kept) // 2])
    with pytest.raises(BrokenModel, match="make train"):
        Neighbours.load(tmp_path)
