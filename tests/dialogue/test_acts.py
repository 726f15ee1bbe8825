"""An act that can be written in a conversation has an answer of its own, and a follow-up its name.

`CONTRIBUTING.md`, « Ajouter un acte » and « Ajouter une suite », walk through the same places.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant_am.dialogue import acts
from assistant_am.dialogue.explain import source_part
from assistant_am.dialogue.memory import Memory
from assistant_am.rendering.blocks import as_text
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


def test_sources_are_told_with_their_dates_as_people_write_them(talk, world):
    """Each by its name, on request, with neither a machine's date nor the words of the files."""
    talk.say("c'est payé combien ?", "demander_salaire_debutant")
    cited = talk.memory.cited["sources"]
    answer = talk.say("d'où ça vient ?", "demander_source")
    for key in cited:
        assert world.knowledge.sources[key].title in answer
    assert not re.search(r"(?:publié|relu le) \d{4}-", answer)
    assert "lu directement" not in answer


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2025-08-26", "publié le 26 août 2025"),
        ("2024-06", "publié en juin 2024"),
        ("2024", "publié en 2024"),
        ("inconnue", "sans date"),
    ],
)
def test_a_date_of_publication_is_as_precise_as_known(world, on, said):
    source = replace(next(iter(world.knowledge.sources.values())), published=on)
    knowledge = replace(world.knowledge, sources={"une": source})
    memory = Memory(cited={"sources": ["une"]})
    told = as_text(source_part(replace(world, knowledge=knowledge), memory).blocks)
    assert said in told.replace("\u00a0", " ")


def test_the_sources_of_both_answers_of_a_message_are_told(talk, world):
    talk.say_several(
        "c'est long, et le permis ?",
        ("c'est long", "demander_duree_formation"),
        ("le permis", "demander_deplacements"),
    )
    both = {
        key
        for fiche in ("duree_formation", "deplacements")
        for key in world.knowledge.fiches[fiche].sources
    }
    told = talk.say("d'où ça vient ?", "demander_source")
    titles = [world.knowledge.sources[key].title for key in both]
    assert all(title in told for title in titles)
