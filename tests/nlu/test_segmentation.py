"""Where a message may be cut: questions apart, stories and elisions left whole."""

from __future__ import annotations

import pytest

from assistant_am.nlu.segmentation import clauses


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
    """A cut stands before a question that follows another, nowhere else."""
    strong = [clause.text for clause in clauses(message) if not clause.weak]
    assert strong == expected


def test_offsets_give_the_text_back():
    """Start and end are those of the message as typed."""
    message = "Bonjour. J'ai 35 ans. Combien gagne une AM ? et où se former ?"
    for clause in clauses(message):
        assert message[clause.start : clause.end].strip() == clause.text


def test_a_statement_does_not_ask():
    """The story around a question is not a question."""
    told, asked = clauses("Mon mari est généraliste à Laval. Combien gagne une AM ?")
    assert (told.asks, asked.asks) == (False, True)
