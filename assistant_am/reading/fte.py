"""Working time: « mi-temps », « 1 ETP », « 2e AM à temps plein » → `quotite` and company."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant_am.reading.entity import Entity

_Value = Callable[[re.Match[str], str], float | None]
_TEMPS = r"(?:t[ea]m?p?s?|tps|tmps|tmp|tmeps|tepms|temsp)"
# The view has made « pour cent » « pour 100 ».
_PER_CENT = r"(?:%|pour[\s-]?(?:cents?\b|100\b)|pourcents?\b)"
_HALF = (
    rf"(?:\bmi[\s-]*{_TEMPS}\b|\bdemi[\s-]*(?:poste|temps|etp)\b"
    r"|(?<![\d,./])1/2\s*(?:etp|temps|poste)?"
    rf"|\bmoitie (?:de )?temps\b|(?<![\d,.])50\s?{_PER_CENT})"
)
_FULL = (
    rf"(?:\b{_TEMPS}[\s-]*(?:plein|complet|plin|pleim|plain|plien|plen)s?\b|\bplein[\s-]*{_TEMPS}\b"
    rf"|(?<![\d,.])100\s?{_PER_CENT})"
)
_SECOND_RANK = r"(?:\b2\s?(?:e|eme|em|nd|nde|d|ieme)\b|\bsecond[es]?\b)"
_ASSISTANT = r"(?:as+i[st]?s?t?ant?e?s?|ass?istant\w*|am)"
_SECOND = re.compile(
    rf"{_SECOND_RANK}\s+{_ASSISTANT}\b(?:\s+medica\w*)?"
    rf"|\b(?:2|autre)\s+{_ASSISTANT}\b(?:\s+medica\w*)?"
    rf"|\b{_ASSISTANT}(?:\s+medica\w*)?\s+(?:supplementaire|en plus|de plus)"
    rf"|(?<!la )(?<!en ){_SECOND_RANK}"
    rf"(?=\s+(?:(?:serait|sera|est)\s+)?(?:a|en)\s+(?:{_HALF}|{_FULL}))"
    rf"|\bdeux assistant\w*|\bune?\s+{_SECOND_RANK}(?=\s*(?:$|[.?!,;]))"
)
_NUMBER_OF_FTE = re.compile(
    r"(?<![\d,./])(?P<n>\d+/\d+|\d+(?:[.,]\d+)?)\s*(?:etp\b|equivalents?[\s-]+temps[\s-]+pleins?)"
)
_FRACTION = re.compile(rf"(?<![\d,./])(?P<n>\d/\d)\s*(?:de\s+)?(?:{_TEMPS}|poste)\b")
_OPTION = re.compile(r"\b(?:option|opt)\s*:?\s*(?P<n>\d(?:[.,]\d)?)\b")
_BARE_DECIMAL = re.compile(r"(?<![\d,.])(?P<n>[01][.,]5)0?\b(?!\s*(?:%|€|euro))")
_ONE_AND_A_HALF = re.compile(
    rf"\b(?:un|1)(?:\s+{_TEMPS}|\s+poste)?\s+et\s+demie?\b"
    rf"|{_FULL}\s*(?:\+|plus|et)\s*(?:un|1)\s+(?:autre\s+)?(?:a\s+)?{_HALF}"
    rf"|{_HALF}\s+en plus (?:d[eu]|d'un|de mon|du)\s+(?:mon\s+)?{_FULL}"
)
_TWO_FULL = re.compile(rf"\b(?:2|deux)\s+(?:{_FULL})")
_THIRD = re.compile(r"\btiers[\s-]*temps\b|(?<![\d,./])1/3(?:\s*(?:etp|de temps|temps))?\b")
_QUARTERS = re.compile(rf"(?:\b(?P<n>[13])\s+)?\bquarts?[\s-]*(?:de\s+)?{_TEMPS}\b")
_PERCENT = re.compile(
    rf"(?:\b(?:a|de|temps|poste|contrat|quotite)\s+|^\s*)(?P<n>\d{{2}})\s?{_PER_CENT}(?!\s*d)"
)
_ETP_ALONE = re.compile(r"(?<![\d,.] )(?<!\d)\b(?:etp|equivalent[\s-]+temps[\s-]+plein)\b")
_FIRST_CONTRACT = re.compile(
    rf"(?:premier|1e|1er|mon|actuel|un|son)\s+(?:contrat|assistant\w*|am)\s*(?:actuel\s+)?"
    rf"(?:est\s+|signe\s+)?(?:a|en|de)?\s*(?P<kind>{_HALF}|{_FULL}|1 etp|0[.,]5 etp)"
)
_COMPARED = re.compile(r"\b(?:entre|compar\w*|difference|ecart)\b")
_DENIED = re.compile(
    r"\b(?:(?<!pourquoi )pas|ni|sans|aucun|jamais)\s+(?:(?:d'un|de|d'|une?|1|a|au|en|le)\s*){0,3}$"
)
_KIND = re.compile(rf"(?P<half>{_HALF})|(?P<full>{_FULL})")


def read(text: str) -> Iterator[Entity]:
    """`quotite` (0.5, 1, 1.5, 2, or another figure, left to the rules to refuse),
    `second_assistant`, `premier_contrat_temps_plein`, from a view's text."""
    taken: list[tuple[int, int]] = []

    def free(pattern: re.Pattern[str], value_of: _Value) -> Iterator[tuple[re.Match[str], float]]:
        for match in pattern.finditer(text):
            value = value_of(match, text)
            overlaps = any(s < match.end() and match.start() < e for s, e in taken)
            if value is not None and not overlaps:
                taken.append(match.span())
                yield match, value

    seconds = list(_SECOND.finditer(text))
    for match in seconds:
        yield Entity("second_assistant", True, *match.span())
    firsts = _first_contracts(text, bool(seconds))
    for match, full in firsts:
        taken.append(match.span())
        yield Entity("premier_contrat_temps_plein", full, *match.span())
    stated = [found for pattern, value_of in _STATED for found in free(pattern, value_of)]
    yield from (Entity("quotite", value, *match.span()) for match, value in stated)
    kinds = list(free(_KIND, _kind))
    yield from (_half_or_full(match, value == 1, seconds, text) for match, value in kinds)
    percents = list(free(_PERCENT, lambda match, _: int(match["n"]) / 100))
    yield from (Entity("quotite", value, *match.span()) for match, value in percents)
    if not (firsts or stated or kinds or percents):
        for match in _ETP_ALONE.finditer(text):
            yield Entity("quotite", 1.0, *match.span())


