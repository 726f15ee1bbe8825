"""The scores of the sentences kept apart, with hand-made readings."""

from __future__ import annotations

import pytest

from assistant_am.evaluation.kept_apart import answers, helps, put_aside, score
from assistant_am.evaluation.metrics import Share
from assistant_am.evaluation.reader import Part, Read
from assistant_am.evaluation.sets import KeptApart, Labelled, Several, Urgent, read_kept_apart
from assistant_am.operations.errors import BrokenFileError
from assistant_am.operations.project import Project


def part(intent, band="sur", *ranking):
    return Part(intent, band, ranking or (intent,))


def read(*parts, emergency=None):
    name = "urgence" if emergency else parts[0].intent
    return Read(name, parts, emergency)


SURE = read(part("a"))
HESITANT = read(part("x", "hesitant", "x", "y", "a", "b"))
LOST = read(part("a", "incompris"))
OUT = read(part("autre_metier", "hors_sujet"))
CARDIAC = read(part("a"), emergency="vital")
TWO = read(part("a"), part("b", "hesitant"), part("c"), part("hors_sujet", "hors_sujet"))


def test_helps():
    assert helps(SURE, "a")
    assert helps(HESITANT, "a")
    assert not helps(HESITANT, "b"), "only three are put forward"
    assert not helps(LOST, "a")
    assert not helps(CARDIAC, "a"), "an emergency is answered alone"


def test_answers():
    assert answers(TWO) == ["a", "c", "hors_sujet"]
    assert answers(CARDIAC) == ["urgence"]
    assert answers(HESITANT) == answers(LOST) == []


def test_put_aside():
    assert put_aside(OUT)
    assert put_aside(CARDIAC)
    assert put_aside(read(part("avis_medical")))
    assert not put_aside(TWO), "something of ours is answered"
    assert not put_aside(LOST)


def test_score():
    kept = KeptApart(
        subjects=(Labelled("1", "a"), Labelled("2", "a"), Labelled("3", "b"), Labelled("4", "b")),
        outside=(Labelled("5", "metier"), Labelled("6", "metier")),
        urgent=(Urgent("7", "vital"), Urgent("8", "suicide"), Urgent("9", None)),
        several=(Several("10", ("a", "c")),),
    )
    readings = {
        "1": SURE, "2": HESITANT, "3": OUT, "4": LOST, "5": OUT, "6": LOST,
        "7": CARDIAC, "8": CARDIAC, "9": SURE, "10": TWO,
    }  # fmt: skip
    scores = score(kept, lambda texts: [readings[text] for text in texts], lambda name: name)
    assert scores.right == scores.answered == Share(1, 4)
    assert scores.helped == Share(2, 4)
    assert scores.rejected == scores.not_understood == Share(1, 4)
    assert (scores.emergencies, scores.right_kind) == (Share(2, 2), Share(1, 2))
    assert (scores.false_alarms, scores.alarms_elsewhere) == (Share(0, 1), Share(0, 5))
    assert (scores.outside, scores.outside_silent) == (Share(1, 2), Share(2, 2))
    assert scores.outside_kinds == {"metier": Share(1, 2)}
    assert scores.several.all_found == Share(1, 1)
    assert scores.several.none_invented == Share(0, 1)
    assert [each.subject for each in scores.subjects] == ["b", "a"]
    assert {name: len(missed) for name, missed in scores.missed.items()} == {
        "sujets": 2, "urgences": 1, "hors sujet": 1, "deux questions": 1,
    }  # fmt: skip


def test_the_real_folder_is_read_whole():
    kept = read_kept_apart(Project.here().root / "tests" / "kept_apart")
    assert min(len(kept.subjects), len(kept.outside), len(kept.urgent), len(kept.several)) > 100
    assert {each.kind for each in kept.urgent} == {"vital", "suicide", None}


def test_an_empty_folder_is_said(tmp_path):
    with pytest.raises(BrokenFileError, match="mises à part"):
        read_kept_apart(tmp_path)
