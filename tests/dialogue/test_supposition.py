"""A case supposed, or somebody else's, is answered and leaves no trace."""

from __future__ import annotations

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
