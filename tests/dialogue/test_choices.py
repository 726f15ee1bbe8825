"""Buttons lead where this person probably goes next."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.choices import STARTERS, next_steps, starters, suited
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.world import key_of
from assistant_am.rendering.blocks import Suggestion

OF_DOCTORS = {"aide", "conditions", "recruter"}
PUPILS = [{"profil": "etudiant"}, {"profil": "bachelier"}, {"public": "candidat"},
          {"public": "patient"}]  # fmt: skip


def subjects(world, suggestions) -> list[str]:
    return [world.fiche_by_wording[key_of(each.say)] for each in suggestions]


def themes(world, suggestions) -> set[str]:
    found = subjects(world, suggestions)
    return {world.knowledge.fiches[each].theme for each in found}


@pytest.mark.parametrize("situation", PUPILS)
def test_a_pupil_gets_no_doctors_button(world, situation):
    """Whoever learns the trade or is a patient does not employ anybody."""
    memory = Memory(situation=situation)
    offered = world.buttons(["estimer_aide", "duree_formation", "engagements", "recruter"])
    kept = suited(world, memory, offered, ())
    assert "duree_formation" in subjects(world, kept)
    assert not themes(world, kept) & OF_DOCTORS


@pytest.mark.parametrize("situation", [{}, {"public": "medecin"}, {"public": "coordinateur"},
                                       {"public": "medecin", "profil": "infirmier"}])  # fmt: skip
def test_others_keep_them(world, situation):
    """A doctor, whoever helps one, and somebody of whom nothing is known."""
    offered = world.buttons(["estimer_aide", "duree_formation"])
    assert suited(world, Memory(situation=situation), offered, ()) == offered


def test_nothing_just_answered_is_offered(world):
    """By its label or its question; what is no subject stays."""
    offered = (
        *world.buttons(["smic", "salaire_debutant"]),
        Suggestion("Recommencer", "recommencer"),
    )
    kept = suited(world, Memory(), offered, {"smic"})
    assert kept == offered[1:]
    question = world.knowledge.fiches["smic"].question
    assert suited(world, Memory(), (Suggestion("SMIC", question.upper()),), {"smic"}) == ()


@pytest.mark.parametrize("situation", [{}, *PUPILS, {"public": "medecin"}])
def test_four_ways_to_go_on(world, situation):
    """From any subject and for anybody: four different ones at most, at least one."""
    for subject in (None, *world.knowledge.fiches):
        found = next_steps(world, Memory(situation=situation, subject=subject))
        assert 1 <= len(set(found)) == len(found) <= 4, subject


def test_a_beginning_for_each_public(world):
    """What such a person asks first; the starters when nobody knows."""
    assert next_steps(world, Memory()) == starters(world) == world.buttons(STARTERS)
    pupil = next_steps(world, Memory(situation={"profil": "bachelier"}))
    doctor = next_steps(world, Memory(situation={"public": "medecin"}))
    assert subjects(world, pupil)[0] == "acces_metier"
    assert subjects(world, doctor)[0] == "estimer_aide"
    assert not themes(world, pupil) & OF_DOCTORS


@pytest.mark.parametrize("told", ["je suis en terminale ST2S", "j'ai le bac, je veux être AM"])
def test_in_a_conversation_a_pupil_is_never_sent_to_the_doctors_pages(new_talk, world, told):
    """Whatever subject is asked, buttons under the answer are a pupil's, and not that subject."""
    wrong = []
    for fiche in world.knowledge.fiches.values():
        if fiche.theme in OF_DOCTORS:
            continue
        talk = new_talk()
        talk.say(told)
        talk.say("dites-moi", fiche.intent)
        said = [key_of(button.say) for button in talk.reply.suggestions]
        found = [world.fiche_by_wording[each] for each in said if each in world.fiche_by_wording]
        wrong += [
            (fiche.id, each)
            for each in found
            if each == fiche.id or world.knowledge.fiches[each].theme in OF_DOCTORS
        ]
    assert wrong == []
