"""A statement of a fiche, put to the test in the words of those who ask."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("asked", "intent", "word"),
    [
        ("faut être embauché AVANT ??", "demander_delai_formation", "Oui"),
        ("je dois être embauchée d'abord ?", "demander_inscription", "Oui"),
        ("en ZIP c'est plus ?", "demander_second_assistant", "Non"),
        ("je peux prendre un deuxième tout de suite ?", "demander_second_assistant", "Non"),
        ("elle peut renouveler mon ordonnance ?", "demander_limites_missions", "Non"),
        ("elle a le droit de me poser des questions ?", "demander_preparation_consultation", "Oui"),
        ("c'est que pour les femmes ?", "demander_acces_metier", "Non"),
        ("je peux bosser tout de suite ?", "demander_acces_metier", "Oui"),
    ],
)
def test_a_wording_opens_with_the_word_of_its_statement(talk, asked, intent, word):
    assert talk.say(asked, intent).startswith(f"**{word}.**")


@pytest.mark.parametrize(
    ("asked", "intent", "never"),
    [
        ("elle peut faire une prise de sang ?", "demander_limites_missions", "prescri"),
        ("je peux travailler le samedi ?", "demander_acces_metier", "**Oui.**"),
        ("en ZIP c'est pas plus ?", "demander_second_assistant", "**Non.**"),
    ],
)
def test_a_wording_half_said_is_not_put(talk, asked, intent, never):
    assert never not in talk.say(asked, intent)


def test_what_no_source_says_of_an_attestation_is_said_so(talk):
    answer = talk.say("je dois repasser l'afgsu ?", "demander_afgsu")
    assert answer.startswith("Nos sources ne disent rien d'une dispense")
