"""Scores of labelled conversations, on turns whose figures can be counted by hand."""

from __future__ import annotations

import pytest

from assistant_am.evaluation.metrics import Share
from assistant_am.evaluation.observed import Observed
from assistant_am.evaluation.talks import Scored, play, score_talks
from assistant_am.understanding.conversations import (
    LabelledConversation,
    LabelledRequest,
    LabelledTurn,
)


def asks(*labels, follows=False):
    return LabelledRequest("question", labels, follows)


def act(name):
    return LabelledRequest(name, (name,))


def row(name, place, requests, *, subjects=(), acts=(), values=(), told=(), alarm=None, **more):
    turn = LabelledTurn("…", tuple(requests), dict(values))
    seen = Observed(name, place, subjects, acts, dict(told), "demandes", alarm, "…", **more)
    return Scored(name, place, turn, seen)


def test_turns_and_conversations_side_by_side():
    rows = [
        row("A", 1, [asks("a", "b")], subjects=("x", "b")),
        row("A", 2, [asks("a", follows=True)], subjects=("a",)),
        row("A", 3, []),
        row("B", 1, [act("saluer"), asks("a")], subjects=("a",), acts=("saluer",)),
        row("B", 2, [asks("b", follows=True)], subjects=("a",), first=("a", "x", "b")),
        row("B", 3, [asks("c")], first=("a", "x", "b", "c")),
        row("C", 1, [act("remercier")]),
    ]
    scores = score_talks(rows)
    assert scores.questions == Share(3, 5)
    assert scores.first_messages == Share(2, 2)
    assert scores.follow_ups == Share(1, 2)
    assert scores.others == Share(0, 1)
    assert scores.put_forward == Share(4, 5)
    assert scores.conversations == Share(1, 2), "C asks nothing"
    assert [(each.conversation, each.place) for each in scores.missed] == [("B", 2), ("B", 3)]
    quality = {each.name: (each.hits, each.false_hits, each.misses) for each in scores.acts}
    assert quality == {"saluer": (1, 0, 0), "remercier": (0, 0, 1), "tous": (1, 0, 1)}


def test_the_first_question_of_a_turn_counts_and_several_want_all():
    both = [asks("a"), asks("b"), act("remercier")]
    rows = [
        row("A", 1, both, subjects=("b",), acts=("remercier",)),
        row("A", 2, both, subjects=("b", "a"), acts=("remercier",)),
        row("A", 3, both, subjects=("a", "b")),
    ]
    scores = score_talks(rows)
    assert scores.questions == Share(2, 3)
    assert scores.several == Share(1, 3)


def test_points_not_covered():
    rows = [
        row("A", 1, [asks("non_couvert")], subjects=("non_couvert",)),
        row("A", 2, [asks("non_couvert")], subjects=("a",)),
        row("A", 3, [asks("a")], subjects=("non_couvert",)),
        row("A", 4, [asks("a", "non_couvert")], subjects=("a",)),
    ]
    found = score_talks(rows).not_covered
    assert (found.hits, found.false_hits, found.misses) == (1, 1, 1)


def test_values_slot_by_slot_whatever_their_form():
    rows = [
        row("A", 1, [], values={"quotite": 1, "annee": [1, 2]}, told={"quotite": 1.0, "annee": 1}),
        row("A", 2, [], values={"specialite": "cardiologue"}, told={"specialite": "cardiologie"}),
        row("A", 3, [], values={"medecins": [{"patients": 700}, {"patients": 900}]}, told={}),
        row("A", 4, [], values={"age_65": True}, told={"tranche": "p95_plus", "lieu": "msp"}),
    ]
    scores = score_talks(rows, lambda slot, value: str(value).replace("logue", "logie"))
    found = {each.name: (each.hits, each.false_hits, each.misses) for each in scores.values}
    assert found["quotite"] == (1, 0, 0)
    assert found["annee"] == (1, 0, 1)
    assert found["specialite"] == (1, 0, 0)
    assert found["patients"] == (0, 0, 2)
    assert found["tranche"] == (0, 1, 0)
    assert found["toutes"] == (3, 1, 3), "age_65 and lieu are not scored"


def test_both_degrees_are_false_alarms_unless_the_turn_is_urgent():
    rows = [
        row("A", 1, [asks("a")], subjects=("a",), alarm="doubtful"),
        row("A", 2, [], alarm="plain"),
        row("A", 3, [act("urgence")], acts=("urgence",), alarm="plain"),
        row("A", 4, [act("urgence_suicide")], alarm="doubtful"),
        *(row("A", 5 + i, []) for i in range(6)),
    ]
    scores = score_talks(rows)
    assert (scores.doubtful, scores.plain) == (Share(1, 8), Share(1, 8))
    assert scores.alarms_per_thousand == pytest.approx(250)
    assert scores.emergencies == Share(1, 2), "seen only when it is plain"


def test_nothing_to_score():
    scores = score_talks([])
    assert (scores.turns, scores.questions, scores.conversations) == (0, Share(0, 0), Share(0, 0))


def test_each_conversation_starts_anew(assistant, heard):
    heard.tell("combien ?", ("montant_aide", "sur"))
    heard.tell("à mi-temps", values={"quotite": 0.5}, follows=0.9)
    turns = (LabelledTurn("combien ?", ()), LabelledTurn("à mi-temps", ()))
    conversations = [LabelledConversation("A", turns), LabelledConversation("B", turns[1:])]
    rows = list(play(assistant, conversations))
    assert [(each.conversation, each.place) for each in rows] == [("A", 1), ("A", 2), ("B", 1)]
    assert rows[1].seen.subjects == ("montant_aide",)
    assert rows[2].seen.subjects == ()


def test_what_a_second_reading_added_is_said_apart():
    """Right with it, wrong without it: both figures stand side by side."""
    scores = score_talks(
        [
            row("A", 1, [asks("a")], subjects=("b", "a"), beside=("a",)),
            row("A", 2, [asks("a")], subjects=("a", "b"), beside=("b",)),
            row("A", 3, [asks("a")], subjects=("a",)),
        ]
    )
    assert (scores.questions, scores.alone) == (Share(3, 3), Share(2, 3))
    assert scores.doubled == Share(2, 3)
