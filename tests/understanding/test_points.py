"""The point of a message, from vectors made by hand."""

import numpy as np
import pytest

from assistant_am.understanding.conversations import GENERAL
from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.points import (
    FEATURES,
    PointExample,
    Points,
    wordings,
)
from assistant_am.understanding.space import Space
from assistant_am.understanding.subjects import Subject

SUBJECTS = {
    "cqp": Subject(
        "Le CQP ?", "i", "t", "CQP",
        points=(
            ("valable", ("le titre est valable partout",)),
            ("repasser", ("il faut le refaire",)),
        ),
    ),
    "paie": Subject("La paie ?", "i", "t", "Paie"),
}  # fmt: skip
AXES = np.eye(4)


def example(point, text, conversation="A", subject="cqp"):
    return PointExample(conversation, subject, point, text)


LEARNT = [
    example("valable", "ça marche à Brest", "A"),
    example("valable", "et dans le nord", "B"),
    example("repasser", "je recommence tout", "C"),
    example("repasser", "encore un examen", "D"),
    example(GENERAL, "c'est quoi", "E"),
    example(GENERAL, "en gros", "F"),
]
VECTORS = np.array([AXES[0], AXES[0], AXES[1], AXES[1], AXES[2], AXES[2]])


@pytest.fixture
def points():
    return Points.fit(LEARNT, VECTORS, SUBJECTS, np.array([AXES[0], AXES[1]]))


def test_a_message_asks_what_the_learnt_ones_near_it_ask(points):
    """Whatever its words."""
    assert points.read("cqp", "nouveau", AXES[0])[0][0] == "valable"
    assert points.read("cqp", "nouveau", AXES[1])[0][0] == "repasser"
    assert points.read("cqp", "nouveau", AXES[2])[0][0] == GENERAL


def test_the_words_of_a_wording_are_compared():
    said = [*LEARNT, example("repasser", "est-ce qu'il faut le refaire", "G")]
    fitted = Points.fit(said, np.vstack([VECTORS, AXES[1]]), SUBJECTS, np.array([AXES[0], AXES[1]]))
    words = fitted.compared()[0][-1][:, FEATURES.index("mots_enonce")]
    assert words[1] == 1
    assert max(words[0], words[2]) < 1


def test_probabilities_sum_to_one_and_a_subject_without_points_has_none(points):
    assert sum(value for _, value in points.read("cqp", "x", AXES[0])) == pytest.approx(1, abs=1e-3)
    assert points.read("paie", "x", AXES[0]) == []
    assert points.read("inconnu", "x", AXES[0]) == []


def test_an_example_is_compared_without_its_own_conversation():
    """Else fitting would only learn that a message is like itself."""
    twice = [*LEARNT, example("repasser", "seul de son genre", "G")]
    vectors = np.vstack([VECTORS, AXES[3]])
    fitted = Points.fit(twice, vectors, SUBJECTS, np.array([AXES[0], AXES[1]]))
    tables, right = fitted.compared()
    nearest = tables[-1][:, FEATURES.index("voisins")]
    assert right[-1] == 1
    assert tables[-1][1, FEATURES.index("mots_exemples")] == 0
    assert np.ptp(nearest) < 1


def test_a_point_that_left_the_fiche_is_its_general_answer():
    gone = [*LEARNT, example("disparu", "vieux point", "H")]
    fitted = Points.fit(gone, np.vstack([VECTORS, AXES[3]]), SUBJECTS, np.array([AXES[0], AXES[1]]))
    assert fitted.compared()[1][-1] == 2


def test_nothing_learnt_reads_by_the_wordings():
    fitted = Points.fit([], np.zeros((0, 4)), SUBJECTS, np.array([AXES[0], AXES[1]]))
    assert {key for key, _ in fitted.read("cqp", "x", AXES[0])} == {"valable", "repasser", GENERAL}


def test_what_is_written_reads_the_same(points, tmp_path):
    points.save(tmp_path)
    again = Points.load(tmp_path, SUBJECTS)
    for row in AXES:
        assert again.read("cqp", "refaire", row) == points.read("cqp", "refaire", row)


def test_a_damaged_file_is_a_broken_model(points, tmp_path):
    points.save(tmp_path)
    (tmp_path / "points.npz").write_bytes(b"PK")
    with pytest.raises(BrokenModel, match="make train"):
        Points.load(tmp_path, SUBJECTS)


def test_wordings_stand_in_the_order_of_the_rows():
    assert wordings(SUBJECTS) == [
        ("cqp", "le titre est valable partout"),
        ("cqp", "il faut le refaire"),
    ]
    assert Space.of(np.zeros((0, 4))).unit(np.ones(4)).shape == (0,)
