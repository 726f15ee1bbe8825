"""Everything that a message says of a situation, in one call."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant_am.french.fold import fold_keeping_offsets
from assistant_am.french.numbers import view
from assistant_am.meaning.entity import Entity
from assistant_am.reading import (
    agreement,
    band,
    dates,
    doctor,
    doctor_name,
    figures,
    fte,
    schooling,
    sector,
    years,
)
from assistant_am.reading.negation import with_denials
from assistant_am.reading.quoted import without_quoted
from assistant_am.reading.vocabulary import Occurrence, Vocabulary

_READERS = (fte.read, years.read, band.read, figures.read, agreement.read, sector.read, doctor.read)


class Reader:
    """Reads entities; made once from `knowledge/lexique/entites.yml`, used for all messages."""

    def __init__(self, lexicon: Mapping[str, Mapping[str, list[Any]]]) -> None:
        self._vocabulary = Vocabulary(lexicon)

    def read(self, text: str, today: datetime.date | None = None) -> list[Entity]:
        """Entities of a message in reading order; offsets are those of the text given. Without
        `today`, « il y a 18 mois » is not read.

        A number that belongs to a percentile is not a year as well: readers do not see each
        other, so an overlap keeps the longest.
        """
        seen = view(text)
        found = [*dates.read(seen.text, today)]
        found += (entity for read in _READERS for entity in read(seen.text))
        school = list(schooling.read(seen.text))
        found += school
        found += (
            Entity(each.slot, each.value, each.start, each.end)
            for each in self._vocabulary.find(seen.text)
            if not _is_told_by(school, each)
        )
        told = with_denials(seen.text, _without_overlaps(found, _NUMBERS))
        values = [_at(entity, *seen.span(entity.start, entity.end)) for entity in told]
        # « Docteur Généraliste » names nobody.
        told_apart = _without_overlaps([*doctor_name.read(text), *values], _DOCTORS)
        ours = (e for e in told_apart if e.slot not in (dates.NOT_OURS, schooling.ATTENDED))
        kept = without_quoted(fold_keeping_offsets(text), ours)
        return sorted(kept, key=lambda entity: entity.start)


_NUMBERS = frozenset(
    {
        "annee", "annee_relative", "tranche", "horizon", "quotite", "patients", "patients_avant",
        "patients_entre", "file_active", "montant_cite", "salaire_brut", "age_65", "bareme",
        dates.NOT_OURS, *dates.SLOTS,
    }
)  # fmt: skip
_DOCTORS = frozenset({"medecin", "specialite", "annee"})


def _is_told_by(school: list[Entity], named: Occurrence) -> bool:
    """« raté mon bac »: the words of a sentence on the school level name none by themselves."""
    return named.value in schooling.TOLD_BY_SCHOOLING and any(
        each.start < named.end and named.start < each.end for each in school
    )


def _at(entity: Entity, start: int, end: int) -> Entity:
    return replace(entity, start=start, end=end)


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
    """Names of doctors last, and the words of a scale: « contrat depuis juin 2024 » is a month."""
    return entity.slot in {"medecin", "bareme"}, entity.start - entity.end
