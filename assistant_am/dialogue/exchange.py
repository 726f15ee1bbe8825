"""One message as it is being answered: what was heard, and the memory it is answered from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from assistant_am.dialogue import doctors, roll, supposition
from assistant_am.dialogue.absorb import (
    Said,
    absorb,
    band_asked,
    is_about_self,
    is_an_ellipsis,
    range_settled,
    read_said,
    told_only,
)
from assistant_am.dialogue.decided import decided
from assistant_am.dialogue.diplomas import without_unheld
from assistant_am.dialogue.ellipsis import completed
from assistant_am.dialogue.lookup import is_published
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.residue import residue
from assistant_am.dialogue.world import World, key_of
from assistant_am.meaning import Meaning

NAMED = 0.75
"""From here a subject is taken as named, whatever values stand beside it."""
FEW_WORDS = 2
"""Words of its own that a follow-up may have beside its values."""


class Exchange:
    """`before` is the memory as it was, `memory` as it becomes while the parts are worked out.

    `said` holds the values of the message, `residue` the words that are neither values nor fillers,
    `roll` the doctors it names, `button` the subject whose button was pressed, `band_asked` a band
    of the percentiles asked about and not told.
    """

    def __init__(self, world: World, meaning: Meaning, memory: Memory) -> None:
        self.world = world
        full = completed(meaning, memory, partial(is_published, world))
        self.turn = meaning = decided(full, world.parameters)
        self.before = memory
        self.button = world.fiche_by_wording.get(key_of(meaning.text))
        # The words of a button are ours: « secteur 2 » in it says nothing of the person.
        self.roll = None if self.button else roll.call(meaning, memory)
        threshold = world.parameters.gp_threshold.latest
        self.said = (
            Said({}, {}, None)
            if self.button
            else told_only(
                range_settled(read_said(meaning), threshold),
                meaning.text,
                meaning.requests[0].label,
            )
        )
        self.band_asked = None if self.button else band_asked(meaning)
        if self.band_asked is not None:
            self.said = self.said.without("tranche")
        self.said = without_unheld(self.said, meaning.text, world.diplomas)
        self.residue = residue(world, meaning)
        self.about_self = is_about_self(meaning.text, self.said)
        self.memory = self._absorbed()
        if "structure" not in self.said.values:
            # « La SISA y a droit ? » is one question; the next may be about a doctor.
            self.memory = self.memory.with_situation({"structure": None})

    def _absorbed(self) -> Memory:
        if self.roll is None:
            told = self.about_self or (not self.residue and is_an_ellipsis(self.turn))
            supposed = self.button is None and supposition.supposes(self.turn, self.before)
            start = supposition.starting_from(self.before, self.turn, supposed)
            after = absorb(start, self.said, told or supposed)
            return supposition.kept_apart(start, after, supposed)
        memory = roll.for_these(self.before, self.roll)
        for name, entities in self.roll.each.items():
            own = replace(self.turn, entities=(*entities, *self.roll.common))
            memory = absorb(doctors.switch(memory, name), read_said(own), about_self=True)
        if self.roll.several:
            self.said = read_said(replace(self.turn, entities=self.roll.common))
        return doctors.remember(memory)
