"""A doubt, a remark taken for one, a grumble: the point again, and who can check."""

from __future__ import annotations

import pytest

from assistant_am.meaning import Meaning, Request

DUREE = "demander_duree_formation"
CHECK = "pourra vous le confirmer"


def test_a_doubt_gets_the_point_again_and_who_can_check(talk, world):
    """Said as unchanged, in one sentence, with its source."""
    talk.say("c'est quoi le bac qu'il faut ?", "demander_prerequis")
    answer = talk.say("vous êtes sûr ?", "contester")
    assert answer.startswith(world.phrase("toujours_vrai"))
    assert "niveau 4" in answer
    assert CHECK in answer
    assert "Source" in answer


def test_a_disagreement_is_told_only_on_the_point(talk):
    """The one that the doubt is about, of all those of the subject."""
    talk.say("je suis assistante dentaire, je peux ?", "demander_acces_metier")
    answer = talk.say("j'ai lu que c'était le même rôle", "contester")
    assert "**Assistant dentaire et assistant médical**" in answer
    assert "Délai" not in answer


def test_no_disagreement_is_told_for_want_of_the_right_one(talk):
    """« Mon confrère ne fait que consulter » is about no zone."""
    talk.say("quelles spécialités sont exclues ?", "demander_specialites_exclues")
    answer = talk.say("mon confrère, lui, ne fait que ça", "contester")
    assert "zone" not in answer
    assert "Presque toutes les spécialités" in answer


@pytest.mark.parametrize("remark", ["mécanique auto, hein. pas la santé.", "sur la page du lycée"])
def test_a_remark_is_not_treated_as_a_challenge(talk, world, remark):
    """Nothing was denied: the point comes without insisting."""
    talk.say("il faut quel bac ?", "demander_prerequis")
    answer = talk.say(remark, "contester")
    assert not answer.startswith(world.phrase("toujours_vrai"))
    assert "niveau 4" in answer


def test_a_figure_doubted_is_given_again(talk):
    talk.say("aide mi-temps 2e année P60 ?", "demander_montant_aide")
    answer = talk.say("c'est faux", "contester")
    assert "14 000 €" in answer
    assert CHECK in answer


def test_a_grumble_about_something_else_is_no_protest(talk, world):
    """« Pas par moi, c'est tout ce que je veux savoir » is about what was said."""
    talk.say("qui paie la formation ?", "demander_financement_formation")
    answer = talk.say("pas de ma poche, le reste je m'en fiche un peu", "frustration")
    assert world.phrase("frustration") not in answer
    assert "pris en charge" in answer


def test_a_protest_names_the_subject_answered_and_asks(talk, world):
    """Between quotes, its own mark last."""
    talk.say("qui paie la formation ?", "demander_financement_formation")
    answer = talk.say("tu ne réponds pas à ma question", "frustration")
    assert answer.startswith(world.phrase("frustration"))
    label = world.knowledge.fiches["financement_formation"].label.replace("\u00a0", " ")
    assert f"« {label} »" in answer
    assert "?." not in answer


def test_nothing_is_apologised_for_before_any_answer(talk, world):
    """There is no answer to be sorry about: what is told is heard."""
    request = Request("frustration", 0.6, "sur", (("frustration", 0.6),))
    answer = talk.hear(Meaning("demain je passe devant le médecin, au secours", (request,)))
    assert world.phrase("frustration") not in answer
    assert world.phrase("que_savoir") in answer
