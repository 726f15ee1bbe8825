"""Figures with their unit: patients, amounts in euros, gross salary, age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.reading.entity import Entity

_NUMBER = r"(?P<n>[-−]?\d{1,3}(?:[ .]\d{3})+|[-−]?\d+)"
_PATIENTS = re.compile(
    rf"(?<![\w,.]){_NUMBER}\s*(?:de\s+)?(?:patients?|patient\w*le\w*|malades|mt\b|patiens?|declares?\b"
    r"|medecins? traitants?)"
    rf"|\b(?:patient\w*le\w*|file active|fa)\s*(?:mt\s+|medecin traitant\s+|est\s+)?"
    r"(?:de|a|d'environ|=|:|environ)?\s*(?P<m>\d{1,3}(?:[ .]\d{3})+|\d{3,})(?!\s*(?:€|euro|%))"
)
_FROM_TO = re.compile(
    r"\b(?:de|j'avais|passe\w* de|partait de|etais a)\s+"
    r"(?P<a>\d{1,3}(?:[ .]?\d{3})+|\d{2,4})\s*"
    r"(?P<unit>patients?\s*)?"
    r"(?:a|et (?:maintenant|la|j'en ai|plus que)|->|=>|puis|et j'en ai)\s*(?:plus que\s+)?"
    r"(?P<b>\d{1,3}(?:[ .]?\d{3})+|\d{2,4})(?(unit)(?!\s*(?:€|euro|%|ans))|\s*patients?)"
)
_EUROS = re.compile(
    r"(?<![\d,.])(?P<n>\d{1,3}(?:[ .]\d{3})+|\d{3,6})(?:[.,]\d{1,2})?\s*(?:€|euros?\b|eur\b|balles)"
    r"|(?<![\d,.])(?P<k>\d{1,3})\s?(?:k€|ke\b|k\b|000\b)"
    r"|(?<![\d,.])(?P<r>\d{1,2}[ .]?[05]00)(?![\d.,]| ?\d{3}|\s*(?:pat|medecin|poste|assistant))"
)
_GROSS = re.compile(
    r"\b(?:brut|salaire|paye\w*|remuner\w*|verse\w*|coute?\w*|gagn\w*|mensuel\w*"
    r"|par mois|/ ?mois)\b"
)
_GROSS_PAY = re.compile(
    r"\bbrute?\s+(?:mensuel\s+)?(?:de|a|:|=|d'environ)\s*(?P<a>\d[ .]?\d{3})\b"
    r"(?!\s*(?:€|euro|[.,]\d))"
    r"|(?<![\d,.])(?P<b>\d[ .]?\d{3})\s+brut\b"
)
_AGE = re.compile(
    r"\b(?:j'ai|jai|ai|age\w*\s+(?:de)?|il a|elle a|a|de plus de|plus de|medecins? de"
    r"|docteur de)\s*(?P<n>\d{2})\s*ans\b"
    r"(?!\s*(?:d'anciennete|d'experience|d'exp|de metier|de pratique|de contrat|de bouteille))"
    # Beside other particulars: « généraliste, 67 ans ». Below forty it could be a length of time.
    r"|(?:^|[,;(]\s*|\bet\s+)(?P<bare>[4-9]\d)\s*ans\b(?!\s*(?:d[e']|apres|avant))"
    r"|\b(?P<m>65)\s*ans\s*(?:et plus|ou plus|passes|revolus)"
)
_AGE_LIMIT = 65
_HIGHEST_MONTHLY = 10_000
_FEWER_THAN = re.compile(r"(?:\bmoins de|\bsous|\ben[\s-]*dessous de|<)\s*(?:les\s+)?$")


def read(text: str) -> Iterator[Entity]:
    """`patients`, `patients_avant` (a former panel), `montant_cite` (€), `salaire_brut` (€ a
    month), `age_65`."""
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        ok = not any(s < match.end() and match.start() < e for s, e in taken)
        if ok:
            taken.append(match.span())
        return ok

    for match in _GROSS_PAY.finditer(text):
        if free(match):
            yield Entity("salaire_brut", _int(match["a"] or match["b"]), *match.span())
    for match in _FROM_TO.finditer(text):
        if free(match):
            yield Entity("patients_avant", _int(match["a"]), *match.span("a"))
            yield Entity("patients", _int(match["b"]), *match.span("b"))
    for match in _PATIENTS.finditer(text):
        if free(match):
            # « moins de 775 » is not 775: one less keeps it on the right side of a threshold.
            fewer = bool(_FEWER_THAN.search(text[: match.start()]))
            yield Entity("patients", _int(match["n"] or match["m"]) - fewer, *match.span())
    for match in _AGE.finditer(text):
        if free(match):
            age = int(match["n"] or match["m"] or match["bare"])
            yield Entity("age_65", age >= _AGE_LIMIT, *match.span())
    for match in _EUROS.finditer(text):
        if free(match):
            amount = int(match["k"]) * 1000 if match["k"] else _int(match["n"] or match["r"])
            slot = (
                "salaire_brut"
                if amount < _HIGHEST_MONTHLY and _GROSS.search(text)
                else "montant_cite"
            )
            yield Entity(slot, amount, *match.span())


def _int(text: str) -> int:
    return int(re.sub(r"[ .]", "", text).replace("−", "-"))
