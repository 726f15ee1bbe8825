"""What is read from vectors: fitted, kept on disk, and refused in French when damaged."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant_am.understanding.heads import FILE, BrokenModel, Heads, Targets

LABELS = ("aide", "salaire", "merci")
KINDS = ("suite", "plusieurs")


def toy() -> tuple[np.ndarray, Targets]:
    """Three clouds of points; the first kind is so above 0 of the fourth axis, the second is so of
    the first cloud and not of the second, and known of few points."""
    dice = np.random.default_rng(3)
    which = np.repeat(np.arange(3), 30)
    vectors = dice.normal(0, 0.3, (90, 5)).astype(np.float32)
    vectors[np.arange(90), which] += 2
    vectors[:, 3] += dice.choice([-2, 2], 90)
    labels = np.eye(3, dtype=np.float32)[which]
    kinds = np.full((90, 2), np.nan, dtype=np.float32)
    kinds[:, 0] = vectors[:, 3] > 0
    kinds[:5, 1], kinds[30:60, 1] = 1, 0
    return vectors, Targets(labels, kinds, np.ones(90, dtype=np.float32))


@pytest.fixture
def fitted() -> Heads:
    heads = Heads(LABELS, KINDS)
    heads.fit(*toy(), 1e-3)
    return heads


def test_what_was_shown_is_learnt(fitted):
    """Each cloud reads as its label and kinds as said; what nobody said of a kind is no « no »."""
    vectors, targets = toy()
    labels, kinds = fitted.read(vectors)
    assert (labels.argmax(axis=1) == targets.labels.argmax(axis=1)).all()
    assert labels.sum(axis=1) == pytest.approx(np.ones(90), abs=1e-5)
    assert ((kinds[:, 0] > 0.5) == (targets.kinds[:, 0] == 1)).all()
    assert (kinds[:30, 1] > 0.5).all()
    assert (kinds[30:60, 1] < 0.5).all()


def test_several_right_labels_share_the_probability():
    """A row of which two labels are right gives neither of them all."""
    vectors = np.ones((20, 2), dtype=np.float32)
    vectors[10:] = -1
    labels = np.zeros((20, 3), dtype=np.float32)
    labels[:10, :2], labels[10:, 2] = 0.5, 1
    heads = Heads(LABELS, ())
    heads.fit(vectors, Targets(labels, np.zeros((20, 0)), np.ones(20, dtype=np.float32)), 1e-4)
    found, _ = heads.read(vectors[:1])
    assert found[0, :2] == pytest.approx([0.5, 0.5], abs=0.05)


def test_a_heavier_row_wins():
    """Where two rows disagree, the one that weighs more decides."""
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    labels = np.eye(3, dtype=np.float32)
    weights = np.array([1, 5, 1], dtype=np.float32)
    heads = Heads(LABELS, ())
    heads.fit(vectors, Targets(labels, np.zeros((3, 0)), weights), 1e-4)
    assert heads.read(vectors[:1])[0][0].argmax() == 1


def test_temperature_makes_less_sure_without_changing_the_order(fitted):
    """Above 1, probabilities come closer to each other; the kinds stay."""
    vectors, _ = toy()
    sure, kinds = fitted.read(vectors)
    fitted.temperature = 3.0
    calm, same = fitted.read(vectors)
    assert (calm.max(axis=1) < sure.max(axis=1)).all()
    assert (calm.argmax(axis=1) == sure.argmax(axis=1)).all()
    assert np.array_equal(kinds, same)


def test_the_same_is_read_after_saving(fitted, tmp_path):
    """Weights are kept in half precision: probabilities stay within a thousandth."""
    fitted.temperature = 1.7
    fitted.save(tmp_path)
    again = Heads.load(tmp_path)
    vectors, _ = toy()
    assert (again.labels, again.kinds) == (list(LABELS), list(KINDS))
    for before, after in zip(fitted.read(vectors), again.read(vectors), strict=True):
        assert after == pytest.approx(before, abs=2e-3)


@pytest.mark.parametrize("damage", ["missing", "short", "other", "empty", "format"])
def test_a_damaged_file_is_told_in_french(fitted, tmp_path, damage):
    """Missing, truncated or of another kind, it says so, and never raises anything else."""
    fitted.save(tmp_path)
    file = tmp_path / FILE
    if damage == "missing":
        file.unlink()
    elif damage == "short":
        file.write_bytes(file.read_bytes()[:-200])
    elif damage == "other":
        file.write_bytes(b"PK rien de tel")
    elif damage == "empty":
        file.write_bytes(b"")
    else:
        with np.load(file) as arrays:
            kept = dict(arrays)
        described = json.loads(str(kept["description"])) | {"format": 99}
        np.savez_compressed(file, **(kept | {"description": json.dumps(described)}))
    with pytest.raises(BrokenModel) as caught:
        Heads.load(tmp_path)
    wanted = "format 99, attendu 1" if damage == "format" else "lancez `make train`"
    assert wanted in str(caught.value)


def test_heads_go_on_from_those_before():
    """With a strong penalty what was learnt elsewhere stays; a label it does not know is learnt."""
    former = Heads.of(
        ["a", "b"],
        [],
        scale=(np.zeros(2), np.ones(2)),
        weights=np.array([[4.0, -4.0], [0.0, 0.0]]),
        bias=np.zeros(2),
    )
    vectors = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 3.0], [0.0, 2.5]], dtype=np.float32)
    wanted = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 0, 1]], dtype=np.float32)
    targets = Targets(wanted, np.zeros((4, 0)), np.ones(4, dtype=np.float32))

    def first(strength: float, row: int) -> str:
        heads = Heads(["a", "b", "nouveau"], [])
        heads.fit(vectors, targets, strength, former)
        return heads.labels[int(heads.read(vectors[[row]])[0][0].argmax())]

    assert first(1e6, 0) == "a", "as before, though these few rows say otherwise"
    assert first(1e-6, 0) == "b", "free to move, it follows the rows"
    assert first(1e-3, 2) == "nouveau"
