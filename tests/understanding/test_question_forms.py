"""The forms of questions as people type them, and what only looks like one."""

from __future__ import annotations

import pytest

from assistant_am.understanding.question_forms import asks, asks_in_words, leans, left_open, tells


@pytest.mark.parametrize(
    "asked",
    [
        "je voudrais savoir le prix",
        "la prochaine rentree cest kan",
        "c'est ou la formation",
        "existe-t-il a distance",
        "faut koi comme diplome",
        "g fais koi pour m'inscrire",
        "simulez-moi mon aide",
        "rappelle moi le montant",
        "pouvez-vous m'indiquer la duree",
        "vous pouvez m'expliquer",
        "depuis quand existe ce metier",
        "qui paye l'ecole",
        "elle commence quand",
    ],
)
def test_forms_that_ask(asked):
    assert asks_in_words(asked)


@pytest.mark.parametrize(
    "told",
    [
        "quelqu'un m'en a parle",
        "j'ai quelques patients",
        "comme quand j'etais infirmiere a l'hopital",
        "je commence quand meme a tourner en rond",
        "une amie qui fait ca",
        "elle a suivi une formation parait-il",
        "sans m'expliquer",
        "je suis jeune installee",
        "il oublie toujours de dire des choses",
        "je prends rendez-vous",
        "on m'a dit qu'il faut etre secteur 1",
    ],
)
def test_words_of_a_question_that_ask_nothing(told):
    """« quelqu'un » is no « quel », « une amie qui » no « qui »."""
    assert not asks(told)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("j'ai 35 ans", True),
        ("jsui en bac pro", True),
        ("bonjour, ma fille vient d'etre embauchee", True),
        ("elle gagne correct", True),
        ("qu'il aura une aide", True),
        ("jpeux le faire a distance", False),
        ("j'ai droit a l'aide", False),
        ("elle a droit aux conges", False),
        ("je fais comment", False),
        ("la duree de la formation", False),
        ("jusqu'a quel age", False),
    ],
)
def test_who_tells_of_oneself(said, expected):
    """A story is no question; « je peux… » and « j'ai droit… » are, without a mark."""
    assert tells(said) is expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("ils y ont droit ?", True),
        ("quel est son role ?", True),
        ("faut-il le bac ?", False),
        ("il faut le bac ?", False),
        ("y a-t-il une aide ?", False),
    ],
)
def test_a_pronoun_leans_on_what_was_named(asked, expected):
    assert leans(asked) is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("quelles qualites humaines ", True),
        ("se signe pour ", True),
        ("quel est le salaire ", False),
        ("combien dure la formation ", False),
    ],
)
def test_words_that_an_opener_completes(before, expected):
    assert left_open(before) is expected
