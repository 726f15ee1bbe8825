"""Everything that a message says of a situation, in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant_am.french.numbers import view
from assistant_am.reading import agreement, band, doctor, doctor_name, figures, fte, sector, years
from assistant_am.reading.entity import Entity
from assistant_am.reading.negation import denied_before
from assistant_am.reading.vocabulary import Vocabulary

_READERS = (fte.read, years.read, band.read, figures.read, agreement.read, sector.read, doctor.read)
_VOCABULARY_SLOTS_WITH_NEGATION = {"profil", "specialite", "lieu", "operation"}


class Reader:
    """Reads entities; made once from `knowledge/lexique/entites.yml`, used for all messages."""

    def __init__(self, lexicon: Mapping[str, Mapping[str, list[Any]]]) -> None:
        self._vocabulary = Vocabulary(lexicon)

    def read(self, text: str) -> list[Entity]:
        """Entities of a message in reading order; offsets are those of the text given.

        A number that belongs to a percentile is not a year as well: readers do not see each
        other, so an overlap keeps the longest.
        """
        seen = view(text)
        found = [entity for read in _READERS for entity in read(seen.text)]
        for occurrence in self._vocabulary.find(seen.text):
            denied = occurrence.slot in _VOCABULARY_SLOTS_WITH_NEGATION and denied_before(
                seen.text, occurrence.start
            )
            if not denied:
                found.append(
                    Entity(occurrence.slot, occurrence.value, occurrence.start, occurrence.end)
                )
        values = [
            Entity(entity.slot, entity.value, *seen.span(entity.start, entity.end))
            for entity in _without_overlaps(found, _NUMBERS)
        ]
        # « Docteur Généraliste » names nobody.
        told_apart = _without_overlaps([*doctor_name.read(text), *values], _DOCTORS)
        return sorted(told_apart, key=lambda entity: entity.start)


_NUMBERS = frozenset(
    {"annee", "tranche", "horizon", "quotite", "patients", "montant_cite", "age_65"}
)
_DOCTORS = frozenset({"medecin", "specialite", "annee"})


def _without_overlaps(found: list[Entity], rivals: frozenset[str]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in sorted(found, key=_names_last):
        if entity.slot not in rivals or not any(
            other.slot in rivals
            and other.slot != entity.slot
            and other.start < entity.end
            and entity.start < other.end
            for other in kept
        ):
            kept.append(entity)
    return kept


def _names_last(entity: Entity) -> tuple[bool, int]:
    return entity.slot == "medecin", entity.start - entity.end
