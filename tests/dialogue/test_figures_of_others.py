"""« Mon pote a dit 10000 »: compared with what is talked of, not with the scale of the aid."""

from __future__ import annotations

import pytest

POSTES, DUREE, AIDE = (
    "demander_nombre_postes",
    "demander_duree_formation",
    "demander_montant_aide",
)


@pytest.mark.parametrize("label", ["", "contester", "nier"])
@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("mon pote a dit 10000", "**10 000** : objectif pour 2025"),
        ("j'ai lu 15 000 quelque part", "**15 000** : objectif pour 2029"),
        ("c'est pas 20000 plutôt ?", "**20 000** : ce chiffre n'est dans aucune de nos sources"),
        ("mon prof parle de 7240", "**7 240**"),
    ],
)
def test_a_number_of_posts_is_no_euros(talk, told, said, label):
    talk.say("ya combien d'assistants en france", POSTES)
    answer = talk.say(told, label)
    assert answer.startswith(said)
    assert "barème" not in answer
    assert talk.memory.subject == "nombre_postes"


@pytest.mark.parametrize("told", ["on m'a dit 300", "ma copine a dit 384", "j'avais lu 98 moi"])
def test_a_number_of_hours_is_no_euros(talk, told):
    talk.say("ça dure combien le CQP ?", DUREE)
    answer = talk.say(told)
    assert " h** :" in answer
    assert talk.memory.subject == "duree_formation"


def test_a_pay_is_compared_with_pays(talk):
    talk.say("on gagne combien au début ?", "demander_salaire_debutant")
    assert "au-dessus du SMIC" in talk.say("mon pote a dit 2500")


def test_where_nothing_is_counted_the_figure_is_compared_with_nothing(talk):
    talk.say("elle fait quoi de ses journées ?", "demander_missions")
    assert "€" not in talk.say("mon pote a dit 10000")


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (AIDE, "mon pote a dit 10000"),
        (POSTES, "mon pote a dit 10000 €"),
        (POSTES, "mon pote touche 10000 d'aide"),
    ],
)
def test_euros_of_the_aid_still_are(talk, before, told):
    talk.say("c'est combien ?", before)
    assert "10 000 €" in talk.say(told)


@pytest.mark.parametrize("label", ["", "contester"])
def test_an_amount_of_the_aid_is_known_wherever_it_comes(talk, label):
    talk.say("elle fait quoi de ses journées ?", "demander_missions")
    assert "**38 000 €**" in talk.say("on m'a dit 38000", label)


def test_a_year_is_no_number_of_posts(talk):
    talk.say("ya combien d'assistants en france", POSTES)
    assert "**2 019**" not in talk.say("c'était en 2019 ça")


def test_a_figure_the_rule_opens_on_is_not_told_twice(talk):
    talk.say("je suis secrétaire, le CQP dure combien ?", DUREE)
    assert "**279 h** :" not in talk.say("donc 279 pour moi", DUREE)
