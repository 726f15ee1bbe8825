"""Contract years: « 2e année », « la quatrième ? » → `annee`; « sur 5 ans » → `horizon`; « l'année
d'avant », « cette année » → `annee_relative`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant_am.meaning.entity import Entity
from assistant_am.reading.spans import Taken

_MARK = r"(?:ieme|iem|eme|em|ere|re|er|nde|nd|e|r)"
_YEAR_WORD = r"(?:an\b|ans\b|ann[a-z]*|anee\w*)"
_RANKED = re.compile(
    rf"(?<![\d,.p])(?<!les )(?P<n>\d{{1,2}})\s?{_MARK}"
    rf"(?=(?:\s*(?:,|et|ou|a|puis|/|-)\s*(?:la\s+|de la\s+)?\d{{1,2}}\s?{_MARK})*"
    rf"\s*(?:ou\s+)?{_YEAR_WORD})"
)
_NUMBERED = re.compile(
    r"\b(?:an|ann?ee?s?|anne|yr)\.?\s*(?:n\s?[o°]\s*)?(?P<n>\d{1,2})\b"
    r"(?!\s*(?:%|€|etp|ans\b|h\b|/|juin))"
)
_SECOND_YEAR = re.compile(rf"\bseconde?\s+{_YEAR_WORD}")
_TO = r"(?:a|-|–|jusqu'a)"
_RANGE = re.compile(
    rf"\b(?:annees?|ans)\s*(?P<a>\d{{1,2}})\s*{_TO}\s*(?P<b>\d{{1,2}})\b"
    rf"|(?<!\d)(?P<c>\d{{1,2}})\s?{_MARK}\s+a\s+(?:la\s+)?(?P<d>\d{{1,2}})\s?{_MARK}\s+{_YEAR_WORD}"
    rf"|\bde la (?P<e>\d{{1,2}})\s?{_MARK}\s+{_TO}\s+la\s+(?P<f>\d{{1,2}})\s?{_MARK}(?![a-z])"
    rf"|\bl'(?:an|annee)\s+(?P<g>\d{{1,2}})\s+{_TO}\s+l'(?:an|annee)\s+(?P<h>\d{{1,2}})\b"
)
_RANK = r"(?:10|[1-9])"
_AND = r"\s*(?:,|et|ou|/|&)\s*"
_LIST = re.compile(
    rf"\b(?:annees?|(?<!\d )ans?)\s+(?P<all>{_RANK}(?:{_AND}{_RANK})+)\b"
    r"(?!\s*(?:%|€|etp|pat|am\b|assistant|ans\b|mois|h\b)|[.,]\d)"
    rf"|\bles\s+(?P<ranked>\d{{1,2}}\s?{_MARK}(?:{_AND}(?:les\s+)?\d{{1,2}}\s?{_MARK})+)(?![a-z])"
)
_NO_YEAR = (
    r"(?!\s*(?:percentile|pourcent|bloc|assistant|am\b|medecin|fois|centile"
    r"|semaine|vague|partie|question))"
)
_OPENS = r"(?:(?:et|oui|non|ok|bon|ah|zut|pardon|enfin|alors|donc|du coup|plutot)\W+)*"
_ALONE = re.compile(rf"^\W*{_OPENS}(?:la\s+|en\s+)?(?P<n>[1-9])\s?{_MARK}\W*$")
_HORIZON = re.compile(
    r"(?:\b(?:sur|horizon|cumul\w*|total\w*|somme|en tout|pendant|durant|pour|les|mes|nos"
    r"|au bout de|projection\w*)"
    r"\s+(?:de\s+|sur\s+|a\s+|les\s+|des\s+|d')*)(?P<n>\d{1,2})\s*(?:1e\s+|1eres?\s+|prochaines?\s+)?"
    r"(?:annees?|ans|an)\b(?!\s*(?:d'anciennete|d'experience|d'exp\b|de metier))"
)
_TOTAL_AFTER = re.compile(
    r"(?<![\d,.])(?P<n>[2-9]|10)\s+(?:annees?|ans|exercices?)\W+(?:(?:au|en|le)\s+)?(?:total|cumul)"
)
_OF_A_POST = re.compile(
    r"(?<![\w,.-])(?P<n>[2-9]|10)\s+(?:annees?|ans)\s+(?:d[e'u]s?\s*|a\s+|en\s+)(?:un\s+)?"
    r"(?:t[ea]?mps|mi\b|mitemps|plein|demi|(?:0[.,]5|1|1[.,]5|2)\s?etp)"
)
"""« Trois ans à temps plein me vaudraient ? »: what they bring together."""
_WORKED = re.compile(
    r"\b(?:fait|travaill\w*|bosse\w*|exerce\w*|passe|passes|apres|bout de|faut|experience|vae"
    r"|metier)\b[^.;?!]{0,25}$"
)
_IN_ALL = re.compile(r"\b(?:total\w*|cumul\w*|en tout|additionn\w*|compar\w*)\b")
_LASTING = re.compile(r"(?<![\d,.])(?P<n>[2-9]|10)\s+ans\b(?!\s*d)")
_EXERCISES = re.compile(r"\bsur\s+(?:les\s+)?(?P<n>[2-9]|10)\s+(?:prochains\s+)?exercices\b")
_FIRST_N = re.compile(
    r"\b(?P<n>\d{1,2})\s+(?:1e|1eres?|prochaines?)\s+(?:annees?|ans)\b"
    rf"|\b(?:les|mes)\s+(?P<m>\d{{1,2}})\s+(?:1e|1eres)(?![a-z]){_NO_YEAR}(?=\W|$)"
)
# « la 1e ville »: a thing is named; « la 2e combien », « la 2e hors zip »: none is.
_GOES_ON = (
    r"combien|alors|aussi|quoi|temps|plein|pour|avec|donc|dans|apres|sous|sans|selon|contrat|comme"
    r"|plutot|sera|demi|merci|cette|hors|puis|mais|jusqu|quel|reste|etait|rapporte"
)
_ELLIPSIS = re.compile(
    rf"\b(?:la|en(?!\s+1\s?e)|(?P<own>sa|ma|leur|votre))\s+(?P<n>\d{{1,2}})\s?{_MARK}\b{_NO_YEAR}"
    rf"(?(own)(?=\s*(?:[?.,;!]|$))|(?!\s+(?!{_GOES_ON})[a-z]{{4,}}))"
)
_STUDIES = (
    r"(?:ecole|fac|faculte|universite|etudes?|etudiante?s?|licence|master|deug|bts|but|las|paces?|pass"
    r"|ifsi|ifas|lycee|internat|interne|externe|externat|medecine|pharma|kine|odonto|dentaire"
    r"|apprenti\w*|bac pro|prepa|psycho|bio|staps)"
)
_AFTER_STUDIES = re.compile(rf"\b{_STUDIES}\b(?P<between>[^.;?!]{{0,40}})$")
_OF_STUDIES = re.compile(
    rf"\s*(?:ann?ee\w*)?\s*(?:de |d'|en |a la |a l')\s*"
    rf"(?:la |l'|mon |ma )?(?:{_STUDIES}|infirmi\w+|droit|sage[- ]femme)\b"
)
_OF_THE_CONTRACT = re.compile(
    r"\b(?:contrat|aide|am|assistant\w*|montant|euros?|mi[- ]?temps|temps plein|etp|touch\w*)\b"
)
"""« Arrêté kiné en 3e année »: a year of school, unless a contract or an aid stands between."""
_SINCE = re.compile(r"\b(?:depuis|il y a|dans|encore|avec|ai|a|age de|de)\s+(?:les\s+)?$")
_ALL_SAID = r"(?=\s*(?:[?.,;!]|$|(?:et|ou|alors|aussi|svp|combien|c'est)\b))"
_RELATIVE: tuple[tuple[re.Pattern[str], int | str], ...] = (
    (
        re.compile(
            r"\bl'?\s?annee (?:d'?\s?avant(?! (?:la|le|l'))|precedente|passee|derniere)\b"
            r"|\bl'an (?:dernier|passe|d'avant)\b"
            rf"|\b(?:la precedente|(?:celle|la) d'avant){_ALL_SAID}"
        ),
        -1,
    ),
    (
        re.compile(
            r"\bl'annee (?:d'apres|suivante|prochaine)\b|\bl'an (?:prochain|d'apres)\b"
            rf"|\b(?:la suivante|(?:celle|la) d'apres|la prochaine){_ALL_SAID}"
        ),
        1,
    ),
    (
        re.compile(
            r"\bcette annee\b|\bl'annee (?:en cours|actuelle)\b|\ben ce moment\b|\bactuellement\b"
            r"|\b(?:en|a|sur) quelle annee\b"
        ),
        "en_cours",
    ),
    (
        re.compile(r"\bdepuis le (?:tout )?debut\b|\ba ce jour\b|\bjusqu'(?:ici|a present)\b"),
        "debut",
    ),
)
_LONGEST = 10


def read(text: str) -> Iterator[Entity]:
    """`annee` (int, one entity a year; 0 is left to the rules to refuse), `horizon` (years) and
    `annee_relative` (-1, 1, "en_cours", "debut")."""
    taken = Taken()
    in_all = (_LASTING,) if _IN_ALL.search(text) else ()
    for pattern in (_FIRST_N, _HORIZON, _TOTAL_AFTER, _EXERCISES, *in_all):
        for match in pattern.finditer(text):
            if not _SINCE.search(text[: match.start()]) and taken.take(match):
                yield Entity("horizon", int(next(filter(None, match.groups()))), *match.span())
    for match in _OF_A_POST.finditer(text):
        before = text[: match.start()]
        if not (_SINCE.search(before) or _WORKED.search(before)) and taken.take(match, "n"):
            yield Entity("horizon", int(match["n"]), *match.span("n"))
    for ranks, match in _ranks(text, taken):
        yield from (Entity("annee", rank, *match.span()) for rank in ranks)
    for pattern, value in _RELATIVE:
        for match in taken.free(pattern, text):
            yield Entity("annee_relative", value, *match.span())


def _ranks(text: str, taken: Taken) -> Iterator[tuple[Iterable[int], re.Match[str]]]:
    for match in _RANGE.finditer(text):
        first, last = (int(each) for each in match.groups() if each)
        if first < last <= first + _LONGEST and taken.take(match):
            yield range(first, last + 1), match
    for match in taken.free(_LIST, text):
        yield map(int, re.findall(r"\d+", match["all"] or match["ranked"])), match
    # « et la 2e ? », « 3e » as a whole message.
    for pattern in (_ALONE, _RANKED, _NUMBERED, _ELLIPSIS):
        for match in taken.free(pattern, text):
            if not _is_of_studies(text, match):
                yield (int(match["n"]),), match
    for match in taken.free(_SECOND_YEAR, text):
        yield (2,), match


def _is_of_studies(text: str, match: re.Match[str]) -> bool:
    if _OF_STUDIES.match(text, match.end()):
        return True
    before = _AFTER_STUDIES.search(text[: match.start()])
    of_a_contract = before is None or _OF_THE_CONTRACT.search(before["between"])
    return not of_a_contract and not re.match(
        r"\s*ann?ee\w*\s+(?:de|du)\s+(?:mon |son |ce )?contrat", text[match.end() :]
    )
