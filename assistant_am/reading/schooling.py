"""The school level told by what happened: « si je me plante au bac », « bac en poche », « DE
d'ambulancier et rien d'autre ». Its plain names stand in `knowledge/lexique/entites.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.meaning.entity import Entity

LEVELS = frozenset({"bachelier", "sans_bac"})
_FAILED = r"(?:plante\w*|rate\w*|loupe\w*|foire\w*|echou\w*|recale\w*|coule\w*|gaufre\w*)"
_THE = r"(?:(?:le|mon|son|au|du|a mon|a son)\s+)"
_WITHOUT = re.compile(
    rf"\b{_FAILED}\s+(?:a\s+)?{_THE}?bac\b|\bbac\s+(?:\w+\s+)?{_FAILED}"
    rf"|\b(?:jamais|pas)\s+(?:\w+\s+){{1,2}}(?:{_THE}|jusqu'au\s+)bac\b"
    rf"|\barrete\w*\s+(?:\w+\s+){{0,3}}avant\s+{_THE}bac\b"
    r"|\b(?:de|diplomee?|diplome d'\w+|titre|certificat|cap|bep|brevet)\b[^.;?!\n]{0,40}?"
    r"\b(?:rien d'autre|rien de plus|c'est tout|basta)\b"
)
_WITH = re.compile(r"\bbac (?:deja )?en poche\b")


def read(text: str) -> Iterator[Entity]:
    """`profil`: `sans_bac` or `bachelier`; the negation is part of the words read."""
    for pattern, value in ((_WITHOUT, "sans_bac"), (_WITH, "bachelier")):
        for match in pattern.finditer(text):
            yield Entity("profil", value, *match.span())
