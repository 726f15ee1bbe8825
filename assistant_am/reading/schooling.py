"""The school level told by what happened: « si je me plante au bac », « bac en poche », « le bac je
l'ai pas », « L2 validée ». Its plain names stand in `knowledge/lexique/entites.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant_am.meaning.entity import Entity
from assistant_am.reading.negation import NEVER, NOT

TOLD_BY_SCHOOLING = frozenset({"bachelier", "sans_bac", "secretaire_medicale"})
"""Profiles whose plain names mean nothing in the words of a sentence on schooling."""
ATTENDED = "scolarite"
"""Marks the place of a class followed (« une terminale G2 »): no diploma, so nothing is given."""
_FAILED = r"(?:plante\w*|rate\w*|loupe\w*|foire\w*|echou\w*|recale\w*|coule\w*|gaufre\w*)"
_NOT_HAD = rf"(?:{NOT}|{NEVER}|{_FAILED})"
_THE = r"(?:(?:le|mon|son|au|du|a mon|a son)\s+)"
_BAC = r"(?:bac|baccalaureat)\b"
_IT = rf"\b(?:j?e?|g)\s?(?:ne\s+)?l\s?'?\s?(?:ai|e|avais|aurai)\s+(?:\w+\s+){{0,2}}?{_NOT_HAD}\b"
_NO_OBJECT = (
    r"(?!\s+(?:le|la|les|l'|mon|ma|mes|un|une|aux?(?! (?:rattrapage|oral|ecrit))|de|du|d')"
    r"(?![a-z]))"
)
_NEVER_HAD = (
    rf"\b(?:{NOT}|{NEVER})\s+(?:\w+\s+)?(?:eu|obtenu|decroche|valide|passe|reussi)\b{_NO_OBJECT}"
)
_MYSELF_FAILED = rf"\b(?:me suis|me suis fait|m'a|ai ete|j'ai)\s+(?:\w+\s+)?{_FAILED}\b{_NO_OBJECT}"
_MEANWHILE = r"(?:\W+(?!(?:le|la|les|mon|ma|mes|une?|oui)\b)[\w']+){0,4}?\W+"
"""Words between the bac and what became of it, that name nothing else."""
_WITHOUT = re.compile(
    rf"\b{_FAILED}\s+(?:a\s+)?{_THE}?bac\b|\bbac[\s,]+(?:\w+\s+)?{_FAILED}"
    rf"|\b(?:{NEVER}|{NOT})\s+(?:(?!grave|j?ai\b|g\b)\w+\s+){{1,2}}(?:{_THE}|jusqu'au\s+)bac\b"
    rf"|\b(?:san|pa|po)\s+(?:(?:de|d|un|mn|aucun)\s+|d'|{_THE})?bac\b"
    r"|\b(?:arrete|quitte|lache|stoppe|abandonne|sorti)\w*\s+(?:\w+\s+){0,4}avant\s+"
    rf"{_THE}bac\b|\b{_BAC}\s*[:=?]\s*non\b"
    rf"|\b{_BAC}{_MEANWHILE}(?:{_IT}|{_NEVER_HAD}|{_MYSELF_FAILED}|non obtenu\b)"
    r"|\b(?:de|diplomee?|diplome d'\w+|titre|certificat|cap|bep|brevet)\b[^.;?!\n]{0,40}?"
    r"\b(?:rien d'autre|rien de plus|c'est tout|basta)\b"
)
_YEAR_OF_STUDIES = (
    r"\b(?:1e|2e|3e|premiere|deuxieme|troisieme) annee (?:de |d'|en )"
    r"(?:fac|licence|droit|psycho\w*|deug|bts|but|lettres|staps|bio\w*|histoire)\b"
)
_HIGHER_STUDIES = (
    rf"(?:\bl ?[123]\b(?! ?etp)|{_YEAR_OF_STUDIES}|\bdeug\b|\blicence\b|\bmaster\b|\bm[12]\b)"
)
_WENT = (
    r"\b(?:arrete|lache|abandonne|quitte|stoppe|rate|loupe|foire|fait|fini|commence|tente|inscrit)\w*"
    r"\s+(?:\w+\s+){0,3}?"
)
_WITH = re.compile(
    rf"\bbac (?:deja )?en poche\b|{_BAC} (?:pro )?(?:de |en )?secretariat\b(?! medic)"
    rf"|{_HIGHER_STUDIES}\s+(?:(?:de|en|d'|du)\s*\w+\s+)?(?:\w+\s+)?(?:valide\w*|obtenu\w*|reussi\w*)"
    rf"|\b(?:valide\w*|obtenu\w*|reussi\w*)\s+(?:\w+\s+)?{_HIGHER_STUDIES}"
    # Who got there had the bac, whatever came of it.
    rf"|{_WENT}{_HIGHER_STUDIES}|{_YEAR_OF_STUDIES}"
    r"|\bterminale\b[^.;?!]{0,40}\b(?:par l'avoir|l'ai eu|obtenu\w*|reussi\w*)\b"
)
_CLASS_ONLY = re.compile(
    # « Je suis en terminale »: the bac is to come.
    r"(?<!suis en )(?<!est en )(?<!passe en )(?<!entre en )\b(?:niveau\s+)?terminale\b"
    r"(?:\s+(?:[a-z]\d?|pro|techno\w*|generale?|st\w+|scientifique|litteraire)\b)?"
    rf"|\b(?:j'ai|j'avais|ai)\s+(?:\w+\s+){{0,2}}niveau\s+{_BAC}(?:\s+pro\b)?"
)
_TAUGHT = re.compile(
    r"\b(?:bac|bts|dut|bep|cap|titre|brevet|diplome|licence)\b(?:\s+pro\w*)?(?:\s+(?:de|en|d'))?\s+"
    r"(?P<trade>secretariat)\b(?! medic)"
)
"""« Un bac secrétariat »: what was learnt, not the job that one has."""
_HAD_IT = re.compile(
    r"\bje?\s?l\s?'?\s?(?:ai|avais)\s+(?:\w+\s+){0,2}?(?:eu|obtenu\w*|decroche\w*|reussi\w*)\b"
)
_HAD_NOT_IT = re.compile(rf"{_IT}|{_NEVER_HAD}|{_MYSELF_FAILED}")
_YES = re.compile(r"^\W*(?:oui|ouais|si)\b(?:\W+(?:bien sur|je l'ai|en \d+))?\W*$")
_NO = re.compile(r"^\W*(?:non|nan|jamais|pas du tout|helas non|ben non)\W*$")
_NAMES_IT = re.compile(rf"\b(?:{_BAC}|terminale\b)")


def read(text: str) -> Iterator[Entity]:
    """`profil`: `sans_bac` or `bachelier`, the negation part of the words read; ATTENDED for a
    class followed without the word of a diploma, or the trade that a diploma teaches."""
    for pattern, value in ((_WITHOUT, "sans_bac"), (_WITH, "bachelier")):
        for match in pattern.finditer(text):
            yield Entity("profil", value, *match.span())
    for match in _CLASS_ONLY.finditer(text):
        yield Entity(ATTENDED, None, *match.span())
    for match in _TAUGHT.finditer(text):
        yield Entity(ATTENDED, None, *match.span("trade"))


def attended_only(text: str) -> bool:
    """« J'ai fait une terminale G2 »: the class, of which nothing says that it was passed."""
    return bool(_CLASS_ONLY.search(text)) and not (_WITH.search(text) or _WITHOUT.search(text))


def of_it(text: str, before: str) -> Literal["bachelier", "sans_bac"] | None:
    """« Je l'ai loupé de 11 points », « oui je l'ai eu », of a bac that the message before named;
    « non » where that message told only of the class. Both texts are folded."""
    if not _NAMES_IT.search(before):
        return None
    asked = attended_only(before)
    if _HAD_NOT_IT.search(text) or (asked and _NO.search(text)):
        return "sans_bac"
    return "bachelier" if _HAD_IT.search(text) or (asked and _YES.search(text)) else None
