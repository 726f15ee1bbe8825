"""Which table: « ancienne convention », « avant juin 2024 » → `bareme`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.meaning.entity import Entity

_THING = (
    r"(?:convention\w*|bareme\w*|systeme|regime|tarif\w*|montant\w*|regles?|dispositif|accord"
    r"|formule|version|contrats?)"
)
_OLD = re.compile(
    rf"\bancien\w*\s+{_THING}|\b(?:precedent\w*|derniere|vieille|vieux)\s+{_THING}"
    rf"|\b{_THING}\s+(?:precedent\w*|ancien\w*|d'avant)"
    r"|\bavant\s+(?:la\s+|le\s+|l')?(?:(?:nouvelle\s+)?convention(?:\s+de)?\s*(?:2024)?"
    r"|reforme|revalo\w*|(?:22\s+)?juin(?:\s+2024)?|2024|accord)"
    r"|\bsous l'ancien\w*|\b(?:pareil|meme chose|idem) mais avant\b|\bconvention 2016\b"
)
_NEW = re.compile(
    rf"\bnouve\w+\s+{_THING}|\b{_THING}\s+(?:actuel\w*|en vigueur)"
    r"|\bconvention\s+(?:medicale\s+)?(?:de\s+)?2024"
    r"|\b(?:apres|depuis|a partir de|des)\s+(?:le\s+)?(?:22\s+)?(?:juin\s+)?2024"
)
_BOTH = re.compile(
    r"\bancien\w*\s*(?:/|et|vs|contre|ou)\s*(?:le |la )?nouve\w*|\bavant\s*(?:/|et|vs)\s*apres"
    r"|\b(?:plus|mieux|moins) qu'avant"
    r"|\b(?:convention|reforme|revalo\w*)\b[^.?!]{0,30}\b(?:gagner|perdre|apport\w*|augment\w*)"
)


def read(text: str) -> Iterator[Entity]:
    """`bareme`; both values when they are put side by side."""
    both = list(_BOTH.finditer(text))
    for match in both:
        yield Entity("bareme", "ancien", *match.span())
        yield Entity("bareme", "nouveau", *match.span())
    for pattern, value in ((_OLD, "ancien"), (_NEW, "nouveau")):
        for match in pattern.finditer(text):
            if not any(b.start() < match.end() and match.start() < b.end() for b in both):
                yield Entity("bareme", value, *match.span())
