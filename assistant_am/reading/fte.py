"""Working time: « mi-temps », « 1 ETP », « 2e AM à temps plein » → `quotite` and company."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant_am.meaning.entity import Entity
from assistant_am.reading.spans import Taken

_Value = Callable[[re.Match[str], str], float | None]
_TEMPS = r"(?:t[ea]m?p?s?|tps|tmps|tmp|tmeps|tepms|temsp)"
# The view has made « pour cent » « pour 100 ».
_PER_CENT = r"(?:%|pour[\s-]?(?:cents?\b|100\b)|pourcents?\b)"
_HALF = (
    rf"(?:\bmi[\s-]*{_TEMPS}\b|\bdemi[\s-]*(?:poste|temps|etp)\b"
    r"|\bhalf[\s-]*time\b|(?<![\d,./])1/2(?![\d/])\s*(?:etp|temps|poste)?"
    rf"|\bmoitie (?:de )?temps\b|(?<![\d,.])50\s?{_PER_CENT})"
)
_FULL = (
    rf"(?:\b{_TEMPS}[\s-]*(?:plein|complet|plin|pleim|plain|plien|plen)s?\b|\bplein[\s-]*{_TEMPS}\b"
    r"|\bfull[\s-]*time\b"
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
_ONLY_ONE = re.compile(
    rf"\b(?:un|1) seul (?:et unique )?(?:poste|emploi|contrat|{_ASSISTANT})\b"
    rf"|\b(?:un|1) seul(?=\W*$)|\boublie\w*\s+(?:l'|le |mon |ce )?(?:{_SECOND.pattern})"
)
"""« Un seul poste », « oubliez le deuxième assistant »."""
_NUMBER_OF_FTE = re.compile(
    r"(?<![\d,./])(?P<n>\d+/\d+|\d+(?:[.,]\d+)?)\s*(?:etp\b|equivalents?[\s-]+temps[\s-]+pleins?)"
    rf"|(?<![\d,./])(?P<m>\d[.,]\d+)\s*{_FULL}"
)
_OF_A_FULL = rf"\s*(?:d'une?\s+|d[eu']\s*)?(?:{_TEMPS}(?:[\s-]*(?:plein|complet))?|etp|poste)\b"
_FRACTION = re.compile(
    rf"(?:(?<![\d,./])(?P<n>\d/\d)(?:e|emes?)?|\b(?P<half>moitie|demi)"
    r"|(?:\b(?P<count>[1-4])\s+)?\b(?P<below>quarts?|tiers|5es?|5emes?)"
    rf"|(?<![\d,.])(?P<hundredths>\d{{2}})\s?{_PER_CENT}(?=\s*(?:d|{_TEMPS}|etp))){_OF_A_FULL}"
)
_BARE_FRACTION = re.compile(
    r"^\W*(?:et\s+)?(?:a\s+|aux?\s+|les\s+)?(?P<n>\d/\d|(?P<count>[1-4])\s+(?P<below>quarts?|tiers))\W*$"
)
_DENOMINATORS = {"q": 4, "t": 3, "5": 5}
_LIKE = re.compile(r"\bcomme\s+(?:(?:un|une|du|le|pour|a)\s+)*$")
"""« À 80 %, payée comme 0,5 ? »: what a post is likened to."""
_HOURS = re.compile(
    r"(?<![\d,.:/h])(?P<h>\d{1,2})(?:(?P<decimals>[.,]\d{1,2})?\s?(?:h(?:eures?|rs?)?)(?![a-z])\s?"
    r"(?:(?P<minutes>[0-5]\d)(?!\d|\s*(?:%|patient|ans))|(?P<half>et demie?))?"
    r"|:(?P<clock>[0-5]\d)(?!\d))"
)
_WEEKLY = re.compile(r"\s*(?:de travail\s*)?(?:(?:par|/|la|chaque)\s*sem|/\s?s\b|hebdo)")
_WORK = re.compile(
    r"\b(?:contrat|quotite|temps|poste|embauch\w*|assistant\w*|am|travail\w*|bosse\w*|etp|salarie\w*"
    r"|pass\w*|hebdo\w*|fai[ts]|fera|faire|recrut\w*|pas)\b[^.,;?!]{0,25}$|^\W*(?:et\s+)?(?:a\s+|en\s+)?$"
)
_CLOCK_BEFORE = re.compile(
    r"(?:\b(?:rdv|rendez|ouvr\w*|ouvert\w*|ferm\w*|horaires?|jusqu'a|vers|demain|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|matin|soir|appel\w*|fini\w*|commence\w*|rentr\w*|arriv\w*|part|sort|sous|dans|reponse|delai|formation|stage"
    r"|cours|cqp|fae|module\w*|session\w*|il est)\b[^.;?!]{0,25}|\bh?\d+\s?h\d*\s*(?:a|-|/)\s*)$"
)
_CLOCK_AFTER = re.compile(
    r"\s*(?:(?:de|d')\s*(?!travail)\w|(?:par|/|chaque)\s*(?:j|m)|(?:a|-|/)\s*\d{1,2}\s?h|/\s?\d"
    r"|du (?:matin|soir)|d'attente|apres|avant)"
)
_FULL_WEEK = 35
_LONGEST_WEEK = 39
_SHORTEST_WEEK = 5
_OPTION = re.compile(r"\b(?:option|opt)\s*:?\s*(?P<n>\d(?:[.,]\d)?)\b")
_BARE_DECIMAL = re.compile(r"(?<![\d,.])(?P<n>[01][.,]5)0?\b(?!\s*(?:%|€|euro))")
_ONE_AND_A_HALF = re.compile(
    rf"\b(?:un|1)(?:\s+{_TEMPS}|\s+poste|\s+etp)?\s+et\s+demie?\b"
    rf"|{_FULL}\s*(?:\+|plus|et)\s*(?:un|1)\s+(?:autre\s+)?(?:a\s+)?{_HALF}"
    rf"|{_HALF}\s+en plus (?:d[eu]|d'un|de mon|du)\s+(?:mon\s+)?{_FULL}"
)
_TWO_FULL = re.compile(rf"(?<![\d,./])\b(?:2|deux)\s+(?:{_FULL})")
_THIRD = re.compile(r"\btiers[\s-]*temps\b|(?<![\d,./])1/3(?:\s*(?:etp|de temps|temps))?\b")
_EXAM = re.compile(
    r"\b(?:exam\w*|epreuves?|oral|ecrits?|jury|mdph|dys\w*|concours|controles?|partiels?)\b"
)
"""« J'ai un tiers-temps aux épreuves »: more time for an exam, no post."""
_PERCENT = re.compile(
    rf"(?:\b(?:a|de|sur|temps|poste|contrat|quotite)\s+|^\s*(?:(?:et|ou|donc)\s+)?)"
    rf"(?P<n>\d{{2}})\s?{_PER_CENT}(?!\s*d)"
)
_OTHER_SHARE = re.compile(
    r"\b(?:objectif|tolerance|perte|perd|baiss|clinique|bloc|reduction|diminu|augment|remplac|seuil"
    r"|liberal|honoraire|acte|chirurg)"
)
_SMALLEST_SHARE = 20
_REACH = 30
_ETP_ALONE = re.compile(r"(?<![\d,.] )(?<!\d)\b(?:etp|equivalent[\s-]+temps[\s-]+plein)\b")
_FIRST_CONTRACT = re.compile(
    rf"(?:premier|1e|1er|mon|actuel|un|son)\s+(?:contrat|assistant\w*|am)\s*(?:actuel\s+)?"
    rf"(?:est\s+|signe\s+)?(?:a|en|de)?\s*(?P<kind>{_HALF}|{_FULL}|1 etp|0[.,]5 etp)"
)
_SEVERAL_HALVES = rf"(?<![\d,./])(?:[2-9]|deux)\s+(?:\w+\s+){{0,4}}?{_HALF}"
_A_FULL = rf"(?P<full>(?:(?:1|un)\s+)?etp\b|{_FULL})"
_BETWEEN = r"(?!\W*(?:et|ou|plus|puis)\s+(?:2|deux)\b)(?:(?!\bou\b|\bpuis\b|[.;?!]\s)[^\n]){0,60}?"
_SHARED_OUT = re.compile(
    rf"\bcontrat\W+(?:(?:unique|seul|cpam|signe|est|en|a|de|pour|sur|d')\W*){{0,3}}{_A_FULL}"
)
_ONE_FULL_FOR_TWO = (
    re.compile(rf"{_SHARED_OUT.pattern}{_BETWEEN}{_SEVERAL_HALVES}"),
    re.compile(rf"{_SEVERAL_HALVES}{_BETWEEN}{_SHARED_OUT.pattern}"),
    re.compile(
        rf"{_A_FULL}\s+(?:en|(?:partage|coupe|decoupe|divise|reparti|scinde)\w*\W+(?:entre|en|sur))"
        r"\W+(?:2|deux)\b"
    ),
)
"""« Deux mi-temps, un contrat de 1 ETP »: one full-time contract, however many hold the post."""
_COMPARED = re.compile(r"\b(?:entre|compar\w*|difference|ecart)\b")
_KIND = re.compile(rf"(?P<half>{_HALF})|(?P<full>{_FULL})")


