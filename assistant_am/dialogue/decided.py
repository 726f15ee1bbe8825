"""What a message measures, in the words of the aid: « P92 » is a band, 67 years are 65 or more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant_am.aid import Parameters, told
from assistant_am.meaning import Entity, Meaning

_COUNTS = frozenset({"patients", "patients_avant", "file_active"})


def decided(meaning: Meaning, parameters: Parameters) -> Meaning:
    """The meaning, its measures decided by the limits in force; what they leave open is dropped."""
    found = (each for entity in meaning.entities for each in of_entity(entity, parameters))
    return replace(meaning, entities=tuple(found))


def of_entity(entity: Entity, parameters: Parameters) -> Iterator[Entity]:
    """The entity decided, or none."""
    value = entity.value
    if entity.slot == "tranche":
        band = told.band_told(value, parameters)
        denied = told.not_reached(value, parameters)
        if band is not None:
            yield replace(entity, value=band)
        elif denied is not None:
            yield replace(entity, value=denied, denied=True)
    elif entity.slot == "age_65" and not isinstance(value, bool):
        reached = told.is_of_upkeep_age(value, parameters)
        # « Je n'ai pas 65 ans » is as good as an age below.
        yield replace(entity, value=reached and not entity.denied, denied=entity.denied > reached)
    elif entity.slot in _COUNTS:
        count = told.count_told(value, parameters)
        if count is not None:
            yield replace(entity, value=count)
    else:
        yield entity
