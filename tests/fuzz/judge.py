"""What must never be in an answer, whatever was said."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant_am.dialogue.respond import Response
from assistant_am.knowledge import Knowledge
from assistant_am.rendering.blocks import as_text
from tests.fuzz import table

LONGEST = 6000
"""Characters; the longest fiche with two questions has some 3 000."""
_INTERNAL = re.compile(
    r"\bNone\b|\bnan\b|\binf\b|Traceback|Error\b|\(et non|[{}]|\[[a-z_]+\]"
    r"|(?<![\w@./-])[a-z0-9]+_[a-z0-9_]+(?![\w@.])|\d\.\d(?!\d{2})"
)
_ADDS_UP = re.compile(r"total|ensemble|sur \d+\sans|premières années|à venir|en tout|depuis|cumul")
_COMPARES = re.compile(r"écart|différence|de (?:plus|moins)|hausse|baisse|augment|gagn|perd")
_EUROS = re.compile(r"(\d[\d\u00a0\u202f]*)(?:,\d\d)?(?=\u00a0€)")


def faults(response: Response, said: Iterable[str]) -> list[str]:
    """What is wrong with an answer; `said`, the person's own words, may be repeated in it."""
    text = as_text(response.reply.blocks)
    words = " ".join(said)
    inside = [each.group() for each in _INTERNAL.finditer(text)]
    found = [f"mot interne {word!r}" for word in inside if word not in words]
    if not text.strip():
        found.append("réponse vide")
    if "incident technique" in text:
        found.append("incident")
    if len(text) > LONGEST:
        found.append(f"{len(text)} caractères")
    buttons = response.reply.buttons()
    if any(not button.title.strip() or not button.say.strip() for button in buttons):
        found.append("bouton vide")
    if response.memory.pending and not buttons:
        found.append("question sans choix")
    json.dumps([block.as_json() for block in response.reply.blocks])
    return found


def euros(text: str) -> set[int]:
    """The amounts said, in whole euros."""
    return {int(re.sub(r"\D", "", each)) for each in _EUROS.findall(text)}


@dataclass(frozen=True)
class Known:
    """Amounts that may be said: `single` ones, with the facts; `sums` of years, where an answer
    adds up; `gaps` between two, where it compares."""

    single: frozenset[int]
    sums: frozenset[int]
    gaps: frozenset[int]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Known:
        gaps = {abs(a - b) for a, b in itertools.combinations(table.cells(), 2)}
        facts = knowledge.facts.values()
        told = {int(fact.value) for fact in facts if isinstance(fact.value, int | float)}
        return cls(frozenset(table.cells() | told), frozenset(table.sums()), frozenset(gaps))

    def strange(self, response: Response, said: Iterable[str]) -> set[int]:
        """Amounts of the aid that are neither known nor the person's own. Where there are several
        doctors or a salary, other sums and costs are computed: nothing is said of those."""
        memory = response.memory
        if memory.doctors or "salaire_brut" in memory.situation:
            return set()
        if set(response.subjects) != {"montant_aide"}:
            return set()
        text = as_text(response.reply.blocks)
        own = {int(each) for each in re.findall(r"\d+", re.sub(r"(?<=\d)\s", "", " ".join(said)))}
        found = euros(text) - self.single - own
        if "par mois" in text:
            found -= {each // 12 for each in self.single | self.sums | self.gaps}
        found -= self.sums if _ADDS_UP.search(text) else set()
        return found - (self.gaps if _COMPARES.search(text) else set())