def read(text: str) -> Iterator[Entity]:
    """`quotite` (0.5, 1, 1.5, 2, or another figure, left to the rules to refuse),
    `second_assistant`, `premier_contrat_temps_plein`, from a view's text."""
    shared = next((found for each in _ONE_FULL_FOR_TWO if (found := each.search(text))), None)
    if shared is not None:
        yield Entity("quotite", 1.0, *shared.span("full"))
        return
    taken = Taken()

    def free(pattern: re.Pattern[str], value_of: _Value) -> Iterator[tuple[re.Match[str], float]]:
        for match in pattern.finditer(text):
            value = value_of(match, text)
            likened = _LIKE.search(text, 0, match.start())
            if value is not None and not likened and taken.take(match):
                yield match, value

    alone = list(_ONLY_ONE.finditer(text))
    seconds = [match for match in _SECOND.finditer(text) if not _within(match, alone)]
    for match in seconds:
        yield Entity("second_assistant", True, *match.span())
    for match in alone:
        yield Entity("second_assistant", False, *match.span())
    firsts = _first_contracts(text, bool(seconds))
    for match, full in firsts:
        taken.take(match)
        yield Entity("premier_contrat_temps_plein", full, *match.span())
    stated = [found for pattern, value_of in _STATED for found in free(pattern, value_of)]
    yield from (Entity("quotite", value, *match.span()) for match, value in stated)
    kinds = list(free(_KIND, _kind))
    yield from (_half_or_full(match, value == 1, seconds, text) for match, value in kinds)
    percents = list(free(_PERCENT, _percent))
    yield from (Entity("quotite", value, *match.span()) for match, value in percents)
    if not (firsts or stated or kinds or percents):
        for match in _ETP_ALONE.finditer(text):
            yield Entity("quotite", 1.0, *match.span())


