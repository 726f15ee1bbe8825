"""A value refused by the rules leaves the conversation able to go on."""

from __future__ import annotations

import pytest

from tests.facts import CQP_DURATION

MONTANT = "demander_montant_aide"


@pytest.mark.parametrize("bad", ["temps plein avec -3 patients", "temps plein sur 40 ans"])
def test_nonsense_after_a_refused_value_is_answered(talk, bad):
    """A refused input that has no question of its own is not waited for."""
    talk.say(bad, MONTANT)
    assert talk.say("blorg zip fnord")
    assert CQP_DURATION in talk.say("combien dure le CQP ?", "demander_cqp")


def test_an_impossible_value_said_in_passing_does_not_break_the_summary(talk):
    """« que sais-tu de moi ? » refuses the impossible value, forgets it, and goes on."""
    talk.say("je suis au percentile 150, c'est quoi le CQP ?", "demander_cqp")
    assert "percentile" in talk.say("tu sais quoi de moi", "rappel_situation").lower()
    assert "tranche" not in talk.memory.situation
