"""An act that can be written in a conversation has an answer of its own, and a follow-up its name.

`CONTRIBUTING.md`, « Ajouter un acte » and « Ajouter une suite », walk through the same places.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant_am.dialogue import acts
from assistant_am.understanding.conversations import ACTS
from tests.dialogue.conftest import Talk

ELSEWHERE = {
    "affirmer", "nier", "ne_sait_pas", "reponse",  # to a question of ours: alone, they say nothing
    "urgence", "urgence_suicide",  # by the emergency itself (test_rules.py)
    "contact_humain",  # by its fiche
}  # fmt: skip


@pytest.mark.parametrize("act", sorted(ACTS.keys() - ELSEWHERE))
def test_an_act_is_answered(act, world, reader):
    """Not as a message that was not understood."""
    label = ACTS[act]
    assert label in acts.ACTS, f"assistant_am/dialogue/acts.py ne connaît pas {label}"
    missed = Talk(world, reader).say("brzt grmbl", "brzt", trust="incompris")
    assert Talk(world, reader).say("…", label) != missed


def test_no_act_is_answered_that_cannot_be_learnt():
    assert acts.ACTS - set(ACTS.values()) == set()


def test_a_follow_up_is_one_line_of_changements(world, reader):
    """« et à mi-temps ? » where no source tells apart by working time: what changes is named."""

    def answer(changes):
        talk = Talk(replace(world, changes=changes), reader)
        talk.say("combien dure la formation ?", "demander_duree_formation")
        return talk.say("et à mi-temps ?", "demander_duree_formation", follows=True)

    line = replace(world.changes["quotite"], name="le nombre d'heures")
    others = {slot: each for slot, each in world.changes.items() if slot != "quotite"}
    assert "ne distinguent pas" not in answer(others)
    assert "ne distinguent pas selon le nombre d'heures" in answer({**others, "quotite": line})
