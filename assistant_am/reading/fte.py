"""Working time: « mi-temps », « 1 ETP », « 2e AM à temps plein » → `quotite` and what goes with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.reading.entity import Entity

_TEMPS = r"(?:t[ea]m?p?s?|tps|tmps|tmp)"
_HALF = (
    rf"(?:\bmi[\s-]*{_TEMPS}\b|\bdemi[\s-]*(?:poste|temps|etp)\b|(?<![\d,./])1/2\s*(?:etp|temps|poste)?"
    r"|\bmoitie (?:de )?temps\b|(?<![\d,.])50\s?%)"
)
_FULL = (
    rf"(?:\b{_TEMPS}[\s-]*(?:plein|complet|plin|pleim)s?\b|\bplein[\s-]*{_TEMPS}\b|(?<![\d,.])100\s?%)"
)
_SECOND_RANK = r"(?:\b2\s?(?:e|eme|em|nd|nde|d|ieme)\b|\bsecond[es]?\b)"
_ASSISTANT = r"(?:as+i[st]?s?t?ant?e?s?|ass?istant\w*|am)"
_SECOND = re.compile(
    rf"{_SECOND_RANK}\s+{_ASSISTANT}\b(?:\s+medica\w*)?"
    rf"|\b(?:2|autre)\s+{_ASSISTANT}\b(?:\s+medica\w*)?"
    rf"|\b{_ASSISTANT}(?:\s+medica\w*)?\s+(?:supplementaire|en plus|de plus)"
    rf"|(?<!la )(?<!en ){_SECOND_RANK}(?=\s+(?:(?:serait|sera|est)\s+)?(?:a|en)\s+(?:{_HALF}|{_FULL}))"
    r"|\bdeux assistant\w*"
)
_NUMBER_OF_FTE = re.compile(
    r"(?<![\d,./])(?P<n>\d+/\d+|\d+(?:[.,]\d+)?)\s*(?:etp\b|equivalents?[\s-]+temps[\s-]+pleins?)"
)
_OPTION = re.compile(r"\b(?:option|opt)\s*:?\s*(?P<n>\d(?:[.,]\d)?)\b")
_BARE_DECIMAL = re.compile(r"(?<![\d,.])(?P<n>[01][.,]5)0?\b(?!\s*(?:%|€|euro))")
_ONE_AND_A_HALF = re.compile(
    rf"\b(?:un|1) et demi\b|{_FULL}\s*(?:\+|plus|et)\s*(?:un|1)\s+{_HALF}"
    rf"|{_HALF}\s+en plus (?:d[eu]|d'un|de mon|du)\s+(?:mon\s+)?{_FULL}"
)
_TWO_FULL = re.compile(rf"\b(?:2|deux)\s+(?:{_FULL})")
_THIRD = re.compile(r"\btiers[\s-]*temps\b|(?<![\d,./])1/3(?:\s*(?:etp|de temps|temps))?\b")
_PERCENT = re.compile(r"\b(?:a|de|temps|poste|contrat|quotite)\s+(?P<n>\d{2})\s?%(?!\s*d)")
_ETP_ALONE = re.compile(r"(?<![\d,.] )(?<!\d)\b(?:etp|equivalent[\s-]+temps[\s-]+plein)\b")
_FIRST_CONTRACT = re.compile(
    rf"(?:premier|1e|1er|mon|actuel|un|son)\s+(?:contrat|assistant\w*|am)\s*(?:actuel\s+)?"
    rf"(?:est\s+|signe\s+)?(?:a|en|de)?\s*(?P<kind>{_HALF}|{_FULL}|1 etp|0[.,]5 etp)"
)
_KIND = re.compile(rf"(?P<half>{_HALF})|(?P<full>{_FULL})")


def read(text: str) -> Iterator[Entity]:
    """`quotite` (0.5, 1, 1.5, 2, or another figure, left to the rules to refuse),
    `second_assistant`, `premier_contrat_temps_plein`, from a view's text."""
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        ok = not any(s < match.end() and match.start() < e for s, e in taken)
        if ok:
            taken.append(match.span())
        return ok

    seconds = list(_SECOND.finditer(text))
    for match in seconds:
        yield Entity("second_assistant", True, *match.span())
    for match in _FIRST_CONTRACT.finditer(text):
        named = re.match(r"premier|1e", match.group())
        if (seconds or named) and not re.search(_SECOND_RANK, match.group()) and free(match):
            kind = match["kind"]
            full = bool(re.search(_FULL, kind)) or kind.startswith("1 ")
            yield Entity("premier_contrat_temps_plein", full, *match.span())
    for pattern, value in ((_ONE_AND_A_HALF, 1.5), (_TWO_FULL, 2.0), (_THIRD, 0.33)):
        for match in pattern.finditer(text):
            if free(match):
                yield Entity("quotite", value, *match.span())
    for pattern in (_NUMBER_OF_FTE, _OPTION, _BARE_DECIMAL):
        for match in pattern.finditer(text):
            if free(match):
                yield Entity("quotite", _number(match["n"]), *match.span())
    explicit = bool(taken)
    for match in _KIND.finditer(text):
        if free(match):
            full = match["full"] is not None
            yield from _half_or_full(match, full, seconds, text)
            explicit = True
    for match in _PERCENT.finditer(text):
        if free(match):
            yield Entity("quotite", int(match["n"]) / 100, *match.span())
            explicit = True
    if not explicit:
        for match in _ETP_ALONE.finditer(text):
            yield Entity("quotite", 1.0, *match.span())


def _half_or_full(
    match: re.Match[str], full: bool, seconds: list[re.Match[str]], text: str
) -> Iterator[Entity]:
    """Beside a second assistant the words speak of both contracts together, or of the first one."""
    before = [s for s in seconds if s.end() <= match.start()]
    if not seconds:
        yield Entity("quotite", 1.0 if full else 0.5, *match.span())
    elif before and not re.search(r"[,;.]|\bcontrat\b|\bmon\b|\bpremier\b", text[before[-1].end() : match.start()]):
        yield Entity("quotite", 2.0 if full else 1.5, *match.span())
    else:
        yield Entity("premier_contrat_temps_plein", full, *match.span())


def _number(text: str) -> float:
    if "/" in text:
        above, below = text.split("/")
        return round(int(above) / int(below), 2) if int(below) else 0.0
    return float(text.replace(",", "."))
