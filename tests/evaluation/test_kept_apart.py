"""The scores of the sentences kept apart, with hand-made meanings."""

from __future__ import annotations

import pytest

from assistant_am.evaluation.kept_apart import answers, helps, label_of, put_aside, score
from assistant_am.evaluation.metrics import Share
from assistant_am.evaluation.sets import KeptApart, Labelled, Several, Urgent, read_kept_apart
from assistant_am.meaning import Emergency, Meaning, Request
from assistant_am.operations.errors import BrokenFileError
from assistant_am.operations.project import Project


def asked(label, trust="sur", *ranking):
    return Request(label, 0.5, trust, tuple((name, 0.1) for name in ranking or (label,)))


def heard(*requests, emergency=None):
    return Meaning("", requests, emergency=emergency)


SURE = heard(asked("a"))
HESITANT = heard(asked("x", "hesitant", "x", "y", "a", "b"))
LOST = heard(asked("a", "incompris"))
OUT = heard(asked("autre_metier", "hors_sujet"))
CARDIAC = heard(asked("a"), emergency=Emergency("vital", plain=True))
PERHAPS = heard(asked("a"), emergency=Emergency("vital", plain=False))
TELLS = heard(asked("aucune"))
TWO = heard(asked("a"), asked("b", "hesitant"), asked("c"), asked("hors_sujet", "hors_sujet"))


def test_helps():
    assert helps(SURE, "a")
    assert helps(HESITANT, "a")
    assert not helps(HESITANT, "b"), "only three are put forward"
    assert not helps(LOST, "a")
    assert not helps(CARDIAC, "a"), "an emergency is answered alone"
    assert helps(PERHAPS, "a"), "after a line, the ordinary answer comes"


def test_answers():
    assert answers(TWO) == ["a", "c", "hors_sujet"]
    assert answers(CARDIAC) == ["urgence"]
    assert answers(PERHAPS) == ["a"]
    assert answers(HESITANT) == answers(LOST) == answers(TELLS) == []


def test_put_aside():
    assert put_aside(OUT)
    assert put_aside(CARDIAC)
    assert put_aside(heard(asked("avis_medical")))
    assert not put_aside(TWO), "something of ours is answered"
    assert not put_aside(LOST)


def test_the_label_of_a_message():
    assert label_of(TWO) == "a"
    assert label_of(heard(asked("a"), emergency=Emergency("suicide", plain=True))) == (
        "urgence_suicide"
    )


def test_score():
    kept = KeptApart(
        subjects=(Labelled("1", "a"), Labelled("2", "a"), Labelled("3", "b"), Labelled("4", "b")),
        outside=(Labelled("5", "metier"), Labelled("6", "metier")),
        urgent=(
            Urgent("7", "vital"),
            Urgent("8", "suicide"),
            Urgent("9", None),
            Urgent("11", "vital"),
            Urgent("12", None),
        ),
        several=(Several("10", ("a", "c")),),
    )
    readings = {
        "1": SURE, "2": HESITANT, "3": OUT, "4": LOST, "5": OUT, "6": LOST,
        "7": CARDIAC, "8": CARDIAC, "9": SURE, "10": TWO, "11": PERHAPS, "12": PERHAPS,
    }  # fmt: skip
    scores = score(kept, readings.__getitem__)
    assert scores.right == scores.answered == Share(1, 4)
    assert scores.helped == Share(2, 4)
    assert scores.rejected == scores.not_understood == Share(1, 4)
    assert (scores.emergencies, scores.right_kind) == (Share(2, 3), Share(1, 3))
    assert scores.doubtful == Share(1, 3)
    assert (scores.false_alarms, scores.alarms_elsewhere) == (Share(1, 2), Share(0, 5))
    assert (scores.outside, scores.outside_silent) == (Share(1, 2), Share(2, 2))
    assert scores.outside_kinds == {"metier": Share(1, 2)}
    assert scores.several.all_found == Share(1, 1)
    assert scores.several.none_invented == Share(0, 1)
    assert [each.subject for each in scores.subjects] == ["b", "a"]
    assert {name: len(missed) for name, missed in scores.missed.items()} == {
        "sujets": 2, "urgences": 3, "hors sujet": 1, "deux questions": 1,
    }  # fmt: skip


def test_the_real_folder_is_read_whole():
    kept = read_kept_apart(Project.here().root / "tests" / "kept_apart")
    assert min(len(kept.subjects), len(kept.outside), len(kept.urgent), len(kept.several)) > 100
    assert {each.kind for each in kept.urgent} == {"vital", "suicide", None}


def test_an_empty_folder_is_said(tmp_path):
    with pytest.raises(BrokenFileError, match="mises à part"):
        read_kept_apart(tmp_path)
