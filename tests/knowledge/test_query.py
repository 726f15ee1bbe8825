"""What a fiche answers to this person and this question."""

from __future__ import annotations

import datetime

import pytest

from assistant_am.files.source import Source
from assistant_am.knowledge import (
    Contact,
    Fact,
    Fiche,
    Knowledge,
    Variant,
    answer,
    aspects,
    due_soon,
    stale,
    varies_with,
)

DAY = datetime.date(2026, 1, 1)


def source(key: str, review_by: datetime.date = DAY) -> Source:
    return Source(key, key, key.title(), "éditeur", "2024", DAY, review_by, True, "haute")


def variant(text: str, **when: tuple) -> Variant:
    return Variant(when, text, ("b",), ())


FICHE = Fiche(
    id="duree",
    intent="demander_duree",
    label="Durée",
    theme="formation",
    question="Combien de temps ?",
    text="En général {heures}.",
    sources=("a",),
    variants=(
        variant("Infirmière en ligne.", profil=("infirmier",), aspect=("ligne",)),
        variant("Infirmière : {heures.nombre} h.", profil=("infirmier", "aide_soignant")),
        variant("En ligne.", aspect=("ligne",)),
        variant("Le soir, à {site.ville}.", aspect=("soir",)),
    ),
    details="Détail : {heures}.",
    who_knows=("cpam",),
    aspects={"ligne": ("en ligne", "distanciel*"), "soir": ("le soir", "cours du soir")},
)
UNSAID = Fiche(
    id="naf", intent="demander_naf", label="NAF", theme="emploi", question="Quel code NAF ?",
    text="Nos sources ne le disent pas.", sources=(), unsaid=True, who_knows=("cpam",),
)  # fmt: skip
KNOWLEDGE = Knowledge(
    sources={"a": source("a"), "b": source("b", datetime.date(2027, 1, 1))},
    facts={"heures": Fact("heures", "Heures", 279, "heures", "a")},
    disagreements={},
    contacts={"cpam": Contact("cpam", "Votre CPAM", "l'aide")},
    fiches={"duree": FICHE, "naf": UNSAID},
    site={"ville": "Laval"},
)


@pytest.mark.parametrize(
    ("expected", "situation", "question"),
    [
        ("En général 279\u00a0heures.", {}, ""),
        ("En général 279\u00a0heures.", {"profil": "bachelier"}, "combien de temps"),
        ("Infirmière : 279 h.", {"profil": "infirmier"}, ""),
        ("Infirmière : 279 h.", {"profil": ["bachelier", "aide_soignant"]}, ""),
        ("En ligne.", {}, "c'est EN LIGNE ?"),
        ("En ligne.", {}, "y a-t-il du distanciels"),
        ("Le soir, à Laval.", {}, "des cours du soir ?"),
        ("Infirmière en ligne.", {"profil": "infirmier"}, "en ligne ?"),
        ("En général 279\u00a0heures.", {}, "en ligne ou le soir ?"),
        ("Infirmière : 279 h.", {"profil": "aide_soignant"}, "en ligne ou le soir ?"),
        ("En général 279\u00a0heures.", {}, "la ligne du soirée"),
    ],
)
def test_the_answer_is_that_of_the_person_and_of_the_question(expected, situation, question):
    """The sharpest text applies; a question with two aspects gets the general answer."""
    assert expected == answer(KNOWLEDGE, "duree", situation, question).text


def test_the_sources_are_those_of_what_is_said():
    """A variant cites its own sources, the general answer those of the fiche."""
    assert [s.id for s in answer(KNOWLEDGE, "duree", {}).sources] == ["a"]
    assert [s.id for s in answer(KNOWLEDGE, "duree", {"profil": "infirmier"}).sources] == ["b"]


def test_what_decided_is_named():
    """The inputs that chose the text can be said aloud; the aspect is not one of them."""
    said = answer(KNOWLEDGE, "duree", {"profil": "infirmier", "annee": 2}, "en ligne")
    assert said.used == ("profil",)
    assert {"profil"} == varies_with(FICHE)


def test_details_are_filled():
    """The longer text gets its figures as well."""
    assert answer(KNOWLEDGE, "duree", {}).details == "Détail : 279\u00a0heures."


def test_what_no_source_says_comes_with_who_knows():
    """No source, but somebody to ask."""
    said = answer(KNOWLEDGE, "naf", {})
    assert (said.text, said.sources) == ("Nos sources ne le disent pas.", ())
    assert [contact.name for contact in said.who_knows] == ["Votre CPAM"]


def test_an_unknown_fiche_is_refused():
    """Asking for a fiche that does not exist is a programming error."""
    with pytest.raises(KeyError):
        answer(KNOWLEDGE, "inconnue", {})


@pytest.mark.parametrize(
    ("expected", "question"),
    [
        (set(), ""),
        ({"ligne"}, "formation en ligne"),
        ({"ligne", "soir"}, "en ligne, le soir"),
        (set(), "en lignes"),
    ],
)
def test_aspects_are_found_by_whole_words(expected, question):
    """A pattern is found as whole words, unless it ends with a star."""
    assert expected == aspects(FICHE, question)


@pytest.mark.parametrize(
    ("expected", "today"),
    [
        ([], datetime.date(2026, 1, 1)),
        (["a"], datetime.date(2026, 1, 2)),
        (["a", "b"], datetime.date(2028, 1, 1)),
    ],
)
def test_sources_to_read_again_are_named(expected, today):
    """A source is stale the day after its date of review."""
    assert expected == [found.id for found in stale(KNOWLEDGE, today)]


@pytest.mark.parametrize(
    ("expected", "today"),
    [
        (["a"], datetime.date(2026, 1, 1)),
        ([], datetime.date(2026, 1, 2)),
        (["b"], datetime.date(2026, 11, 2)),
        ([], datetime.date(2026, 11, 1)),
    ],
)
def test_sources_due_within_sixty_days_are_named(expected, today):
    """From sixty days before its date of review to that day; after it, the source is late."""
    assert expected == [found.id for found in due_soon(KNOWLEDGE, today)]
