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
_KIN_IS = re.compile(
    r"\b(?:ma|mon|sa|son|une?|la|le) (?:grande? |petite? |belle[ -]|beau[ -])?"
    r"(?:soe?ur|frere|mere|pere|fille|fils|femme|mari|conjoint\w*|compagn\w+|copine|copain|amie?"
    r"|collegue|cousine?|voisine?|tante|niece|neveu|maman)"
    r"\W+(?:(?:elle|il|qui)\W+)?(?:est|etait|travaille comme)\W+(?:une?\W+)?$"
)
_ME_AFTER = re.compile(r"\b(?:je|j|moi|me)\b")
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
    if entity.slot == "profil" and _KIN_IS.search(text, 0, entity.start):
        # « Ma sœur est aide-soignante. Et moi, si je passe le bac ? » is about the speaker.
        return bool(_ME_AFTER.search(text, entity.end))
    inside = entity.slot == "medecin"
    determined = inside or _DETERMINED.search(text, 0, entity.start)
    return bool(determined and _SAYS.match(text, entity.end))
