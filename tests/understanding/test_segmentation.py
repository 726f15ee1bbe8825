"""Where a message may be cut: questions apart, stories and elisions left whole."""

from __future__ import annotations

import itertools

import pytest

from assistant_am.understanding.segmentation import clauses, without_connector


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
        (
            "C'est quoi la formation et ça dure combien ?",
            ["C'est quoi la formation", "et ça dure combien ?"],
        ),
        (
            "quel est le nom du métier et depuis quand ça existe",
            ["quel est le nom du métier", "et depuis quand ça existe"],
        ),
        (
            "Quelles qualités humaines faut-il avoir ?",
            ["Quelles qualités humaines faut-il avoir ?"],
        ),
        (
            "le contrat se signe pour combien de temps",
            ["le contrat se signe pour combien de temps"],
        ),
        (
            "je comprends rien, le cqp c'est quoi et la fae c'est quoi",
            ["je comprends rien,", "et la fae c'est quoi"],
        ),
        ("1) conditions de l'aide 2) démarches", ["1) conditions de l'aide", "2) démarches"]),
        ("en année 2) ou 1) voilà", ["en année 2) ou 1) voilà"]),
        (
            "comment on sinscrit et la prochaine rentrée c'est quand",
            ["comment on sinscrit", "et la prochaine rentrée c'est quand"],
        ),
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


@pytest.mark.parametrize(
    "kept", ["ou se former", "puis-je refuser", "la formation et ça dure", "2,5 ETP"]
)
def test_what_only_looks_like_a_connector_is_kept(kept):
    """« où » without its accent, « puis-je », an « et » inside."""
    assert without_connector(kept) == kept


@pytest.mark.parametrize(
    "message",
    [
        "Dans une téléconsultation, quel est son rôle ?",
        "les médecins salariés d'un centre de santé, ils y ont droit ?",
        "pour 1,5 ETP",
    ],
)
def test_what_is_named_stays_with_what_is_asked_of_it(message):
    """A pronoun leans on it; a decimal comma is none."""
    assert len(clauses(message)) == 1


def test_a_story_before_a_pronoun_is_set_apart():
    """« ma fille vient d'être embauchée, elle a droit à quoi ? »: the story is no question."""
    told, asked = clauses("ma fille vient d'être embauchée, elle a droit à quoi ?")
    assert told.tells and asked.asks
