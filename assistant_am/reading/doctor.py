"""What decides a second assistant or a special case: ZIP, MEP, objectives, newly installed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.meaning.entity import Entity
from assistant_am.reading.negation import denied_after, denied_before

_ZIP = re.compile(r"\bzip\b|\bzones? d'?\s?interventions? prioritaires?")
_ZAC = re.compile(r"\bzac\b|\bzones? d'?\s?actions? complementaires?")
_MEP = re.compile(r"\bmep\b|\bexercices? particuliers?")
_OBJECTIVES = re.compile(
    r"\bobjectifs?\b(?:\s+(?:de|du)\s+(?:patients?|patientele|1e\s+contrat|premier contrat))?"
)
_REACHED = re.compile(
    r"^.{0,30}?\b(?:atteint\w*|rempli\w*|tenu\w*|ok\b|respecte\w*|valide\w*|oui\b|bons?\b)"
)
_REACHED_BEFORE = re.compile(
    r"\b(?:atteint\w*|rempli\w*|tenu\w*|respecte\w*|valide\w*|atteins)\s+(?:\w+\s+){0,2}$"
)
_NEW = re.compile(
    r"\b(?:nouvel\w*|nouveau\w*|recemment|fraichement|tout juste"
    r"|viens (?:de|juste de) m'|je viens de m'|jeune)\s*"
    r"(?:install\w*|medecins? install\w*|m'install\w*)"
    r"|\binstallee?s?\s+(?:depuis|il y a)\s+(?:seulement\s+|a peine\s+)?"
    r"(?:quelques|\d{1,2}|un|deux|trois|quatre|cinq|six|huit|dix)\s+mois\b"
    r"|\b(?:ouvert|cree|monte) (?:mon|notre|son|un) cabinet (?:cet\b|cette\b|recemment|depuis peu"
    r"|l'(?:ete|hiver|automne|an|annee) |au (?:printemps|debut)|il y a (?:quelques|\w+) mois)"
    r"|\b(?:s'est|me suis|s'etait) installee?s? (?:en (?:janvier|fevrier|mars|avril|mai|juin"
    r"|juillet|aout|septembre|octobre|novembre|decembre)(?! \d)|ce mois|cet(?:te)? \w+|recemment"
    r"|il y a (?:quelques|\d{1,2}) mois|depuis peu)"
    r"|\bvient de s'installer|\bje m'installe\b|\bprimo[\s-]*install\w*"
)


def read(text: str) -> Iterator[Entity]:
    """`zip`, `mep`, `objectifs_atteints`, `nouvel_installe`: booleans; unsaid stays unsaid. But for
    the objectives, whose words are spread, `negation` says what is denied."""
    for match in _ZIP.finditer(text):
        yield Entity("zip", True, *match.span())
    for match in () if _ZIP.search(text) else _ZAC.finditer(text):
        yield Entity("zip", False, *match.span())
    for match in _MEP.finditer(text):
        yield Entity("mep", True, *match.span())
    for match in _OBJECTIVES.finditer(text):
        reached = _objectives(text, match)
        if reached is not None:
            yield Entity("objectifs_atteints", reached, *match.span())
            break
    for match in _NEW.finditer(text):
        yield Entity("nouvel_installe", True, *match.span())


def _objectives(text: str, match: re.Match[str]) -> bool | None:
    after, before = text[match.end() :], text[: match.start()]
    reached_after = _REACHED.search(after)
    reached_before = _REACHED_BEFORE.search(before)
    if denied_after(text, match.end()) or re.search(r"\bpas\b.{0,12}$", before):
        return False
    if reached_before:
        return denied_before(text, reached_before.start()) is None
    if reached_after:
        denied = re.search(r"\b(?:pas|non|jamais)\b", reached_after.group())
        return not denied
    return None
