"""Which table: « ancienne convention » → `bareme`; « signé le 1er mars 2023 » → `date_contrat`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from assistant_am.reading.entity import Entity

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
)
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORT = {
    "janv": 1,
    "jan": 1,
    "fev": 2,
    "fevr": 2,
    "avr": 4,
    "juil": 7,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_MONTH = "|".join((*_MONTHS, *sorted(_SHORT, key=len, reverse=True)))
_WORDED_DATE = re.compile(
    rf"(?:\b(?P<d>\d{{1,2}})\s?(?:er|e)?\s+)?\b(?P<m>{_MONTH})\.?\s+(?P<y>20\d\d)\b"
)
_FIGURE_DATE = re.compile(r"\b(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>20\d\d)\b")
_ISO_DATE = re.compile(r"\b(?P<y>20\d\d)-(?P<m>\d{2})-(?P<d>\d{2})\b")
_CONTRACT_YEAR = re.compile(
    r"\b(?:contrat\w*|signe\w*|embauche\w*|conclu\w*)\s+(?:\w+\s+)?(?:date\s+)?"
    r"(?:de|en|depuis|date de)\s+(?P<y>20\d\d)\b"
)
_LIMIT_BEFORE = re.compile(r"\b(?:avant|apres|depuis|a partir d[eu]|des)\s+(?:le\s+|la\s+|l')?$")
_ABOUT_CONTRACT = re.compile(
    r"\b(?:sign|contrat|embauch|conclu|dat[ée]|commenc|debut|depuis|recrut|pris)"
)

_CORRECTS = re.compile(
    r"\W*(?:(?:non|pardon|oups|erreur|finalement|plutot|en fait|j'ai dit|c'etait|desolee?)\b)"
)
_DAY_ALONE = re.compile(
    rf"\W*(?:et\s+|si\s+|plutot\s+)*(?:c'etait\s+)?(?:le|du|au|en)?\s*"
    rf"(?:\d{{1,2}}\s?(?:er|e)?\s+)?(?:(?:{_MONTH})\.?\s+20\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-]20\d\d)"
    r"\W*$"
)


def read(text: str) -> Iterator[Entity]:
    """`bareme`, `date_contrat` (ISO; the first of the month when the day is not said) and
    `annee_contrat` (a year alone)."""
    both = list(_BOTH.finditer(text))
    for match in both:
        yield Entity("bareme", "ancien", *match.span())
        yield Entity("bareme", "nouveau", *match.span())
    for pattern, value in ((_OLD, "ancien"), (_NEW, "nouveau")):
        for match in pattern.finditer(text):
            if not any(b.start() < match.end() and match.start() < b.end() for b in both):
                yield Entity("bareme", value, *match.span())
    if not (_ABOUT_CONTRACT.search(text) or _CORRECTS.match(text) or _DAY_ALONE.match(text)):
        return
    dated = False
    for pattern in (_ISO_DATE, _FIGURE_DATE, _WORDED_DATE):
        for match in pattern.finditer(text):
            limit = _LIMIT_BEFORE.search(text[: match.start()])
            if limit and not limit.group().startswith("depuis"):
                continue
            day = _date(match)
            if day:
                dated = True
                yield Entity("date_contrat", day.isoformat(), *match.span())
    for match in () if dated else _CONTRACT_YEAR.finditer(text):
        yield Entity("annee_contrat", int(match["y"]), *match.span())


def _date(match: re.Match[str]) -> datetime.date | None:
    month = match["m"]
    number = int(month) if month.isdigit() else _SHORT.get(month) or _MONTHS.index(month) + 1
    try:
        return datetime.date(int(match["y"]), number, int(match["d"] or 1))
    except ValueError:
        return None
