"""What the reading is learnt from: turns with what came before, sentences, pairs, messages."""

from __future__ import annotations

import json
import math

import pytest

from assistant_am.files.errors import KnowledgeError
from assistant_am.meaning import NO_CONTEXT, Context
from assistant_am.understanding.conversations import (
    LabelledConversation,
    LabelledRequest,
    LabelledTurn,
)
from assistant_am.understanding.examples import (
    all_kinds,
    read_messages,
    sentence_examples,
    turn_examples,
)
from assistant_am.understanding.reader import FOLLOWS, KINDS, OTHER, SUPPOSES

SUBJECTS = {"duree", "cout", "paie"}


def asked(*labels: str, follows: bool = False) -> LabelledRequest:
    return LabelledRequest("question", labels, follows)


TALK = LabelledConversation(
    "a",
    (
        LabelledTurn("bonjour", (asked("saluer"),)),
        LabelledTurn("c'est long ? et cher ?", (asked("duree", "cout"), asked("cout"))),
        LabelledTurn("merci", (asked("remercier"),)),
        LabelledTurn("je suis infirmière", (), {"profil": "infirmier"}),
        LabelledTurn("et ma sœur ?", (asked("cout", follows=True),), {"de": "tiers"}),
        LabelledTurn("et si j'avais le bac ?", (asked("paie"),), {"hypothese": True}),
    ),
)


def test_a_turn_comes_after_the_subject_and_the_message_before():
    """The last subject asked lasts over thanks and things told; the message is that just before,
    the opening the first, once it is another."""
    found = list(turn_examples([TALK, TALK], SUBJECTS))
    assert len(found) == 12
    assert [each.context for each in found[:6]] == [
        NO_CONTEXT,
        Context("", "bonjour"),
        Context("cout", "c'est long ? et cher ?", opening="bonjour"),
        Context("cout", "merci", opening="bonjour"),
        Context("cout", "je suis infirmière", opening="bonjour"),
        Context("cout", "et ma sœur ?", opening="bonjour"),
    ]
    assert found[6].context == NO_CONTEXT, "another conversation begins with nothing"


def test_a_turn_has_its_requests_and_kinds():
    """Any right label of each request; what only tells is learnt as such."""
    found = list(turn_examples([TALK], SUBJECTS))
    assert found[1].requests == (("duree", "cout"), ("cout",))
    assert found[3].requests == (("aucune",),)
    so = [{kind for kind in KINDS if each.kinds[kind]} for each in found]
    assert so == [set(), set(), set(), set(), {FOLLOWS, OTHER}, {SUPPOSES}]


def test_what_nobody_said_of_a_kind_is_not_no():
    """A sentence says nothing of its kinds; a turn says all of them."""
    (sentence,) = sentence_examples({"duree": ["c'est long ?"]}, [], SUBJECTS, 5)
    assert all(math.isnan(value) for value in all_kinds(sentence))
    turn = list(turn_examples([TALK], SUBJECTS))[4]
    values = dict(zip(KINDS, all_kinds(turn), strict=True))
    assert values == {FOLLOWS: 1, SUPPOSES: 0, OTHER: 1}


SENTENCES = {
    label: [f"{label} {i}" for i in range(40)] for label in ("duree", "cout", "paie", "merci")
}


def test_sentences_come_alone_and_after_something():
    """So many of each label, about half of them after a turn and a subject that exist."""
    given = sentence_examples(SENTENCES, [TALK], SUBJECTS, 30)
    found = [each for each in given if len(each.requests) == 1]
    assert [sum(e.requests == ((label,),) for e in found) for label in SENTENCES] == [30] * 4
    after = [each.context for each in found if each.context != NO_CONTEXT]
    assert 0.35 < len(after) / len(found) < 0.65
    assert {each.subject for each in after} <= SUBJECTS
    assert {each.message for each in after} <= {turn.text for turn in TALK.turns}


def test_pairs_are_two_sentences_in_one_message():
    """Both texts, both labels, in order."""
    found = sentence_examples(SENTENCES, [TALK], SUBJECTS, 30)
    pairs = [each for each in found if len(each.requests) > 1]
    assert pairs
    for pair in pairs:
        (one,), (other,) = pair.requests
        assert one != other
        assert pair.text.startswith(one)
        assert other in pair.text[len(one) :]


def test_the_same_data_gives_the_same_examples():
    """A training can be made again."""
    assert sentence_examples(SENTENCES, [TALK], SUBJECTS, 9) == sentence_examples(
        dict(reversed(SENTENCES.items())), [TALK], SUBJECTS, 9
    )


def test_single_messages_are_read_with_what_came_before(tmp_path):
    """`u` what was typed, `s` its subject, `p` and `l` what came before."""
    lines = [
        {"s": "duree", "u": "c'est long ?"},
        {"s": "cout", "u": "et là", "p": "a", "l": "paie"},
    ]
    text = "\n".join(json.dumps(line) for line in lines) + "\n"
    (tmp_path / "b.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("rien", encoding="utf-8")
    first, second = read_messages(tmp_path)
    assert (first.text, first.context, first.requests) == (
        "c'est long ?",
        NO_CONTEXT,
        (("duree",),),
    )
    assert second.context == Context("paie", "a")
    assert not first.kinds


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        '{"s": "duree"}',
        '{"u": "c\'est long ?"}',
        "",
        "[1]",
        '"duree"',
        "null",
    ],
)
def test_a_broken_line_is_told_with_its_place(tmp_path, broken):
    """Every bad line of every file is said, with the file and the line."""
    good = '{"s": "duree", "u": "c\'est long ?"}'
    (tmp_path / "a.jsonl").write_text(f"{good}\n{broken}\n{good}\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_messages(tmp_path)
    first, second = map(str, caught.value.problems)
    assert first.startswith(f"{tmp_path / 'a.jsonl'}:2 : ligne illisible")
    assert second.startswith(f"{tmp_path / 'b.jsonl'}:1 : ligne illisible")
    assert "corrigez-la" in first
