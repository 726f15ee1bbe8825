"""A post told in the middle of another subject, or « pour commencer »."""

from __future__ import annotations

import pytest

MONTANT = "demander_montant_aide"


@pytest.mark.parametrize(
    "subject",
    ["demander_specialites_exclues", "demander_secteur_conventionnement", "demander_engagements"],
)
@pytest.mark.parametrize(
    ("asked", "post"),
    [
        ("Et à 0,8 ETP ?", "0,8"),
        ("Donc si j'embauche à 80 % je touche la moitié ?", "0,8"),
        ("et un poste à 60 % ?", "0,6"),
        ("pour un trois quarts temps ?", "0,75"),
        ("si je prends quelqu'un à 0,7 ETP ?", "0,7"),
    ],
)
@pytest.mark.parametrize("told", [True, False])
def test_a_post_that_no_source_prices_is_about_the_amount(talk, subject, asked, post, told):
    talk.say("cardiologue secteur 1, 2 850 patients, j'y ai droit ?", "demander_conditions_aide")
    talk.say("et alors ?", subject, follows=True)
    answer = talk.say(asked, "" if told else subject)
    assert f"Aucun montant n'est publié dans nos sources pour {post} ETP" in answer


def test_a_share_of_the_amount_is_not_supposed(talk):
    answer = talk.say("si j'embauche à 80 % je touche la moitié ?", MONTANT)
    assert "ne le supposez pas" in answer
    assert "ne le supposez pas" not in talk.say("et à 80 % ?", MONTANT)


def test_half_a_post_is_priced_from_any_subject_of_the_aid(talk):
    talk.say("suis-je exclu, cardiologue ?", "demander_specialites_exclues")
    assert "19 000 €" in talk.say("et à mi-temps ?", "demander_specialites_exclues", follows=True)


@pytest.mark.parametrize(
    "asked",
    [
        "Et à mi-temps pour commencer ?",
        "et au début à mi-temps ?",
        "mi-temps dans un premier temps ?",
        "d'abord à mi-temps ?",
        "au départ un mi-temps ?",
        "et si je commence à mi-temps ?",
        "en débutant à mi-temps ?",
    ],
)
def test_to_begin_with_is_from_the_first_year(talk, asked):
    talk.say("généraliste secteur 1, P60, temps plein, 4e année ?", MONTANT)
    answer = talk.say(asked, MONTANT, follows=True)
    assert "1re année : 19 000 €" in answer
    assert "4e année" not in answer


def test_without_it_the_year_stays(talk):
    talk.say("généraliste secteur 1, P60, temps plein, 4e année ?", MONTANT)
    assert "4e année" in talk.say("et à mi-temps ?", MONTANT, follows=True)


def test_what_it_was_at_the_beginning_is_not_the_year_kept(talk):
    talk.say("généraliste secteur 1, P60, temps plein, 4e année ?", MONTANT)
    assert "1re année : 38 000 €" in talk.say(
        "et au début c'était combien ?", MONTANT, follows=True
    )
