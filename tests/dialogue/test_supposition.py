"""A case supposed, or somebody else's, is answered and leaves no trace."""

from __future__ import annotations

import pytest

MONTANT = "demander_montant_aide"


def test_a_hypothesis_is_answered_and_forgotten(talk):
    """« et si j'étais P95 ? », then a new question: P92 as told."""
    talk.say("aide temps plein P92 en 3e année ?", MONTANT)
    assert "38 000 €" in talk.say("et si j'étais P95 ?", MONTANT, hypothesis=True, follows=True)
    talk.say("c'est quoi le CQP ?", "demander_cqp")
    assert talk.memory.situation["tranche"] == "p90_p94"
    assert talk.memory.told is None


def test_what_leans_on_a_hypothesis_stays_in_it(talk):
    """« et si j'étais P95 ? et à mi-temps ? »: half of the supposed case."""
    talk.say("aide temps plein P92 en 3e année ?", MONTANT)
    talk.say("et si j'étais P95 ?", MONTANT, hypothesis=True, follows=True)
    assert "19 000 €" in talk.say("et à mi-temps ?", MONTANT, follows=True)


def test_back_to_my_case(talk):
    """« et dans mon cas ? » ends the supposition."""
    talk.say("aide temps plein P92 en 3e année ?", MONTANT)
    talk.say("et si j'étais P95 ?", MONTANT, hypothesis=True, follows=True)
    assert "26 000 €" in talk.say("ok et dans mon cas ?", MONTANT, follows=True)


def test_somebody_else_is_not_the_speaker(talk):
    """« et ma sœur, qui a juste le bac ? » does not make the nurse a bachelor."""
    talk.say("je suis infirmière, je peux devenir AM ?", "demander_acces_metier")
    text = "et ma sœur, elle a juste le bac ?"
    assert "CQP" in talk.say(text, "demander_acces_metier", other=True, follows=True)
    talk.say("ça dure combien pour moi ?", "demander_duree_formation")
    assert talk.memory.situation["profil"] == "infirmier"


def test_a_value_denied_is_not_kept(talk):
    """« je ne suis pas P95 »."""
    talk.say("je suis P95, temps plein, 3e année", MONTANT)
    talk.say("non je ne suis pas P95", MONTANT, follows=True)
    assert talk.memory.situation.get("tranche") != "p95_plus"


@pytest.mark.parametrize(
    "supposed",
    [
        "imaginons que je sois à P95",
        "supposons que j'étais à P96, combien ?",
        "admettons que je passe à P95",
        "dans l'hypothèse d'une patientèle à P95 ?",
        "à supposer que je sois P97",
        "hypothèse : P95",
        "et si j'étais P95 ?",
        "et s'il était P95 ?",
        "si je passe P95, combien ?",
    ],
)
@pytest.mark.parametrize(
    "back",
    ["revenons au réel", "dans mon vrai cas ?", "retour à la réalité", "pour de vrai ?", "mon cas"],
)
def test_supposing_words_suffice(new_talk, supposed, back):
    """Whatever the fitted reading says of them, and coming back asks about the same year."""
    talk = new_talk()
    talk.say("aide temps plein P92 en 3e année ?", MONTANT)
    assert "38 000 €" in talk.say(supposed, MONTANT)
    assert "38 000 €" in talk.say("et la 4e ?", MONTANT, follows=True)
    answer = talk.say(back, MONTANT)
    assert "26 000 €" in answer
    assert "4e année" in answer


@pytest.mark.parametrize(
    "told",
    [
        "admettons. P95, mi-temps",
        "j'imagine que P95 c'est pour moi, mi-temps",
        "je ne sais pas si c'est important mais je suis P95, mi-temps",
        "même si je suis P95, mi-temps",
    ],
)
def test_what_only_sounds_like_a_supposition_is_told(talk, told):
    talk.say("aide temps plein P92 en 3e année ?", MONTANT)
    talk.say(told, MONTANT)
    assert talk.memory.told is None
    assert talk.memory.situation["tranche"] == "p95_plus"


def test_an_if_about_what_was_not_told_tells_it(talk):
    """« si je prends un mi-temps »: said in passing, kept while nothing else is told."""
    talk.say("si je prends un mi-temps je touche combien ?", MONTANT)
    assert talk.memory.situation["quotite"] == 0.5
    assert talk.memory.told is None
