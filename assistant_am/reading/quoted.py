"""Who is only quoted: « une infirmière m'a dit… », « mon confrère jure que… »."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant_am.meaning.entity import Entity

_PERSONS = frozenset({"profil", "specialite", "medecin"})
_DETERMINED = re.compile(
    r"(?<!suis )(?<!etais )(?<!sui )\b"
    r"(?:une?|la|le|l|cette|ce|mon|ma|notre|sa|son|des|les|mes)\W+$"
)
_SAYS = re.compile(
    r"\W+(?:\w+\W+){0,3}?(?:dit|disait|disent|jure|pretend|affirme|pense|croit|soutient|repete|raconte"
    r"|assure|conseille|explique|parle)\b"
)


def without_quoted(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """The entities but for the trade of somebody who is quoted. `text` is folded, and as long as
    what was typed. A doctor's own name stays: it may be described in the same breath."""
    return [each for each in entities if not _is_quoted(text, each)]


def _is_quoted(text: str, entity: Entity) -> bool:
    if entity.slot not in _PERSONS or str(entity.value).startswith("Dr "):
        return False
    inside = entity.slot == "medecin"
    determined = inside or _DETERMINED.search(text, 0, entity.start)
    return bool(determined and _SAYS.match(text, entity.end))