def _first_contracts(text: str, second: bool) -> list[tuple[re.Match[str], bool]]:
    """What is said of the first contract, and whether it is full-time."""
    found: list[tuple[re.Match[str], bool]] = []
    for match in _FIRST_CONTRACT.finditer(text):
        named = re.match(r"premier|1e", match.group())
        if (second or named) and not re.search(_SECOND_RANK, match.group()):
            kind = match["kind"]
            found.append((match, bool(re.search(_FULL, kind)) or kind.startswith("1 ")))
    return found


def _unless_compared(value: float) -> _Value:
    """« entre un temps plein et un mi-temps » speaks of two contracts to compare."""
    return lambda match, text: None if _COMPARED.search(text[: match.start()]) else value


def _kind(match: re.Match[str], text: str) -> float | None:
    if _DENIED.search(text[: match.start()]):
        return None
    return 1.0 if match["full"] else 0.5


def _stated_number(match: re.Match[str], text: str) -> float:
    return _number(match["n"])


_STATED: tuple[tuple[re.Pattern[str], _Value], ...] = (
    (_ONE_AND_A_HALF, _unless_compared(1.5)),
    (_TWO_FULL, _unless_compared(2.0)),
    (_THIRD, lambda match, text: 0.33),
    (_NUMBER_OF_FTE, _stated_number),
    (_FRACTION, _stated_number),
    (_OPTION, _stated_number),
    (_BARE_DECIMAL, _stated_number),
    (_QUARTERS, lambda match, text: int(match["n"] or 1) / 4),
)


def _half_or_full(
    match: re.Match[str], full: bool, seconds: list[re.Match[str]], text: str
) -> Entity:
    """Beside a second assistant the words speak of both contracts together, or of the first one."""
    before = [s for s in seconds if s.end() <= match.start()]
    if not seconds:
        return Entity("quotite", 1.0 if full else 0.5, *match.span())
    if before and not re.search(
        r"[,;.]|\bcontrat\b|\bmon\b|\bpremier\b", text[before[-1].end() : match.start()]
    ):
        return Entity("quotite", 2.0 if full else 1.5, *match.span())
    return Entity("premier_contrat_temps_plein", full, *match.span())


def _number(text: str) -> float:
    if "/" in text:
        above, below = text.split("/")
        return round(int(above) / int(below), 2) if int(below) else 0.0
    return float(text.replace(",", "."))