def _within(match: re.Match[str], others: list[re.Match[str]]) -> bool:
    return any(o.start() <= match.start() and match.end() <= o.end() for o in others)


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


def _kind(match: re.Match[str], text: str) -> float:
    return 1.0 if match["full"] else 0.5


def _stated_number(match: re.Match[str], text: str) -> float:
    return _number(match["n"])


def _fte(match: re.Match[str], text: str) -> float:
    return _number(match["n"] or match["m"])


def _fraction(match: re.Match[str], text: str) -> float | None:
    """« 3/4 », « 3 quarts », « la moitié », « 80 % » of a full time; None for a longer exam."""
    said = match.groupdict()
    if "tiers" in match.group() and _EXAM.search(text):
        return None
    if said.get("half"):
        return 0.5
    if said.get("hundredths"):
        return int(said["hundredths"]) / 100
    if said.get("below"):
        return round(int(said["count"] or 1) / _DENOMINATORS[said["below"][0]], 2)
    return _number(said["n"])


def _hours(match: re.Match[str], text: str) -> float | None:
    """Hours a week as a share of 35; None for a time of the day or another length."""
    before, after = text[: match.start()], text[match.end() :]
    weekly = _WEEKLY.match(after)
    if not weekly and (_CLOCK_BEFORE.search(before) or _CLOCK_AFTER.match(after)):
        return None
    minutes = int(match["minutes"] or match["clock"] or (30 if match["half"] else 0))
    hours = float(match["h"] + (match["decimals"] or "").replace(",", ".")) + minutes / 60
    usual = hours in (_FULL_WEEK, _FULL_WEEK / 2)
    work = weekly or usual or _WORK.search(before)
    possible = _SHORTEST_WEEK <= hours <= _LONGEST_WEEK
    return min(1.0, round(hours / _FULL_WEEK, 2)) if work and possible else None


_STATED: tuple[tuple[re.Pattern[str], _Value], ...] = (
    (_ONE_AND_A_HALF, _unless_compared(1.5)),
    (_TWO_FULL, _unless_compared(2.0)),
    (_FRACTION, _fraction),
    (_BARE_FRACTION, _fraction),
    (_THIRD, lambda match, text: None if _EXAM.search(text) else 0.33),
    (_NUMBER_OF_FTE, _fte),
    (_OPTION, _stated_number),
    (_BARE_DECIMAL, _stated_number),
    (_HOURS, _hours),
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


_AT = re.compile(r"\b(?:a|un|une|au|en|sur|de|du|mon|son|le|et|ou|passe|plutot)\s+$")
_OF_A_POST = re.compile(
    r"\b(?:temps|poste\w*|etp|travail\w*|embauch\w*|am|assistant\w*|contrat\w*|quotite)\b"
)
"""What is around a share of a post: « 80 %, je ne les fais pas » is another share."""


def _percent(match: re.Match[str], text: str) -> float | None:
    """None for another share: « une perte de 10 % », « objectifs à 96 % », « 80 % cliniques »."""
    around = text[max(0, match.start() - _REACH) : match.end() + _REACH]
    share = int(match["n"])
    if share < _SMALLEST_SHARE or _OTHER_SHARE.search(around):
        return None
    told = _OF_A_POST.search(around) or _AT.search(text[: match.start()])
    alone = match.group().strip() == text.strip(" ?!.")
    return share / 100 if told or alone else None


def _number(text: str) -> float:
    if "/" in text:
        above, below = text.split("/")
        return round(int(above) / int(below), 2) if int(below) else 0.0
    return float(text.replace(",", "."))
