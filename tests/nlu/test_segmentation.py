"""Where a message may be cut: questions apart, stories and elisions left whole."""

from __future__ import annotations

import itertools

import pytest

from assistant_am.nlu.segmentation import asks, clauses, without_connector


def pieces(message, **wanted):
    """Texts of the clauses, those with the attributes wanted."""
    return [
        message[clause.start : clause.end].strip()
        for clause in clauses(message)
        if all(getattr(clause, name) == value for name, value in wanted.items())
    ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("c'est quoi la durée et combien on gagne", ["c'est quoi la durée", "et combien on gagne"]),
        ("Combien gagne une AM ? Où se former ?", ["Combien gagne une AM ?", "Où se former ?"]),
        ("et à mi-temps ?", ["et à mi-temps ?"]),
        (
            "quelle aide en 3e année pour un mi-temps ?",
            ["quelle aide en 3e année pour un mi-temps ?"],
        ),
        ("", []),
    ],
)
def test_cuts(message, expected):
    """A strong cut stands before a question that follows another, nowhere else."""
    assert pieces(message, weak=False) == expected


@pytest.mark.parametrize("message", ["salaire + durée", "salaire et durée", "salaire, durée"])
def test_keywords_may_be_cut(message):
    """A plus, an « et », a comma: proposed, and left to the classifier."""
    assert len(clauses(message)) == 2


@pytest.mark.parametrize(
    "message",
    [
        "c koi les missions ? et ya koi comme salaire",
        "cest quoi les missions et c'est qui l'employeur",
        "kel salaire et y a quoi comme horaires",
        "cb dure la formation et c ki ki paye",
    ],
)
def test_questions_as_they_are_typed(message):
    """« c koi », « ya koi », « cest quoi », « c ki » ask as their written forms do."""
    assert len(pieces(message, weak=False, asks=True)) == 2


@pytest.mark.parametrize("told", ["quelqu'un m'en a parlé", "j'ai quelques patients"])
def test_words_that_begin_like_a_question_ask_nothing(told):
    """« quelqu'un » is no « quel »."""
    assert not asks(told)


def test_offsets_cover_the_message():
    """Start and end are those of the message as typed, one after the other."""
    message = "Bonjour. J'ai 35 ans. Combien gagne une AM ? et où se former ?"
    found = clauses(message)
    assert found[0].start == 0 and found[-1].end == len(message)
    assert all(a.end == b.start for a, b in itertools.pairwise(found))


def test_a_statement_does_not_ask():
    """The story around a question is not a question."""
    told, asked = clauses("Mon mari est généraliste à Laval. Combien gagne une AM ?")
    assert (told.asks, asked.asks) == (False, True)
    assert (told.sentence, asked.sentence) == (0, 1)


def test_a_long_story_is_bounded():
    """Each run of clauses is classified: their number has a limit."""
    assert len(clauses("un, deux, trois, quatre, cinq. " * 20)) <= 8


def test_a_connector_is_not_part_of_the_question():
    """« et combien on gagne » is classified as « combien on gagne »."""
    assert without_connector("et puis combien on gagne") == "combien on gagne"
    assert without_connector("et") == "et"
    assert asks("je voudrais savoir le prix")
